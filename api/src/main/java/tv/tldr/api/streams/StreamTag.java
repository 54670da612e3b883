package tv.tldr.api.streams;

import java.time.temporal.ChronoField;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.IfMatch;
import tv.tldr.workflows.stream.StreamStatus;

/** What is the entity tag of a stream? While it is processed its progress changes without a new version: a weak one tells. */
final class StreamTag {
    private StreamTag() {}

    static String of(StreamRow row) {
        return row.status() == StreamStatus.PROCESSING
                ? "W/\"" + row.version() + "-" + row.updatedAt().getEpochSecond() + "."
                        + row.updatedAt().get(ChronoField.MICRO_OF_SECOND) + "\""
                : IfMatch.tag(row.version());
    }
}
