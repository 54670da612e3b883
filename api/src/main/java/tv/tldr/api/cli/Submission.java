package tv.tldr.api.cli;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which stream does a command follow, and is it the command's to end?
 *
 * @param workflowId where Temporal has it
 * @param since when the stream was submitted
 * @param joined whether it was there before the command asked for it
 */
record Submission(String streamId, String workflowId, Instant since, boolean joined) {
    static Submission made(JsonNode stream) {
        return of(stream, false);
    }

    static Submission joined(JsonNode stream) {
        return of(stream, true);
    }

    /**
     * Whether Ctrl-C ends it: what the command submitted itself, and what a crash left over for it. What somebody submitted to
     * an instance that runs is theirs.
     *
     * @param aloneSince since when the command's own process does all the work, if it does
     */
    boolean isOurs(Optional<Instant> aloneSince) {
        return !joined || aloneSince.filter(since::isBefore).isPresent();
    }

    private static Submission of(JsonNode stream, boolean joined) {
        return new Submission(
                stream.path("id").asString(),
                stream.path("workflow_id").asString(""),
                Instant.parse(stream.path("created_at").asString()),
                joined);
    }
}
