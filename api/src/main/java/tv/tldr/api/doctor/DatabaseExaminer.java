package tv.tldr.api.doctor;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.tldr.api.Schema;
import tv.tldr.api.embedded.RunningServers;
import tv.tldr.api.embedded.Setting;

/** Is PostgreSQL there, does it have what this version needs, and does it answer in time? */
record DatabaseExaminer(Patient patient, Limits limits) implements Examiner {
    private static final int TRIES = 5;
    private static final double MILLION = 1e6;
    private static final long MANY_BLOCKS = 1_000_000;
    private static final double FEW_HITS = 0.9;
    /** The migration that makes roles. */
    private static final int TENANT_WALL = 27;

    @Override
    public String area() {
        return "database";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Setting.DATABASE_URL);
    }

    @Override
    public void examine(Chart chart) throws IOException {
        String url = patient.value(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            chart.passOver(
                    "nothing runs here: ./tldr serve starts a database of its own", CheckCatalogue.ofArea(area()));
            return;
        }
        Jdbc database = Jdbc.of(url);
        try (Connection connection = database.connect()) {
            // First, since more connections may not be had a moment later.
            connections(chart, database, connection);
            idle(chart, database, connection);
            speed(chart, database, connection);
            schema(chart, database, connection);
        } catch (SQLException failure) {
            away(chart, database, failure);
        }
    }

    /** What a failure means, by the code that the server or the driver gives. */
    private void away(Chart chart, Jdbc database, SQLException failure) throws IOException {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("42")) {
            chart.passOver(
                    "PostgreSQL does not let the role look (" + state + ")",
                    List.of("database-behind", "database-roles", "database-failed", "database-ahead"));
            return;
        }
        String check =
                switch (state) {
                    case "3D000" -> "database-missing";
                    case "28000", "28P01" -> "database-refused";
                    case "53300" -> "database-pool";
                    default -> unanswered(failure);
                };
        Map<String, String> words = new HashMap<>(database.words());
        embedded().ifPresent(pid -> words.put("pid", String.valueOf(pid)));
        String evidence =
                switch (check) {
                    case "database-missing" -> database.place() + " has no database " + database.database();
                    case "database-refused" -> database.place() + " does not let " + database.user() + " in";
                    case "database-pool" -> database.place() + " takes no more connections";
                    case "database-host" -> "nobody knows the address of " + database.host();
                    case "database-hangs" ->
                        "process " + words.get("pid") + ", which listens at " + database.place() + ", does not answer";
                    default ->
                        database.place() + " does not answer" + (state.startsWith("08") ? "" : " (" + state + ")");
                };
        // The connections that are left are kept for administrators.
        chart.found(check, evidence, check.equals("database-pool") ? administrator(database) : words);
        chart.passOver("see " + check, CheckCatalogue.ofArea(area()));
    }

    /** By whom the answer should have come. */
    private String unanswered(SQLException failure) throws IOException {
        boolean unknown = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnknownHostException.class::isInstance);
        if (unknown) {
            return "database-host";
        }
        return embedded().isPresent() ? "database-hangs" : "database-down";
    }

    /** The process of the PostgreSQL that the program has started for itself, which starts it again when it ends. */
    private Optional<Long> embedded() throws IOException {
        return RunningServers.postgres(patient.home(), patient.value(Setting.DATABASE_URL));
    }

    /**
     * Of sessions that the user may not look into, the kind is hidden as well. Those of people and programs have a user and a
     * database; what works for the server itself lacks one of them, and takes nobody's connection.
     */
    private void connections(Chart chart, Jdbc database, Connection connection) throws SQLException {
        Use use = Jdbc.all(
                        connection,
                        """
                        SELECT count(*) FILTER (WHERE backend_type = 'client backend') AS seen,
                               count(*) FILTER (WHERE backend_type IS NULL AND usesysid IS NOT NULL AND datid IS NOT NULL)
                                   AS hidden,
                               current_setting('max_connections')::int
                                   - current_setting('superuser_reserved_connections')::int
                                   - coalesce(current_setting('reserved_connections', true), '0')::int AS there,
                               count(*) FILTER (WHERE application_name = 'tldr' AND state = 'active') AS busy,
                               count(*) FILTER (WHERE application_name = 'tldr') AS ours
                        FROM pg_stat_activity""",
                        row -> new Use(
                                row.getInt("seen") - 1,
                                row.getInt("hidden"),
                                row.getInt("there"),
                                row.getInt("busy"),
                                row.getInt("ours")))
                .getFirst();
        if (use.used() >= limits.usedConnections() * use.there()) {
            chart.found("database-pool", use.evidence(), use.hidden() > 0 ? administrator(database) : database.words());
        }
    }

    /**
     * @param seen sessions that the user may look into, but for the doctor's own
     * @param hidden those of others
     */
    private record Use(int seen, int hidden, int there, int busy, int ours) {
        int used() {
            return seen + hidden;
        }

        String evidence() {
            return used() + " of " + there + " connections are used, " + ours + " by the program, of which " + busy
                    + " are busy" + (hidden == 0 ? "" : "; " + hidden + " are of users that it may not look into");
        }
    }

    /** For what the program's own user may not do. */
    private static Map<String, String> administrator(Jdbc database) {
        Map<String, String> words = new HashMap<>(database.words());
        words.put("user", "postgres");
        return words;
    }

    private void idle(Chart chart, Jdbc database, Connection connection) throws SQLException {
        List<Idle> idle = Jdbc.all(
                connection,
                """
                SELECT pid, application_name, extract(epoch FROM clock_timestamp() - state_change) AS seconds
                FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%%' AND pid <> pg_backend_pid()
                  AND state_change < clock_timestamp() - interval '%d milliseconds'
                ORDER BY state_change""".formatted(limits.idle().toMillis()),
                row -> new Idle(row.getInt("pid"), row.getString("application_name"), row.getLong("seconds")));
        if (!idle.isEmpty()) {
            Idle longest = idle.getFirst();
            Map<String, String> words = new HashMap<>(database.words());
            words.put("pid", String.valueOf(longest.pid()));
            chart.found(
                    "database-idle",
                    "sessions: " + idle.size() + "; the longest is process " + longest.pid() + " of \""
                            + longest.program() + "\", for " + longest.seconds() + " s",
                    words);
        }
    }

    private record Idle(int pid, String program, long seconds) {}

    private void speed(Chart chart, Jdbc database, Connection connection) throws SQLException {
        long[] nanos = new long[TRIES];
        for (int i = 0; i < TRIES; i++) {
            long begun = System.nanoTime();
            Jdbc.all(connection, "SELECT 1", row -> row.getInt(1));
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        Duration median = Duration.ofNanos(nanos[TRIES / 2]);
        List<Double> hits = Jdbc.all(
                connection,
                "SELECT blks_hit::float / (blks_hit + blks_read) FROM pg_stat_database"
                        + " WHERE datname = current_database() AND blks_hit + blks_read > " + MANY_BLOCKS,
                row -> row.getDouble(1));
        boolean cold = !hits.isEmpty() && hits.getFirst() < FEW_HITS;
        if (median.compareTo(limits.slow()) > 0 || cold) {
            String evidence = String.format(Locale.ROOT, "a round trip takes %.1f ms", median.toNanos() / MILLION)
                    + (cold
                            ? String.format(Locale.ROOT, ", %.0f %% is read from its cache", 100 * hits.getFirst())
                            : "");
            chart.found("database-slow", evidence, database.words());
        }
    }

    private static void schema(Chart chart, Jdbc database, Connection connection) throws SQLException, IOException {
        Schema schema = Schema.of(connection);
        List<Integer> unknown = schema.unknown();
        if (!unknown.isEmpty()) {
            chart.found("database-ahead", "this version does not know " + versions(unknown));
        }
        if (!schema.failed().isEmpty()) {
            chart.found("database-failed", "what did not succeed: " + versions(schema.failed()));
            // What is missing cannot be applied before.
            chart.passOver("see database-failed", List.of("database-behind", "database-roles"));
            return;
        }
        List<Integer> missing = schema.missing();
        if (missing.contains(TENANT_WALL) && lacksRoles(connection)) {
            chart.found(
                    "database-roles",
                    database.user() + " may not make roles, and V" + TENANT_WALL
                            + " of the schema, which is not applied, makes two",
                    database.words());
            chart.passOver("see database-roles", List.of("database-behind"));
            return;
        }
        if (!missing.isEmpty()) {
            chart.found(
                    "database-behind",
                    missing.size() + " migrations are not applied; it is at "
                            + schema.newest().map(newest -> "V" + newest).orElse("nothing") + ", this version brings V"
                            + missing.getLast());
        }
    }

    /** As the migration goes about it. */
    private static boolean lacksRoles(Connection connection) throws SQLException {
        return Jdbc.all(connection, """
                        SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole))
                           AND 2 > (SELECT count(*) FROM pg_roles
                                    WHERE rolname IN (current_database() || '_app', current_database() || '_across')
                                      AND pg_has_role(current_user, oid, 'USAGE'))""", row -> row.getBoolean(1)).getFirst();
    }

    private static String versions(Collection<Integer> versions) {
        return versions.stream().sorted().map(version -> "V" + version).collect(Collectors.joining(", "));
    }
}
