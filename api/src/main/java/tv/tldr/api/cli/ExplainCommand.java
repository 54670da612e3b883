package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tldr explain}: why is this a highlight, and that not? */
@Command(
        name = "explain",
        description =
                "Prints the arithmetic of a highlight, or of any other moment of a stream, so that it can be done again.",
        footer = {
            "",
            "ID is a highlight (hl_…) or a stream (stream_…): of a stream its best moment is explained, or the one at --at.",
            "A highlight tells of itself, also when a later analysis was broken off.",
            "TIME is seconds, or 1:20, or 1:02:03.",
            "Exit status: 0 done · 1 failed · 2 wrong usage"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Parameters(paramLabel = "ID", description = "A highlight or a stream.")
    private String id = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = StreamTime.class,
            description = "The moment of the stream that is nearest to it, whether it was kept or not.")
    private @Nullable Double at;

    @Mixin
    private Access access = new Access();

    @Option(names = "--json", description = "The highlight, or the moment's line of the decision ledger, as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No messages.")
    private boolean quiet;

    ExplainCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException {
        ApiSession session = access.session(surroundings, cleanup, new Messages(surroundings.err(), quiet));
        List<String> lines = session.ask(id.startsWith("hl_") ? this::highlight : this::moment);
        surroundings.print(lines, "");
        return ExitCode.OK;
    }

    /** By what it has kept itself: the ledger may be that of another analysis. */
    private List<String> highlight(ApiClient client) throws IOException {
        JsonNode highlight = client.get("/api/v1/highlights/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        if (json) {
            return List.of(highlight.toPrettyString());
        }
        String stream = Analysis.path(highlight.path("stream_id").asString(""));
        return candidates(client, stream).stream()
                .filter(candidate -> isSame(candidate, highlight))
                .findFirst()
                .map(candidate -> Explanation.lines(highlight, candidate))
                .orElseGet(() -> Explanation.lines(highlight));
    }

    /** Whether the ledger's line is the one by which the highlight was kept. */
    private static boolean isSame(JsonNode candidate, JsonNode highlight) {
        return candidate.path("kept").asBoolean(false)
                && Stream.of("peak_time", "confidence_score")
                        .allMatch(field -> candidate.path(field).asDouble(0)
                                == highlight.path(field).asDouble(0));
    }

    private List<String> moment(ApiClient client) throws IOException {
        JsonNode moment = nearest(client, Analysis.path(id));
        return json ? List.of(moment.toPrettyString()) : Explanation.lines(moment, moment);
    }

    private JsonNode nearest(ApiClient client, String stream) throws IOException {
        Double wanted = at;
        Comparator<JsonNode> order = wanted == null
                ? Comparator.comparingDouble(
                        candidate -> -candidate.path("confidence_score").asDouble(0))
                : Comparator.comparingDouble(candidate -> distance(candidate, wanted));
        return candidates(client, stream).stream()
                .min(order)
                .orElseThrow(() -> new Failure("No moment of the stream was considered: " + reason(client, stream)));
    }

    private static List<JsonNode> candidates(ApiClient client, String stream) throws IOException {
        return client.list(stream + "/candidates");
    }

    private static String reason(ApiClient client, String stream) {
        try {
            return client.get(stream).path("empty_reason").asString("it is not scored yet.");
        } catch (IOException e) {
            return "it is not scored yet.";
        }
    }

    /** 0 within its range, and nearer to its peak before farther. */
    private static double distance(JsonNode candidate, double time) {
        double start = candidate.path("start_time").asDouble(0);
        double end = candidate.path("end_time").asDouble(0);
        double outside = Math.max(0, Math.max(start - time, time - end));
        return outside + Math.abs(candidate.path("peak_time").asDouble(0) - time) / 1e6;
    }
}
