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
import java.util.UUID;
import java.util.function.Function;
import tv.tldr.bench.Tenants.Tenant;

/**
 * What do the checks before a request cost? Rate limits: keys with a limit and such without one take turns at the same requests of
 * the same process; plans that set limits cost more besides, since they also say how long things are kept. A key: processor time for a path that does not exist, which is 404 for who is known and 401 for
 * everybody else; what lies between the two is the look at the key and all that follows it.
 */
public final class AdmissionBench {
    private static final int ORGANIZATIONS = 200;
    private static final int A_MINUTE = 1000;
    private static final int KEY_ROUNDS = 6;
    private static final double MILLIS = 1000;

    private AdmissionBench() {}

    /** @param arguments {@code JAR FILE SECONDS}: the program, a video with highlights, and how long each turn takes */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 3) {
            System.err.println("usage: AdmissionBench JAR FILE SECONDS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of("target", "bench", "admission").toAbsolutePath();
        Load load = new Load(Integer.parseInt(arguments[2]));
        try (WholeProgram program = WholeProgram.start(jar, home, "384m", Map.of("LOG_LEVEL", "warn"));
                Connection database = EmbeddedDatabase.connect(home)) {
            String secret = Tenants.secret(program, home, Path.of(arguments[1]));
            List<Tenant> all = Tenants.in(database, 2 * ORGANIZATIONS, "enterprise", secret);
            List<Tenant> free = all.subList(0, ORGANIZATIONS);
            List<Tenant> limited = all.subList(ORGANIZATIONS, all.size());
            Tenants.limit(database, limited, A_MINUTE);
            key(load, program, home, free);
            List<Path> ones = new ArrayList<>();
            for (List<Tenant> tenants : List.of(limited, free)) {
                List<UUID> highlights = EmbeddedDatabase.anyHighlights(database, tenants);
                ones.add(Tenants.reading(home.resolve("one-" + ones.size() + ".requests"), tenants, highlights));
            }
            limit("one highlight", load, program, ones);
            limit(
                    "a list of 20",
                    load,
                    program,
                    List.of(
                            requests(home, "limited", "/api/v1/highlights", limited, Tenant::key),
                            requests(home, "free", "/api/v1/highlights", free, Tenant::key)));
        }
    }

    private static void limit(String what, Load load, WholeProgram program, List<Path> limitedAndFree)
            throws IOException, InterruptedException {
        Pairs pairs = Pairs.of(
                warm -> load.rate(program.address(), limitedAndFree.getFirst(), warm),
                warm -> load.rate(program.address(), limitedAndFree.getLast(), warm));
        System.out.printf(Locale.ROOT, "%s: rate limits cost %s%n", what, pairs.cost());
    }

    private static void key(Load load, WholeProgram program, Path home, List<Tenant> tenants)
            throws IOException, InterruptedException {
        Path known = requests(home, "known", "/api/v1/nothing", tenants, Tenant::key);
        Path unknown = requests(home, "unknown", "/api/v1/nothing", tenants, tenant -> "");
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int round = 0; round <= KEY_ROUNDS; round++) {
            double one = millisecondsOfProcessor(load, program, known);
            double other = millisecondsOfProcessor(load, program, unknown);
            // The first round warms up.
            if (round > 0) {
                with.add(one);
                without.add(other);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "of processors, a request with a key that is known %.3f ms, without one %.3f ms: the key's check at most %.3f ms%n",
                median(with),
                median(without),
                median(with) - median(without));
    }

    private static double millisecondsOfProcessor(Load load, WholeProgram program, Path requests)
            throws IOException, InterruptedException {
        double before = program.cpuSeconds();
        Load.Result result = load.wrk(program.address(), requests);
        return MILLIS * (program.cpuSeconds() - before) / result.all();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Path requests(
            Path home, String name, String path, List<Tenant> tenants, Function<Tenant, String> key)
            throws IOException {
        return Files.write(
                home.resolve(name + ".requests"),
                tenants.stream()
                        .map(tenant -> "GET\t" + path + "\t" + key.apply(tenant))
                        .toList());
    }
}
