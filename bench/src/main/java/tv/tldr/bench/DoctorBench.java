package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tv.tldr.bench.Tenants.Tenant;

/**
 * How long does the doctor take on an installation that is well, and how soon does {@code /health/detailed} answer while as
 * much as the API can is asked of it?
 */
public final class DoctorBench {
    private static final Path LAUNCHER = Path.of("..", "tldr").toAbsolutePath().normalize();
    private static final int ORGANIZATIONS = 200;
    private static final int EXAMINATIONS = 7;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;

    private DoctorBench() {}

    /** @param arguments {@code JAR FILE SECONDS}: the program, a video with highlights, and how long the load lasts */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 3) {
            System.err.println("usage: DoctorBench JAR FILE SECONDS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of("target", "bench", "doctor").toAbsolutePath();
        try (WholeProgram program = WholeProgram.start(jar, home, "384m", Map.of("LOG_LEVEL", "warn"));
                Connection database = EmbeddedDatabase.connect(home)) {
            program.complete(Path.of(arguments[1]).toAbsolutePath(), "{\"highlight_threshold\":0.2}");
            examine(home);
            String secret = Files.readString(home.resolve("secret-key")).strip();
            List<Tenant> tenants = Tenants.in(database, ORGANIZATIONS, "enterprise", secret);
            health(
                    program,
                    new Load(Integer.parseInt(arguments[2])),
                    Tenants.reading(
                            home.resolve("one.requests"), tenants, EmbeddedDatabase.anyHighlights(database, tenants)),
                    tenants);
        }
    }

    private static void examine(Path home) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        // The first use may build the program.
        doctor(home);
        for (int number = 0; number < EXAMINATIONS; number++) {
            seconds.add(doctor(home));
        }
        System.out.printf(
                Locale.ROOT,
                "./tldr doctor, its start included: %.1f s (median of %d), %.1f s at most%n",
                at(seconds, 0.5),
                EXAMINATIONS,
                at(seconds, 1));
    }

    private static double doctor(Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "doctor")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("doctor.log").toFile());
        builder.environment().put("TLDR_HOME", home.toString());
        long begun = System.nanoTime();
        if (builder.start().waitFor() != 0) {
            throw new IOException("it found something: " + Files.readString(home.resolve("doctor.log")));
        }
        return (System.nanoTime() - begun) / NANOS;
    }

    private static void health(WholeProgram program, Load load, Path requests, List<Tenant> tenants)
            throws IOException, InterruptedException {
        String key = tenants.getFirst().key();
        report("alone", latencies(program, key, System.nanoTime() + (long) (load.seconds() * NANOS)));
        CompletableFuture<Load.Result> others = CompletableFuture.supplyAsync(() -> {
            try {
                return load.wrk(program.address(), requests);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        report("under load", latencies(program, key, System.nanoTime() + (long) (load.seconds() * NANOS)));
        System.out.printf(
                Locale.ROOT, "the load: %.0f requests a second%n", others.join().rate());
    }

    private static List<Double> latencies(WholeProgram program, String key, long end)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            int status = program.status("/health/detailed", key);
            millis.add((System.nanoTime() - begun) / MILLIS);
            if (status != 200) {
                throw new IOException("/health/detailed answered " + status);
            }
        }
        return millis;
    }

    private static void report(String when, List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "/health/detailed %s: %.0f ms (median), %.0f ms (p95) of %d%n",
                when,
                at(millis, 0.5),
                at(millis, 0.95),
                millis.size());
    }

    private static double at(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * share) - 1));
    }
}
