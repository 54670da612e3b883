package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    @Option(names = "--json", description = "The moment's line of the decision ledger as JSON.")
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
        ApiSession session = new ApiSession(
                surroundings.home(),
                StartSettings.checked(surroundings.settings()),
                cleanup,
                new Messages(surroundings.err(), quiet));
        JsonNode moment = session.ask(this::moment);
        surroundings.print(json ? List.of(moment.toPrettyString()) : Explanation.lines(moment), "");
        return ExitCode.OK;
    }

    private JsonNode moment(ApiClient client) throws IOException {
        if (!id.startsWith("hl_")) {
            return nearest(client, path(id));
        }
        JsonNode highlight = client.get("/api/v1/highlights/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        int number = highlight.path("candidate").asInt();
        return candidates(client, path(highlight.path("stream_id").asString(""))).stream()
                .filter(candidate -> candidate.path("number").asInt() == number)
                .findFirst()
                .orElseThrow(() -> new Failure("The ledger of the stream has no moment " + number + "."));
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

    private static String path(String stream) {
        return "/api/v1/streams/" + URLEncoder.encode(stream, StandardCharsets.UTF_8);
    }
}
