package tv.tldr.api.streams;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.activities.store.StoredStream;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.temporal.StreamStarter;
import tv.tldr.api.usage.Quotas;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamStatus;

/** How is a stream that has ended gone over once more? By another workflow, over what is recorded and measured of it. */
@Component
final class Reanalysis {
    private final StreamStore streams;
    private final StoredStream stored;
    private final Revisions revisions;
    private final StreamStarter starter;
    private final Quotas quotas;
    private final GeminiProperties gemini;
    private final Once once;

    Reanalysis(
            StreamStore streams,
            StoredStream stored,
            Revisions revisions,
            StreamStarter starter,
            Quotas quotas,
            GeminiProperties gemini,
            Once once) {
        this.streams = streams;
        this.stored = stored;
        this.revisions = revisions;
        this.starter = starter;
        this.quotas = quotas;
        this.gemini = gemini;
        this.once = once;
    }

    /** With other options; what stands stays until the new analysis has chosen. */
    Mono<StreamRow> begin(StreamRow stream, Fields body, ServerWebExchange exchange) {
        return Once.unlessMade(exchange, begun(stream, body, exchange), again(stream));
    }

    private Mono<StreamRow> begun(StreamRow stream, Fields body, ServerWebExchange exchange) {
        return revisions
                .read(body.objectOrEmpty("options"), stream, gemini.isConfigured())
                .doOnNext(read -> body.finish())
                .doOnNext(read -> requireRecording(stream))
                .flatMap(revision -> reopen(stream, revision, exchange));
    }

    /** A failed stream with the same options, from what is done of it. */
    Mono<StreamRow> retry(StreamRow stream, ServerWebExchange exchange) {
        return Once.unlessMade(exchange, Mono.defer(() -> retried(stream, exchange)), again(stream));
    }

    /** What a try of before has reopened, if nobody has begun with it yet. */
    private Mono<StreamRow> again(StreamRow stream) {
        return stream.status() == StreamStatus.PENDING ? starter.startSoon(stream) : Mono.just(stream);
    }

    private Mono<StreamRow> retried(StreamRow stream, ServerWebExchange exchange) {
        if (stream.status() != StreamStatus.FAILED) {
            return Mono.error(
                    refused("The stream is " + stream.status().wire() + "; only a failed one is tried again."));
        }
        if (stream.options().strategy() == Strategy.AI_ONLY && !gemini.isConfigured()) {
            return Mono.error(
                    refused("The stream's strategy is ai_only, and no model is configured any more (GEMINI_API_KEY)."));
        }
        // What is taken in anew uses hours and room as a submission does.
        Mono<Void> allowed =
                stream.recording() == null ? quotas.check(stream.ref().organizationId()) : Mono.empty();
        return allowed.then(stored.chain(stream.ref(), stream.options()))
                .flatMap(chain -> reopen(stream, new Revision(stream.options(), chain), exchange));
    }

    private Mono<StreamRow> reopen(StreamRow stream, Revision revision, ServerWebExchange exchange) {
        return once.noted(
                        exchange,
                        streams.reopen(stream.ref(), revision.options(), revision.chain(), stream.analysis() + 1))
                .onErrorMap(
                        StoreFailure.is(StoreFailure.Kind.DUPLICATE),
                        twin -> new ProblemException(
                                ErrorCode.DUPLICATE_RESOURCE,
                                "The source is in process as another stream; wait for its end."))
                .switchIfEmpty(Mono.error(() -> refused("Another analysis of the stream has just begun.")))
                .flatMap(starter::startSoon);
    }

    private static void requireRecording(StreamRow stream) {
        if (!stream.status().isTerminal()) {
            throw refused("The stream is " + stream.status().wire() + "; wait for its end, or stop it.");
        }
        if (stream.recording() == null) {
            throw refused(
                    stream.status() == StreamStatus.FAILED
                            ? "Nothing of the stream is recorded any more; POST /api/v1/streams/"
                                    + stream.ref().streamId() + "/retry takes in the source again."
                            : "Nothing of the stream was recorded before it was stopped; submit the source again.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ErrorCode.PROCESSING_ERROR, detail);
    }
}
