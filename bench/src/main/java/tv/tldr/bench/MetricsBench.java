package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
            String secret = Tenants.secret(below, home, Path.of(arguments[1]));
            List<Tenant> tenants = Tenants.in(database, ORGANIZATIONS, "enterprise", secret);
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
        Pairs pairs = Pairs.of(
                warm -> {
                    double rate = load.rate(with.address(), requests, warm);
                    with.heap();
                    return rate;
                },
                warm -> load.rate(without.address(), requests, warm));
        System.out.printf(Locale.ROOT, "metrics cost %s%n", pairs.cost());
    }

    private static Map<String, String> off(Map<String, String> common) {
        Map<String, String> settings = new HashMap<>(common);
        settings.put("MANAGEMENT_METRICS_ENABLE_ALL", "false");
        settings.put("MANAGEMENT_OBSERVATIONS_ENABLE_ALL", "false");
        settings.put("METRICS_INTERVAL", "1d");
        return settings;
    }
}
