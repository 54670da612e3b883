package tv.tldr.api.streams;

import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.store.RetentionStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.stream.StreamStatus;

/** How is a stream changed before anybody has begun with it, and kept or not at any time? The workflow begins with what is
 * written down then. */
@Component
final class StreamRevision {
    private static final String CANNOT = "cannot be changed; options, metadata and pinned can";
    private static final String[] READ_ONLY = {
        "id",
        "source_url",
        "platform",
        "status",
        "is_live",
        "progress",
        "coverage",
        "highlight_count",
        "statistics",
        "empty_reason",
        "errors",
        "scored_with",
        "analysis",
        "expires_at",
        "workflow_id",
        "created_at",
        "started_at",
        "completed_at",
        "duration_seconds",
        "processing_time_seconds"
    };

    private final StreamStore streams;
    private final RetentionStore retention;
    private final Revisions revisions;
    private final GeminiProperties gemini;

    StreamRevision(StreamStore streams, RetentionStore retention, Revisions revisions, GeminiProperties gemini) {
        this.streams = streams;
        this.retention = retention;
        this.revisions = revisions;
        this.gemini = gemini;
    }

    /** What is left out stays as it is, and what is null is as it was at first; of metadata, all is replaced. */
    Mono<StreamRow> change(StreamRow stream, IfMatch precondition, Fields body) {
        Optional<Map<String, Object>> metadata =
                written(body, "metadata", body.node("metadata").map(node -> Metadata.read(body, node)), Map.of());
        Optional<Boolean> pinned = written(body, "pinned", body.flag("pinned"), false);
        for (String name : READ_ONLY) {
            body.unsupported(name, CANNOT);
        }
        Fields options = body.objectOrEmpty("options");
        boolean allOptions = body.isNull("options");
        if (metadata.isEmpty() && !allOptions && options.names().isEmpty()) {
            body.finish();
            StreamTag.require(precondition, stream);
            Long version = precondition.isGiven() ? Long.valueOf(stream.version()) : null;
            return pinned.map(wanted -> retention.pin(stream.ref(), wanted, version))
                    .orElseGet(() -> Mono.just(stream))
                    .switchIfEmpty(Mono.defer(() -> changed(stream)));
        }
        return precondition.change(now(stream), StreamRow::version, row -> revisions
                .patch(options, allOptions, row, gemini.isConfigured())
                .doOnNext(revision -> {
                    body.finish();
                    requirePending(row);
                })
                .flatMap(revision -> streams.revise(
                        row.ref(),
                        revision.options(),
                        revision.chain(),
                        metadata.orElse(null),
                        pinned.orElse(null),
                        row.version())));
    }

    private static <T> Optional<T> written(Fields body, String name, Optional<T> given, T usual) {
        return body.isNull(name) ? Optional.of(usual) : given;
    }

    private Mono<StreamRow> changed(StreamRow stream) {
        return now(stream).map(row -> {
            throw IfMatch.failed(row.version());
        });
    }

    private Mono<StreamRow> now(StreamRow stream) {
        return streams.find(stream.ref()).switchIfEmpty(Mono.error(() -> ProblemException.notFound("stream")));
    }

    private static void requirePending(StreamRow stream) {
        if (stream.status() != StreamStatus.PENDING) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR,
                    "The stream is " + stream.status().wire()
                            + "; only a pending one is changed. When it has ended, POST /api/v1/streams/"
                            + stream.ref().streamId() + "/reanalyze goes over it with other options.");
        }
    }
}
