package tv.tldr.activities.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.transcript.TranscriptLine;

/** What does each event tell its reader? The public bodies, in the words of the API. */
final class StreamEvents {
    private StreamEvents() {}

    static NewEvent started(EventId id, StreamRow stream) {
        Body body = new Body()
                .with("stream_id", stream.ref().streamId())
                .with("status", stream.status().wire())
                .with("platform", stream.source().platform().wire())
                .with("is_live", stream.live())
                .with("started_at", stream.startedAt());
        return event(id, EventType.STREAM_STARTED, stream.ref(), body);
    }

    static NewEvent progress(EventId id, StreamRef stream, StreamProgress progress) {
        Body body = new Body()
                .with("stream_id", stream.streamId())
                .with("status", progress.status().wire())
                .with("stage", progress.stage().wire())
                .with("percentage", progress.percentage())
                .with("current_timestamp", progress.currentTimestamp())
                .with("total_duration", progress.totalDuration())
                .with("highlights_cut", progress.highlightsCut())
                .with("highlights", progress.highlights())
                .with("note", progress.note());
        return event(id, EventType.STREAM_PROGRESS, stream, body);
    }

    /** The event of the end that the stream came to. */
    static NewEvent finished(EventId id, StreamRow stream) {
        Body body = new Body()
                .with("stream_id", stream.ref().streamId())
                .with("status", stream.status().wire())
                .with("highlight_count", stream.highlightCount())
                .with("duration_seconds", stream.duration())
                .with("processing_time_seconds", stream.processingTime())
                .with("coverage", stream.coverage())
                .with("statistics", stream.statistics())
                .with("errors", stream.errors())
                .with("empty_reason", stream.emptyReason())
                .with("completed_at", stream.completedAt());
        return event(id, end(stream.status()), stream.ref(), body);
    }

    private static EventType end(StreamStatus status) {
        return switch (status) {
            case COMPLETED -> EventType.STREAM_COMPLETED;
            case FAILED -> EventType.STREAM_FAILED;
            case STOPPED -> EventType.STREAM_STOPPED;
            case PENDING, PROCESSING -> throw new IllegalArgumentException(status + " is not an end");
        };
    }

    static NewEvent detected(EventId id, HighlightRow highlight) {
        return event(id, EventType.HIGHLIGHT_DETECTED, highlight.stream(), highlight(highlight));
    }

    static NewEvent processed(EventId id, HighlightRow highlight) {
        return event(id, EventType.HIGHLIGHT_PROCESSED, highlight.stream(), withFiles(highlight));
    }

    /** Something of a highlight is otherwise than it was told before. */
    static NewEvent updated(EventId id, HighlightRow highlight) {
        return event(id, EventType.HIGHLIGHT_UPDATED, highlight.stream(), withFiles(highlight));
    }

    static NewEvent deleted(EventId id, StreamRef stream, HighlightId highlight) {
        Body body = new Body().with("highlight_id", highlight).with("stream_id", stream.streamId());
        return event(id, EventType.HIGHLIGHT_DELETED, stream, body);
    }

    private static Body withFiles(HighlightRow highlight) {
        Body body = highlight(highlight);
        if (highlight.files() != null) {
            body.with("clip", file(highlight.files().clip()));
            StoredFile thumbnail = highlight.files().thumbnail();
            body.with("thumbnail", thumbnail == null ? null : file(thumbnail));
        }
        return body;
    }

    private static Body highlight(HighlightRow highlight) {
        return new Body()
                .with("highlight_id", highlight.id())
                .with("stream_id", highlight.stream().streamId())
                .with("status", highlight.status())
                .with("start_time", highlight.range().start())
                .with("end_time", highlight.range().end())
                .with("duration", highlight.range().duration())
                .with("peak_time", highlight.peak())
                .with("confidence_score", highlight.confidence())
                .with("type", highlight.type())
                .with("tags", highlight.tags())
                .with("pinned", highlight.pinned())
                .with("recut", recut(highlight.recut()))
                .with("transcript", lines(highlight.transcript()))
                .with("metadata", highlight.metadata());
    }

    private static @Nullable Map<String, Object> recut(@Nullable Recut recut) {
        return recut == null
                ? null
                : new Body()
                        .with("start_time", recut.range().start())
                        .with("end_time", recut.range().end())
                        .with("status", recut.status())
                        .with("error", recut.error())
                        .fields;
    }

    private static List<Map<String, Object>> lines(List<TranscriptLine> transcript) {
        return transcript.stream()
                .map(line -> new Body()
                        .with("start_time", line.range().start())
                        .with("end_time", line.range().end())
                        .with("text", line.text())
                        .with("source", line.source().wire())
                        .fields)
                .toList();
    }

    /** Without its key: content is reached by signed addresses only. */
    private static Map<String, Object> file(StoredFile file) {
        return Map.of("size_bytes", file.sizeBytes(), "sha256", file.sha256());
    }

    private static NewEvent event(EventId id, EventType type, StreamRef stream, Body body) {
        return new NewEvent(id, type, stream.streamId(), body.fields);
    }

    /** Fields in their order; what is null is left out, ids and instants stand as text. */
    private static final class Body {
        private final Map<String, Object> fields = new LinkedHashMap<>();

        Body with(String name, @Nullable Object value) {
            switch (value) {
                case null -> {}
                case Record id when id.getClass().getSimpleName().endsWith("Id") -> fields.put(name, id.toString());
                case Instant instant -> fields.put(name, instant.toString());
                case Object other -> fields.put(name, other);
            }
            return this;
        }
    }
}
