package tv.tldr.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.BatchEntry;
import tv.tldr.activities.store.BatchRow;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.stream.StreamError;

/**
 * What does a client see of a batch?
 *
 * @param status the word on the wire: processing, cancelling, completed or cancelled
 * @param entries its streams in the order of submission; absent in a list of batches
 */
record BatchResponse(
        String id,
        String status,
        int parallelLimit,
        int total,
        Counts counts,
        String workflowId,
        Instant createdAt,
        @Nullable Instant cancelRequestedAt,
        @Nullable Instant completedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Entry> entries) {
    private static final String DELETED = "deleted";

    /** Streams by their state; {@code pending} are those that are not in process yet, whatever they wait for. */
    record Counts(int pending, int processing, int completed, int failed, int stopped, int deleted) {}

    /** @param status of the stream, or deleted */
    record Entry(
            int position,
            String streamId,
            @Nullable String sourceUrl,
            String status,
            int highlightCount,
            List<StreamError> errors) {
        static Entry of(BatchEntry entry) {
            return new Entry(
                    entry.position(),
                    entry.streamId().toString(),
                    entry.sourceUrl(),
                    entry.status() == null ? DELETED : entry.status().wire(),
                    entry.highlightCount(),
                    entry.errors());
        }
    }

    static BatchResponse of(BatchRow row) {
        return of(row, null);
    }

    static BatchResponse of(BatchRow row, @Nullable List<BatchEntry> entries) {
        return new BatchResponse(
                row.ref().batchId().toString(),
                row.counts().stopping() && !row.isOver() ? "cancelling" : row.status(),
                row.parallelLimit(),
                row.counts().total(),
                new Counts(
                        row.counts().held() + row.pending(),
                        row.counts().open() - row.pending(),
                        row.counts().completed(),
                        row.counts().failed(),
                        row.counts().stopped(),
                        row.counts().deleted()),
                WorkflowIds.batch(row.ref().batchId()),
                row.createdAt(),
                row.cancelRequestedAt(),
                row.completedAt(),
                entries == null ? null : entries.stream().map(Entry::of).toList());
    }
}
