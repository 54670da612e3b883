package tv.tldr.api.streams;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.ExpiredStreams;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.workflows.activity.StreamRef;

/** Which streams have been kept as long as their plan says? They go soon after; every node may look, at the same time. */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class RetentionSweep {
    private static final Logger log = LoggerFactory.getLogger(RetentionSweep.class);
    private static final int BATCH = 100;

    private final ExpiredStreams expired;
    private final RemovedObjects objects;

    RetentionSweep(ExpiredStreams expired, RemovedObjects objects) {
        this.expired = expired;
        this.objects = objects;
    }

    /** The number of streams of which something went. */
    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    public Mono<Long> sweep() {
        return batch().expand(gone -> gone == BATCH ? batch() : Mono.empty())
                .reduce(0L, Long::sum)
                .doOnNext(gone -> {
                    if (gone > 0) {
                        log.info("{} streams went, since their plan keeps them no longer.", gone);
                    }
                })
                .onErrorResume(failure -> {
                    log.warn(
                            "What is kept no longer could not be looked for and will be later: {}", failure.toString());
                    return Mono.just(0L);
                });
    }

    private Mono<Long> batch() {
        return expired.over(BATCH).concatMap(this::remove).count();
    }

    /** One that cannot be removed keeps no other from it. Rows first: objects that stay behind are noted, and swept later. */
    private Mono<StreamRef> remove(StreamRef stream) {
        return expired.remove(stream)
                .filter(removals -> !removals.isEmpty())
                .flatMap(removals -> Flux.fromIterable(removals)
                        .concatMap(removal -> objects.remove(removal).onErrorResume(later -> {
                            log.warn("{} is left to the sweep of objects: {}", removal.folder(), later.toString());
                            return Mono.empty();
                        }))
                        .then(Mono.just(stream)))
                .onErrorResume(failure -> {
                    log.warn(
                            "{} is kept no longer and will be removed later: {}",
                            stream.streamId(),
                            failure.toString());
                    return Mono.empty();
                });
    }
}
