package tv.tldr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tv.tldr.workflows.signal.Signals;

/**
 * How long does a what-if take over a stored stream of four hours, from the request to the last byte of its answer? Reading
 * the signals, scoring, choosing and comparing with what stands, by a whole program that is warm.
 */
public final class WhatIfBench {
    private static final int SECONDS = 4 * 3600;
    private static final int WARM_UP = 10;
    private static final int RUNS = 15;
    private static final String RULES = "{\"strategy\":\"rule_based\"}";
    private static final String OTHERWISE =
            "{\"options\":{\"highlight_threshold\":0.4,\"max_highlights\":20,\"min_duration\":20}}";

    private WhatIfBench() {}

    /** @param arguments {@code JAR FILE}: the program, and a short video for the stream to begin with */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 2) {
            System.err.println("usage: WhatIfBench JAR FILE");
            System.exit(2);
        }
        Path home = Path.of("target", "bench", "what-if").toAbsolutePath();
        try (WholeProgram program = WholeProgram.start(Path.of(arguments[0]).toAbsolutePath(), home, "512m")) {
            String stream = program.complete(Path.of(arguments[1]).toAbsolutePath(), RULES);
            Signals signals = ScoringBench.wandering(SECONDS);
            StoredSignals.replace(home, signals);
            List<Cost> costs = new ArrayList<>();
            double cpu = 0;
            for (int run = 0; run < WARM_UP + RUNS; run++) {
                cpu = run == WARM_UP ? program.cpuSeconds() : cpu;
                costs.add(Cost.of(() -> ask(program, stream, signals.seconds())));
            }
            double taken = program.cpuSeconds() - cpu;
            List<Cost> warm = costs.subList(WARM_UP, costs.size());
            System.out.printf(
                    Locale.ROOT,
                    "a what-if over %d s: median %.0f ms of %d (%.0f to %.0f), of processors %.0f ms; the first %.0f ms%n",
                    SECONDS,
                    1000 * Cost.median(warm).seconds(),
                    RUNS,
                    1000 * warm.stream().mapToDouble(Cost::seconds).min().orElseThrow(),
                    1000 * warm.stream().mapToDouble(Cost::seconds).max().orElseThrow(),
                    1000 * taken / RUNS,
                    1000 * costs.getFirst().seconds());
        }
    }

    private static void ask(WholeProgram program, String stream, int seconds) {
        JsonNode answer = program.post(stream + "/preview", OTHERWISE);
        boolean whole = Stream.of("highlights", "nearest_misses")
                .flatMap(list -> answer.path(list).findValues("end_time").stream())
                .anyMatch(end -> end.asDouble() > seconds / 2.0);
        if (!whole) {
            throw new IllegalStateException("that is no preview of the whole stream: " + answer);
        }
    }
}
