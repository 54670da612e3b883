package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamStatus;

/** How does a row of {@code streams} become a {@link StreamRow}? */
final class StreamMapping {
    private static final TypeReference<List<StreamError>> ERRORS = new TypeReference<>() {};

    private StreamMapping() {}

    static StreamRow stream(Readable row) {
        MediaFacts media = optional(row, "media", MediaFacts.class);
        return new StreamRow(
                new StreamRef(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new StreamId(required(row, "id", UUID.class))),
                new StreamSource(required(row, "source_url", String.class), word(row, "platform", Platform.class)),
                word(row, "status", StreamStatus.class),
                required(row, "is_live", Boolean.class),
                Jsonb.read(required(row, "options", Json.class), StreamOptions.DEFAULTS, StreamOptions.class),
                Jsonb.object(required(row, "metadata", Json.class)),
                Jsonb.read(required(row, "progress", Json.class), StreamProgress.class),
                optional(row, "coverage", Double.class),
                required(row, "highlight_count", Integer.class),
                optional(row, "statistics", StreamStatistics.class),
                Jsonb.read(required(row, "errors", Json.class), ERRORS),
                optional(row, "empty_reason", String.class),
                required(row, "workflow_id", String.class),
                place(row),
                optional(row, "workflow_started_at", Instant.class),
                optional(row, "stop_requested_at", Instant.class),
                recording(row, media),
                media,
                optional(row, "duration_seconds", Double.class),
                optional(row, "processing_time_seconds", Double.class),
                required(row, "created_at", Instant.class),
                optional(row, "started_at", Instant.class),
                optional(row, "completed_at", Instant.class),
                required(row, "updated_at", Instant.class),
                optional(row, "dimension_set", DimensionSetChain.class),
                optional(row, "scored_with", String.class),
                required(row, "analysis", Integer.class),
                required(row, "pinned", Boolean.class),
                optional(row, "trimmed_at", Instant.class) != null,
                required(row, "version", Long.class));
    }

    private static StreamPlace place(Readable row) {
        boolean isLetIn = optional(row, "admitted_at", Instant.class) != null
                || word(row, "status", StreamStatus.class) != StreamStatus.PENDING;
        if (isLetIn) {
            return StreamPlace.GRANTED;
        }
        return optional(row, "queued_at", Instant.class) == null ? StreamPlace.HELD : StreamPlace.WAITING;
    }

    private static @Nullable Recording recording(Readable row, @Nullable MediaFacts media) {
        String key = optional(row, "recording_key", String.class);
        return key == null || media == null
                ? null
                : new Recording(
                        key,
                        required(row, "recording_size", Long.class),
                        required(row, "recording_sha256", String.class),
                        media);
    }
}
