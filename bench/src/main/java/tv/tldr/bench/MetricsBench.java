package tv.tldr.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.tldr.bench.Tenants.Tenant;

/**
 * What does counting cost? Two processes of the API over one database take turns, with metrics and without any, at reading one highlight,
 * which is the request that takes least besides; while Prometheus asks the one every 15 s.
 */
public final class MetricsBench {
    private static final int ORGANIZATIONS = 200;
    private static final int ROUNDS = 12;
    private static final int WARMING_UP = 2;

    private MetricsBench() {}

    /** @param arguments {@code JAR FILE SECONDS}: the program, a video with highlights, and how long each turn takes */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 3) {
            System.err.println("usage: MetricsBench JAR FILE SECONDS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of("target", "bench", "metrics").toAbsolutePath();
        Load load = new Load(Integer.parseInt(arguments[2]));
        try (WholeProgram below = WholeProgram.start(jar, home, "384m", Map.of("LOG_LEVEL", "warn"));
                Connection database = EmbeddedDatabase.connect(home)) {
            if (!Files.exists(home.resolve("seeded"))) {
                below.complete(Path.of(arguments[1]).toAbsolutePath(), "{\"highlight_threshold\":0.2}");
            }
            String secret = Files.readString(home.resolve("secret-key")).strip();
            List<Tenant> tenants = Tenants.in(database, ORGANIZATIONS, "enterprise", secret);
            Files.writeString(home.resolve("seeded"), "");
            Path requests = Tenants.reading(
                    home.resolve("one.requests"), tenants, EmbeddedDatabase.anyHighlights(database, tenants));
            Map<String, String> common = Map.of(
                    "DATABASE_URL", EmbeddedDatabase.url(home),
                    "TEMPORAL_ADDRESS", "127.0.0.1:9",
                    "SECRET_KEY", secret,
                    "WORKERS_ENABLED", "false",
                    "SWEEP_ENABLED", "false",
                    "BIND_ADDRESS", "127.0.0.1",
                    "LOG_LEVEL", "error");
            try (WholeProgram with = WholeProgram.start(jar, home.resolve("with"), "384m", common);
                    WholeProgram without = WholeProgram.start(jar, home.resolve("without"), "384m", off(common))) {
                measure(load, requests, with, without);
            }
        }
    }

    private static void measure(Load load, Path requests, WholeProgram with, WholeProgram without)
            throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARMING_UP + ROUNDS; round++) {
            // Whoever is second finds the caches warm: by turns.
            boolean first = round % 2 == 0;
            boolean warm = round >= WARMING_UP;
            double one = rate(load, requests, first ? with.address() : without.address(), warm);
            double other = rate(load, requests, first ? without.address() : with.address(), warm);
            with.heap();
            double ratio = first ? one / other : other / one;
            if (warm) {
                ratios.add(ratio);
                System.out.printf(
                        Locale.ROOT,
                        "with %7.0f /s   without %7.0f /s   ratio %.3f%n",
                        first ? one : other,
                        first ? other : one,
                        ratio);
            }
        }
        ratios.sort(null);
        System.out.printf(
                Locale.ROOT,
                "metrics cost %.1f %% (median of %d pairs; middle half %.1f to %.1f %%)%n",
                cost(ratios, 2),
                ratios.size(),
                cost(ratios, 3),
                cost(ratios, 1));
    }

    private static double cost(List<Double> sorted, int quarter) {
        return 100 * (1 - sorted.get(sorted.size() * quarter / 4));
    }

    /** @param warm before, the first requests may take longer than wrk waits for an answer */
    private static double rate(Load load, Path requests, URI server, boolean warm)
            throws IOException, InterruptedException {
        Load.Result result = load.wrk(server, requests);
        if (warm && result.failed() > 0) {
            throw new IOException(result.failed() + " requests failed");
        }
        return result.rate();
    }

    private static Map<String, String> off(Map<String, String> common) {
        Map<String, String> settings = new HashMap<>(common);
        settings.put("MANAGEMENT_METRICS_ENABLE_ALL", "false");
        settings.put("MANAGEMENT_OBSERVATIONS_ENABLE_ALL", "false");
        settings.put("METRICS_INTERVAL", "1d");
        return settings;
    }
}
