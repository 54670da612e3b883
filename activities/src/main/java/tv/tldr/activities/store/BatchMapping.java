package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchId;
import tv.tldr.workflows.batch.BatchRef;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;

/** How do rows of batches and of their entries become {@link BatchRow} and {@link BatchEntry}? */
final class BatchMapping {
    private static final TypeReference<List<StreamError>> ERRORS = new TypeReference<>() {};

    private BatchMapping() {}

    static BatchRef ref(Readable row) {
        return new BatchRef(
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new BatchId(required(row, "id", UUID.class)));
    }

    static BatchRow batch(Readable row) {
        int pending = required(row, "pending", Integer.class);
        Instant cancelRequestedAt = optional(row, "cancel_requested_at", Instant.class);
        return new BatchRow(
                ref(row),
                required(row, "status", String.class),
                required(row, "parallel_limit", Integer.class),
                cancelRequestedAt,
                required(row, "cancel_force", Boolean.class),
                new BatchCounts(
                        required(row, "held", Integer.class),
                        pending + required(row, "processing", Integer.class),
                        required(row, "completed", Integer.class),
                        required(row, "failed", Integer.class),
                        required(row, "stopped", Integer.class),
                        required(row, "deleted", Integer.class),
                        cancelRequestedAt != null),
                pending,
                required(row, "created_at", Instant.class),
                optional(row, "completed_at", Instant.class));
    }

    static BatchEntry entry(Readable row) {
        Json errors = row.get("errors", Json.class);
        Integer highlights = optional(row, "highlight_count", Integer.class);
        return new BatchEntry(
                required(row, "position", Integer.class),
                new StreamId(required(row, "stream_id", UUID.class)),
                optional(row, "source_url", String.class),
                optional(row, "status", String.class) == null ? null : Columns.word(row, "status", StreamStatus.class),
                highlights == null ? 0 : highlights,
                errors == null ? List.of() : Jsonb.read(errors, ERRORS));
    }
}
