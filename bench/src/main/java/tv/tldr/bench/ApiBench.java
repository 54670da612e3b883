package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tv.tldr.bench.Tenants.Tenant;

/**
 * How many requests a second does one process of the API answer, compared with PostgreSQL alone at the same statements
 * (pgbench) and with the least that FastAPI and asyncpg need for them? A million highlights of a thousand organizations; all
 * three take turns on the same machine.
 */
public final class ApiBench {
    private static final int ORGANIZATIONS = 1000;
    private static final int SCRIPTS = 100;
    private static final int ROUNDS = 3;
    private static final String KEY_LOOK_UP = """
            SELECT k.*, k.ip_allow_list::text[] AS networks, m.role, coalesce(k.expires_at <= now(), false) AS expired
            FROM api_keys k LEFT JOIN memberships m
              ON m.organization_id = k.organization_id AND m.user_id = k.created_by
            WHERE k.key_hash = %s AND k.revoked_at IS NULL""";

    private static final Path HERE = Path.of("api").toAbsolutePath();

    private ApiBench() {}

    /**
     * @param arguments {@code JAR FILE PYTHON SECONDS}: the program, a video with highlights, a Python that has FastAPI, uvicorn
     *     and asyncpg, and how long each turn takes
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 4) {
            System.err.println("usage: ApiBench JAR FILE PYTHON SECONDS");
            System.exit(2);
        }
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        Path home = Path.of("target", "bench", "api").toAbsolutePath();
        Load load = new Load(Integer.parseInt(arguments[3]));
        Map<String, List<Load.Result>> results = new LinkedHashMap<>();
        try (WholeProgram program =
                        WholeProgram.start(jar, home, "384m", Map.of("OPERATIONS_OPEN", "true", "LOG_LEVEL", "warn"));
                Connection database = EmbeddedDatabase.connect(home)) {
            String secret = Tenants.secret(program, home, Path.of(arguments[1]));
            List<Tenant> free = Tenants.in(database, ORGANIZATIONS, "enterprise", secret);
            List<Tenant> waiting = Tenants.in(database, SCRIPTS, "professional", secret);
            Submission submission = Submission.like(database, waiting.getFirst(), HERE.resolve("submission.sql"));
            Submission.occupy(database, waiting);
            Submission.clear(database, waiting);
            Map<String, String> settings = Map.of(
                    "DATABASE_URL",
                    EmbeddedDatabase.url(home),
                    "KEY_SECRET",
                    secret,
                    "SUBMISSION",
                    submission.write(home.resolve("submission.json")).toString());
            try (PythonServer python = PythonServer.start(Path.of(arguments[2]), HERE, settings, home)) {
                Path list = home.resolve("list.requests");
                write(list, free, number -> "/api/v1/highlights");
                Path oneByUuid = home.resolve("one-by-uuid.requests");
                List<UUID> highlights = EmbeddedDatabase.anyHighlights(database, free);
                Path one = Tenants.reading(home.resolve("one.requests"), free, highlights);
                write(oneByUuid, free, number -> "/api/v1/highlights/" + highlights.get(number));
                List<Path> listScripts = scripts(home, "list", free, number ->
                        """
                        SELECT * FROM highlights WHERE organization_id = '%s' ORDER BY created_at DESC, id DESC LIMIT 21;
                        """.formatted(free.get(number).organization()));
                List<Path> oneScripts = scripts(home, "one", free, number ->
                        """
                        SELECT * FROM highlights WHERE organization_id = '%s' AND id = '%s';
                        """.formatted(free.get(number).organization(), highlights.get(number)));
                Path postScript = home.resolve("post.sql");
                Files.writeString(postScript, submission.script(waiting, KEY_LOOK_UP));
                Path post = Submission.requests(home.resolve("post.requests"), waiting);
                for (int round = 0; round <= ROUNDS; round++) {
                    Map<String, Load.Result> turn = new LinkedHashMap<>();
                    turn.put("list: pgbench", load.pgbench(home, listScripts));
                    turn.put("list: API", load.wrk(program.address(), list));
                    turn.put("list: FastAPI", load.wrk(python.address(), list));
                    turn.put("one: pgbench", load.pgbench(home, oneScripts));
                    turn.put("one: API", load.wrk(program.address(), one));
                    turn.put("one: FastAPI", load.wrk(python.address(), oneByUuid));
                    turn.put("post: pgbench", load.pgbench(home, List.of(postScript)));
                    Submission.clear(database, waiting);
                    turn.put("post: API", load.wrk(program.address(), post));
                    Submission.clear(database, waiting);
                    turn.put("post: FastAPI", load.wrk(python.address(), post));
                    Submission.clear(database, waiting);
                    // The first round warms up.
                    if (round > 0) {
                        turn.forEach((name, result) -> results.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(result));
                    }
                }
            }
            Path started = Submission.requests(home.resolve("started.requests"), free);
            results.put("post, started: API", List.of(load.wrk(program.address(), started)));
            print(results);
            System.out.printf(
                    Locale.ROOT,
                    "heap %.0f MB in the end with -Xmx384m; resident at most %d MB%n",
                    program.heap() / 1e6,
                    program.peakResident() >> 20);
        }
    }

    private static void print(Map<String, List<Load.Result>> results) {
        results.forEach((name, turns) -> {
            Load.Result middle = Load.Result.median(turns);
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.0f /s   p50 %6.1f  p95 %6.1f  p99 %6.1f ms   failed %d%n",
                    name,
                    middle.rate(),
                    middle.p50(),
                    middle.p95(),
                    middle.p99(),
                    middle.failed());
        });
        for (String what : List.of("list", "one", "post")) {
            double api = rate(results, what + ": API");
            System.out.printf(
                    Locale.ROOT,
                    "%-5s %.2f of pgbench, %.1f times FastAPI%n",
                    what,
                    api / rate(results, what + ": pgbench"),
                    api / rate(results, what + ": FastAPI"));
        }
    }

    private static double rate(Map<String, List<Load.Result>> results, String name) {
        return Load.Result.median(results.getOrDefault(name, List.of())).rate();
    }

    private interface ByNumber {
        String of(int number);
    }

    private static void write(Path file, List<Tenant> tenants, ByNumber path) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < tenants.size(); number++) {
            lines.add("GET\t" + path.of(number) + "\t" + tenants.get(number).key());
        }
        Files.write(file, lines);
    }

    /** Constants in place of parameters, which pgbench has for numbers alone; prepared once a connection all the same. */
    private static List<Path> scripts(Path home, String name, List<Tenant> tenants, ByNumber statement)
            throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (int number = 0; number < SCRIPTS; number++) {
            Path script = home.resolve(name + "-" + number + ".sql");
            String key = KEY_LOOK_UP.formatted("'\\x" + tenants.get(number).hash() + "'");
            Files.writeString(script, key + ";\n" + statement.of(number));
            scripts.add(script);
        }
        return scripts;
    }
}
