package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.TimeRange;

/** How does a row of {@code highlights} become a {@link HighlightRow}? */
final class HighlightMapping {
    /** What {@link #highlight} reads, wherever a statement has a row of {@code highlights}. */
    static final String COLUMNS = """
            highlights.*, (SELECT ended.completed_at FROM streams ended
                WHERE ended.organization_id = highlights.organization_id AND ended.id = highlights.stream_id
                  AND NOT ended.pinned) AS stream_ended""";

    private HighlightMapping() {}

    static HighlightId id(Readable row) {
        return new HighlightId(required(row, "id", UUID.class));
    }

    static HighlightRow highlight(Readable row) {
        return new HighlightRow(
                id(row),
                new StreamRef(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new StreamId(required(row, "stream_id", UUID.class))),
                required(row, "candidate", Integer.class),
                optional(row, "title", String.class),
                optional(row, "description", String.class),
                new TimeRange(required(row, "start_time", Double.class), required(row, "end_time", Double.class)),
                required(row, "peak_time", Double.class),
                required(row, "confidence_score", Double.class),
                required(row, "type", String.class),
                List.of(required(row, "tags", String[].class)),
                Jsonb.read(required(row, "dimensions", Json.class), CandidateStore.DIMENSIONS),
                Jsonb.read(required(row, "reasons", Json.class), CandidateStore.REASONS),
                word(row, "start_edge", Edge.class),
                word(row, "end_edge", Edge.class),
                optional(row, "files", CutClip.class),
                optional(row, "degraded", String.class),
                Jsonb.read(required(row, "transcript", Json.class), AskingStore.LINES),
                Jsonb.read(required(row, "signals", Json.class), CandidateStore.SIGNALS),
                optional(row, "reckoning", Reckoning.class),
                recut(row),
                Jsonb.object(required(row, "metadata", Json.class)),
                required(row, "pinned", Boolean.class),
                optional(row, "stream_ended", Instant.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }

    private static @Nullable Recut recut(Readable row) {
        Long version = optional(row, "recut_version", Long.class);
        return version == null
                ? null
                : new Recut(
                        version.intValue(),
                        new TimeRange(
                                required(row, "recut_start", Double.class), required(row, "recut_end", Double.class)),
                        optional(row, "recut_error", String.class));
    }
}
