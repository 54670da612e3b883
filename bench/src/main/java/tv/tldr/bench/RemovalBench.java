package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tv.tldr.bench.Tenants.Tenant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.StreamId;

/**
 * How long do an organization with very many highlights, and streams whose time is over, take to go, beside PostgreSQL's own
 * {@code DELETE} of as many rows in one statement? What goes has no objects of its own: rows alone.
 */
public final class RemovalBench {
    private static final int STREAMS = 21;
    private static final int POLL_MILLIS = 20;
    private static final double NANOS = 1e9;

    private RemovalBench() {}

    /** @param arguments {@code JAR FILE HIGHLIGHTS}: the program, a video with highlights, and of how many they are copies */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("usage: RemovalBench JAR FILE HIGHLIGHTS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of("target", "bench", "removal").toAbsolutePath();
        int highlights = Integer.parseInt(arguments[2]);
        try (WholeProgram program = WholeProgram.start(jar, home, "384m", Map.of("LOG_LEVEL", "warn"));
                Connection database = EmbeddedDatabase.connect(home)) {
            String secret = Tenants.secret(program, home, Path.of(arguments[1]));
            Tenant plain = Tenants.large(database, highlights, secret);
            measure(
                    "PostgreSQL's own DELETE",
                    program,
                    database,
                    plain,
                    () -> run(database, """
                    DELETE FROM highlights WHERE organization_id = '%s'
                    """.formatted(plain.organization())));
            program.delete(path(plain), plain.key(), named());

            Tenant large = Tenants.large(database, highlights, secret);
            streams(program, database, large);
            measure(
                    "an organization is deleted",
                    program,
                    database,
                    large,
                    () -> program.delete(path(large), large.key(), named()));

            Tenant over = Tenants.large(database, highlights, secret);
            long all = count(database, "streams", over);
            run(database, """
                    WITH plan AS (UPDATE organizations SET plan = 'starter' WHERE id = '%1$s')
                    UPDATE streams SET completed_at = now() - interval '8 days' WHERE organization_id = '%1$s'
                    """.formatted(over.organization()));
            // The sweep comes within a minute.
            until(database, over, all - 1);
            measure("retention removes streams", program, database, over, () -> until(database, over, 0));
            program.delete(path(over), over.key(), named());
        }
    }

    /** One after the other, as somebody does who tidies up. */
    private static void streams(WholeProgram program, Connection database, Tenant tenant) throws Exception {
        long before = count(database, "highlights", tenant);
        List<Double> seconds = new ArrayList<>();
        for (UUID stream : anyStreams(database, tenant)) {
            seconds.add(timed(() -> program.delete("/api/v1/streams/" + new StreamId(stream), tenant.key(), "")));
        }
        long gone = before - count(database, "highlights", tenant);
        System.out.printf(
                Locale.ROOT,
                "a stream of %d highlights is deleted in %.0f ms (median of %d)%n",
                gone / seconds.size(),
                1000 * seconds.stream().sorted().toList().get(seconds.size() / 2),
                seconds.size());
    }

    private static void measure(String what, WholeProgram program, Connection database, Tenant tenant, Work work)
            throws Exception {
        run(database, "CHECKPOINT");
        long rows = count(database, "highlights", tenant);
        double before = program.cpuSeconds();
        double seconds = timed(work);
        System.out.printf(
                Locale.ROOT,
                "%-28s %,9d highlights %7.1f s  %,8.0f a second; %.1f s of the program's processors%n",
                what,
                rows,
                seconds,
                rows / seconds,
                program.cpuSeconds() - before);
    }

    private static void until(Connection database, Tenant tenant, long streams)
            throws SQLException, InterruptedException {
        while (count(database, "streams", tenant) > streams) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static long count(Connection database, String table, Tenant tenant) throws SQLException {
        try (PreparedStatement count =
                database.prepareStatement("SELECT count(*) FROM " + table + " WHERE organization_id = ?")) {
            count.setObject(1, tenant.organization());
            ResultSet row = count.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static List<UUID> anyStreams(Connection database, Tenant tenant) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement some =
                database.prepareStatement("SELECT id FROM streams WHERE organization_id = ? LIMIT " + STREAMS)) {
            some.setObject(1, tenant.organization());
            ResultSet row = some.executeQuery();
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static String path(Tenant tenant) {
        return "/api/v1/organizations/" + new OrganizationId(tenant.organization());
    }

    private static String named() {
        return "{\"name\":\"" + Tenants.NAME + "\"}";
    }

    private static void run(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException, SQLException;
    }

    private static double timed(Work work) throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }
}
