package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One video on its way through the API: submit, follow to the end, collect what was decided. */
final class Analysis {
    private static final String STREAMS = "/api/v1/streams";
    private static final List<String> ENDS = List.of("completed", "failed", "stopped");
    private static final long POLL_MILLIS = 300;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private final Surroundings surroundings;
    private final Cleanup cleanup;
    private final Messages messages;
    private final ApiSession session;
    private @Nullable Submission submission;

    Analysis(Surroundings surroundings, Cleanup cleanup, Messages messages, ApiSession session) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
        this.messages = messages;
        this.session = session;
    }

    /** The stream when it has ended, in whichever way. Ctrl-C ends it with us when it is ours. */
    JsonNode run(AnalysisRequest request) throws IOException {
        try (Cleanup.Interruptible _ = cleanup.whenInterrupted(this::interrupt)) {
            Submission submitted = session.ask(client -> submit(client, request));
            session.webUi(submitted.workflowId()).ifPresent(url -> messages.say("Watch it: " + url));
            try (ProgressDisplay display = ProgressDisplay.in(surroundings, messages.isQuiet())) {
                return follow(submitted.streamId(), display);
            }
        } finally {
            forget();
        }
    }

    /** What other options would change. */
    JsonNode preview(String streamId, ObjectNode options) throws IOException {
        return session.ask(client -> client.post(path(streamId) + "/preview", body(options)));
    }

    /** The stream when it has been analysed with other options. Ctrl-C leaves that to the next start. */
    JsonNode again(String streamId, ObjectNode options) throws IOException {
        JsonNode begun = session.ask(client -> client.post(path(streamId) + "/reanalyze", body(options)));
        session.webUi(begun.path("workflow_id").asString("")).ifPresent(url -> messages.say("Watch it: " + url));
        try (ProgressDisplay display = ProgressDisplay.in(surroundings, messages.isQuiet())) {
            return follow(streamId, display);
        }
    }

    private static ObjectNode body(ObjectNode options) {
        return JsonMapper.shared().createObjectNode().set("options", options);
    }

    /** Where the API has a stream. */
    static String path(String streamId) {
        return STREAMS + "/" + URLEncoder.encode(streamId, StandardCharsets.UTF_8);
    }

    /** Why a stream did not complete, a line for each error with its code; empty when it did. */
    static List<String> faults(JsonNode stream) {
        String status = stream.path("status").asString("");
        if (status.equals("completed")) {
            return List.of();
        }
        List<String> lines = warnings(stream);
        return lines.isEmpty() ? List.of("The stream ended as " + status + ", ended by somebody else.") : lines;
    }

    /** What went wrong without ending the stream, a line each. */
    static List<String> warnings(JsonNode stream) {
        List<String> lines = new ArrayList<>();
        stream.path("errors")
                .forEach(error -> lines.add(error.path("code").asString("") + ": "
                        + error.path("message").asString("")));
        return lines;
    }

    /** Brings clips and thumbnails into {@code output}. */
    List<SavedHighlight> fetch(String streamId, OutputFolder output) throws IOException {
        return new ClipFetch(session, output).fetch(highlights(streamId));
    }

    /**
     * Submits the source, or joins a stream in process that asks the same: the one that a crash broke off. An interruption
     * waits until it is known which stream that is, and nothing is submitted after one.
     */
    private synchronized Submission submit(ApiClient client, AnalysisRequest request) throws IOException {
        if (cleanup.isInterrupted()) {
            throw new IOException("interrupted");
        }
        Submission known = submitOrJoin(client, request);
        submission = known;
        return known;
    }

    private Submission submitOrJoin(ApiClient client, AnalysisRequest request) throws IOException {
        try {
            return Submission.made(client.post(STREAMS, request.body(false)));
        } catch (Refusal refusal) {
            if (!refusal.code().equals("DUPLICATE_RESOURCE")) {
                throw refusal;
            }
            return joinOrRepeat(client, request);
        }
    }

    private synchronized void forget() {
        submission = null;
    }

    private JsonNode follow(String streamId, ProgressDisplay display) throws IOException {
        SpeedMeter meter = new SpeedMeter();
        while (true) {
            JsonNode stream = session.ask(client -> client.get(STREAMS + "/" + streamId));
            cleanup.holdIfInterrupted();
            double measured = stream.path("progress").path("current_timestamp").asDouble(0);
            boolean measuring =
                    stream.path("progress").path("stage").asString("").equals("measuring");
            double speed = measuring ? meter.read(measured, System.nanoTime() / 1e9) : 0;
            display.show(Progress.of(stream, speed));
            if (hasEnded(stream)) {
                return stream;
            }
            pause();
        }
    }

    /** The highlights, most confident first. */
    List<JsonNode> highlights(String streamId) throws IOException {
        Comparator<JsonNode> byConfidence = Comparator.comparingDouble(
                highlight -> -highlight.path("confidence_score").asDouble(0));
        return session.ask(client -> client.list(path(streamId) + "/highlights?view=full")).stream()
                .sorted(byConfidence.thenComparingDouble(
                        highlight -> highlight.path("start_time").asDouble(0)))
                .toList();
    }

    /** The candidates that were dropped, by time. */
    List<JsonNode> rejected(String streamId) throws IOException {
        return session.ask(client -> client.list(path(streamId) + "/candidates")).stream()
                .filter(candidate -> !candidate.path("kept").asBoolean(false))
                .toList();
    }

    /** Whoever ends the command ends its stream, and nobody else's. */
    private synchronized void interrupt() {
        Submission followed = submission;
        if (followed != null && followed.isOurs(session.aloneSince())) {
            stop(followed.streamId());
        } else if (followed != null) {
            messages.say(System.lineSeparator() + followed.streamId() + " goes on: somebody else submitted it.");
        }
    }

    /** A crash does not come here: after it, the stream goes on at the next start. */
    private void stop(String streamId) {
        try {
            messages.say(System.lineSeparator() + "Stopping …");
            ObjectNode force = JsonMapper.shared().createObjectNode().put("force", true);
            session.askIfConnected(client -> client.post(STREAMS + "/" + streamId + "/stop", force));
            long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
            while (session.askIfConnected(client -> isGoingOn(client, streamId)).orElse(false)
                    && System.nanoTime() < deadline) {
                pause();
            }
        } catch (IOException | Refusal e) {
            messages.warn(streamId + " could not be stopped; it goes on at the next start: " + e.getMessage());
        }
    }

    private static boolean isGoingOn(ApiClient client, String streamId) throws IOException {
        return !hasEnded(client.get(STREAMS + "/" + streamId));
    }

    private static boolean hasEnded(JsonNode stream) {
        return ENDS.contains(stream.path("status").asString(""));
    }

    private Submission joinOrRepeat(ApiClient client, AnalysisRequest request) throws IOException {
        for (String status : List.of("processing", "pending")) {
            for (JsonNode stream : client.list(STREAMS + "?status=" + status)) {
                if (request.isSameAs(stream)) {
                    messages.say("The same is being analysed already; going on with "
                            + stream.path("id").asString() + ".");
                    return Submission.joined(stream);
                }
            }
        }
        return Submission.made(client.post(STREAMS, request.body(true)));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
