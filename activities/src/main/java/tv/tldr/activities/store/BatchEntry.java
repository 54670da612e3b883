package tv.tldr.activities.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * One stream of a batch.
 *
 * @param position in the order of submission, from 0
 * @param sourceUrl null: the stream was deleted
 * @param status null: the stream was deleted
 */
public record BatchEntry(
        int position,
        StreamId streamId,
        @Nullable String sourceUrl,
        @Nullable StreamStatus status,
        int highlightCount,
        List<StreamError> errors) {
    public BatchEntry {
        errors = List.copyOf(errors);
    }
}
