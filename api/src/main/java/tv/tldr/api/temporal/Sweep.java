package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.PlaceStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;

/**
 * What did a crash or an outage leave written down but not started? Every node may look, at the same time: starting is
 * idempotent.
 */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    /** A burst of starts makes a small server fail some of them. */
    private static final int AT_ONCE = 4;

    private final StreamStore streams;
    private final StreamStarter starter;
    private final PlaceStore places;
    private final TemporalProperties properties;

    Sweep(StreamStore streams, StreamStarter starter, PlaceStore places, TemporalProperties properties) {
        this.streams = streams;
        this.starter = starter;
        this.places = places;
        this.properties = properties;
    }

    private enum Attempt {
        STARTED,
        REFUSED,
        AWAY
    }

    /** The number of streams started; a sweep that meets an outage ends there, the next one comes in any case. */
    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Long> sweep() {
        return giveFreePlacesAway()
                .then(batch())
                .expand(started -> started == properties.sweepBatch() ? batch() : Mono.empty())
                .reduce(0L, Long::sum)
                .doOnNext(started -> {
                    if (started > 0) {
                        log.info("The sweep started {} streams.", started);
                    }
                })
                .onErrorResume(failure -> {
                    log.warn("The sweep could not look for streams and will come again: {}", failure.toString());
                    return Mono.just(0L);
                });
    }

    /** Those whose predecessor's end was not told, by a crash. */
    private Mono<Void> giveFreePlacesAway() {
        return places.withFreePlaces().concatMap(starter::startNext).then();
    }

    private Mono<Long> batch() {
        return streams.findUnstarted(properties.sweepAge(), properties.sweepBatch())
                .flatMap(this::attempt, AT_ONCE)
                .takeUntil(attempt -> attempt == Attempt.AWAY)
                .filter(attempt -> attempt == Attempt.STARTED)
                .count();
    }

    /** One stream that cannot be started keeps no other from it; an outage does. */
    private Mono<Attempt> attempt(StreamRow stream) {
        return starter.start(stream).thenReturn(Attempt.STARTED).onErrorResume(failure -> {
            if (failure instanceof TemporalAwayException) {
                log.warn("The sweep cannot start {} yet: {}", stream.ref().streamId(), failure.getMessage());
                return Mono.just(Attempt.AWAY);
            }
            log.error("{} cannot be started", stream.ref().streamId(), failure);
            return Mono.just(Attempt.REFUSED);
        });
    }
}
