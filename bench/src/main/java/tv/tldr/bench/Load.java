package tv.tldr.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much does a server answer when as much as it can is asked of it?
 *
 * @param seconds that each turn takes
 */
record Load(int seconds) {
    private static final String CONNECTIONS = "32";
    private static final String THREADS = "1";
    private static final Pattern TOLD = Pattern.compile("RESULT (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+)");

    /**
     * What came of a turn.
     *
     * @param rate answers a second
     * @param p50 milliseconds; pgbench tells the mean alone
     * @param failed answers of 400 and above, and none at all
     * @param all how many were asked for; 0: pgbench
     */
    record Result(double rate, double p50, double p95, double p99, long failed, long all) {
        static Result median(List<Result> results) {
            return new Result(
                    median(results, Result::rate),
                    median(results, Result::p50),
                    median(results, Result::p95),
                    median(results, Result::p99),
                    results.stream().mapToLong(Result::failed).sum(),
                    results.stream().mapToLong(Result::all).sum());
        }

        private static double median(List<Result> results, ToDoubleFunction<Result> value) {
            return results.stream()
                    .map(value::applyAsDouble)
                    .sorted(Comparator.naturalOrder())
                    .toList()
                    .get(results.size() / 2);
        }
    }

    /** @param requests file with a line for each request, as {@code requests.lua} reads it */
    Result wrk(URI server, Path requests) throws IOException, InterruptedException {
        List<String> command = List.of(
                "wrk",
                "-t" + THREADS,
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "-s",
                "api/requests.lua",
                server.toString());
        Matcher told = TOLD.matcher(run(command, List.of("REQUESTS", requests.toString())));
        if (!told.find()) {
            throw new IOException("wrk did not tell what came of it");
        }
        return new Result(
                Double.parseDouble(told.group(1)),
                Double.parseDouble(told.group(2)),
                Double.parseDouble(told.group(3)),
                Double.parseDouble(told.group(4)),
                Long.parseLong(told.group(5)),
                Long.parseLong(told.group(6)));
    }

    /**
     * The same: answers a second.
     *
     * @param strict whether no request may fail
     */
    double rate(URI server, Path requests, boolean strict) throws IOException, InterruptedException {
        Result result = wrk(server, requests);
        if (strict && result.failed() > 0) {
            throw new IOException(result.failed() + " requests failed");
        }
        return result.rate();
    }

    /** @param scripts one of them, by chance, is one transaction */
    Result pgbench(Path home, List<Path> scripts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program(), "-n", "-M", "prepared", "-c", CONNECTIONS, "-j", THREADS, "-T", Integer.toString(seconds)));
        scripts.forEach(script -> command.addAll(List.of("-f", script.toString())));
        command.add(EmbeddedDatabase.url(home));
        String told = run(command, List.of());
        Matcher rate = RATE.matcher(told);
        Matcher latency = LATENCY.matcher(told);
        if (!rate.find() || !latency.find()) {
            throw new IOException("pgbench did not tell what came of it: " + told);
        }
        double mean = Double.parseDouble(latency.group(1));
        return new Result(Double.parseDouble(rate.group(1)), mean, Double.NaN, Double.NaN, 0, 0);
    }

    /** Debian keeps it out of the path. */
    private static String program() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return "pgbench";
        }
        try (var found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin/pgbench"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .map(Path::toString)
                    .orElse("pgbench");
        }
    }

    private static String run(List<String> command, List<String> variable) throws IOException, InterruptedException {
        File output = Files.createTempFile("bench", ".txt").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        if (!variable.isEmpty()) {
            builder.environment().put(variable.getFirst(), variable.getLast());
        }
        int code = builder.start().waitFor();
        String told = Files.readString(output.toPath());
        Files.delete(output.toPath());
        if (code != 0) {
            throw new IOException(command.getFirst() + " failed: " + told);
        }
        return told;
    }
}
