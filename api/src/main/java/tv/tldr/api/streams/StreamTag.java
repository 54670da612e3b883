package tv.tldr.api.streams;

import java.time.temporal.ChronoField;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.stream.StreamStatus;

/** What is the entity tag of a stream? While it is processed its progress changes without a new version: a weak one tells. */
final class StreamTag {
    private StreamTag() {}

    /**
     * Goes on when the client means the stream's version or did not say; by the weak tag that it was given, too, since what
     * that leaves open is the progress.
     *
     * @throws ProblemException PRECONDITION_FAILED
     */
    static void require(IfMatch precondition, StreamRow row) {
        String version = "W/\"" + row.version() + "-";
        if (precondition.tags().stream().noneMatch(tag -> tag.startsWith(version))) {
            precondition.require(row.version());
        }
    }

    static String of(StreamRow row) {
        return row.status() == StreamStatus.PROCESSING
                ? "W/\"" + row.version() + "-" + row.updatedAt().getEpochSecond() + "."
                        + row.updatedAt().get(ChronoField.MICRO_OF_SECOND) + "\""
                : IfMatch.tag(row.version());
    }
}
