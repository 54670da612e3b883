package tv.tldr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tv.tldr.bench.Tenants.Tenant;

/**
 * Do two processes behind one database behave as one? How many requests more than one limit allows they let through together,
 * and how long a key that was revoked is still good at the other one.
 */
public final class TwoNodesBench {
    private static final int A_MINUTE = 1000;
    private static final int POLL_MILLIS = 5;
    private static final int UNAUTHORIZED = 401;

    private TwoNodesBench() {}

    /** @param arguments {@code JAR SECONDS}: the program, and for how long requests come as fast as they can */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 2) {
            System.err.println("usage: TwoNodesBench JAR SECONDS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Path.of("target", "bench", "two-nodes").toAbsolutePath();
        Path home = folder.resolve("one");
        Load load = new Load(Integer.parseInt(arguments[1]));
        try (WholeProgram one = WholeProgram.start(jar, home, "384m");
                Connection database = EmbeddedDatabase.connect(home)) {
            String secret = Files.readString(home.resolve("secret-key")).strip();
            Map<String, String> shared = Map.of(
                    "DATABASE_URL", EmbeddedDatabase.url(home), "SECRET_KEY", secret, "WORKERS_ENABLED", "false");
            try (WholeProgram other = WholeProgram.start(jar, folder.resolve("other"), "384m", shared)) {
                Tenant tenant = Tenants.in(database, 1, "professional", secret).getFirst();
                Path requests = folder.resolve("list.requests");
                Files.writeString(requests, "GET\t/api/v1/highlight-types\t" + tenant.key());
                long begun = System.nanoTime();
                CompletableFuture<Load.Result> there = CompletableFuture.supplyAsync(() -> load(load, other, requests));
                Load.Result here = load(load, one, requests);
                Load.Result both = new Load.Result(
                        0,
                        0,
                        0,
                        0,
                        here.failed() + there.join().failed(),
                        here.all() + there.join().all());
                double allowed = A_MINUTE * (1 + (System.nanoTime() - begun) / 60e9);
                long admitted = both.all() - both.failed();
                System.out.printf(
                        Locale.ROOT,
                        "%d of %d requests let through, %.0f allowed: %+.1f %%%n",
                        admitted,
                        both.all(),
                        allowed,
                        100 * (admitted / allowed - 1));
                System.out.printf(
                        Locale.ROOT,
                        "a revoked key is good for %.0f ms more at the other%n",
                        revoked(database, tenant, other));
            }
        }
    }

    private static Load.Result load(Load load, WholeProgram program, Path requests) {
        try {
            return load.wrk(program.address(), requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double revoked(Connection database, Tenant tenant, WholeProgram other)
            throws SQLException, IOException, InterruptedException {
        try (PreparedStatement revocation =
                database.prepareStatement("UPDATE api_keys SET revoked_at = now() WHERE organization_id = ?")) {
            revocation.setObject(1, tenant.organization());
            revocation.executeUpdate();
        }
        long begun = System.nanoTime();
        while (other.status("/api/v1/highlight-types", tenant.key()) != UNAUTHORIZED) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
