package tv.tldr.api.temporal;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * Which streams go on in the database and nowhere else? Those whose workflow Temporal has lost are started again, those
 * whose workflow was ended from outside are ended. A stream is looked for only after a silence, and by one node.
 */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class LostStreams {
    private static final Logger log = LoggerFactory.getLogger(LostStreams.class);
    /** Looks are cheap for Temporal, starts are not. */
    private static final int AT_ONCE = 4;

    private final StreamStore streams;
    private final WorkflowGateway gateway;
    private final StreamStarter starter;
    private final StreamEnd end;
    private final TemporalProperties properties;

    LostStreams(
            StreamStore streams,
            WorkflowGateway gateway,
            StreamStarter starter,
            StreamEnd end,
            TemporalProperties properties) {
        this.streams = streams;
        this.gateway = gateway;
        this.starter = starter;
        this.end = end;
        this.properties = properties;
    }

    private enum Look {
        DONE,
        AWAY
    }

    /** The number of streams looked for; when Temporal is away it ends there, the next one comes in any case. */
    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Long> sweep() {
        return batch().expand(looks -> looks == properties.sweepBatch() ? batch() : Mono.empty())
                .reduce(0L, Long::sum)
                .onErrorResume(failure -> {
                    log.warn("Lost streams could not be looked for and will be later: {}", failure.toString());
                    return Mono.just(0L);
                });
    }

    private Mono<Long> batch() {
        return streams.claimSilent(properties.sweepSilence(), properties.sweepBatch())
                .flatMap(this::look, AT_ONCE)
                .takeUntil(look -> look == Look.AWAY)
                .filter(look -> look == Look.DONE)
                .count();
    }

    /** One stream that cannot be mended keeps no other from it; an outage does. */
    private Mono<Look> look(StreamRow stream) {
        return gateway.look(stream.workflowId())
                .filter(fate -> !(fate instanceof WorkflowFate.Alive))
                .flatMap(fate -> asItIsNow(stream).flatMap(row -> mend(row, fate)))
                .thenReturn(Look.DONE)
                .onErrorResume(failure -> {
                    if (failure instanceof TemporalAwayException) {
                        log.warn("{} is not looked for now: {}", stream.ref().streamId(), failure.getMessage());
                        return Mono.just(Look.AWAY);
                    }
                    log.error("{} cannot be mended", stream.ref().streamId(), failure);
                    return Mono.just(Look.DONE);
                });
    }

    /** It may have ended, or been asked to stop, since it was read; empty when it has ended, or has another workflow. */
    private Mono<StreamRow> asItIsNow(StreamRow stream) {
        return streams.find(stream.ref())
                .filter(row -> !row.status().isTerminal() && row.analysis() == stream.analysis());
    }

    private Mono<Void> mend(StreamRow stream, WorkflowFate fate) {
        return streams.now().flatMap(now -> mend(stream, fate, now.minus(properties.sweepSilence())));
    }

    private Mono<Void> mend(StreamRow stream, WorkflowFate fate, Instant settled) {
        return switch (Remedy.of(fate, stream.stopRequestedAt() != null, settled)) {
            case Remedy.Patience _ -> Mono.empty();
            case Remedy.AnotherStart _ -> {
                log.warn("Temporal has lost {}: it is started again from what is stored", stream.workflowId());
                yield starter.start(stream);
            }
            case Remedy.AnEnd(StreamStatus status, StreamError error) -> {
                log.warn("{} will not write its end, that is done now: {}", stream.workflowId(), error.message());
                yield end.write(stream, status, List.of(error));
            }
        };
    }
}
