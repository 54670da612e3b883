package tv.tldr.api.streams;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.OrphanedObjects;
import tv.tldr.activities.store.OthersObjectsException;

/** Does the object store keep what nobody can reach? Looked at a few times a day; what is found is a trace of a crash. */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
final class ObjectSweep {
    private static final Logger log = LoggerFactory.getLogger(ObjectSweep.class);

    private final OrphanedObjects orphans;

    ObjectSweep(OrphanedObjects orphans) {
        this.orphans = orphans;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 6 * 60, timeUnit = TimeUnit.MINUTES)
    Mono<Long> sweep() {
        return orphans.sweep()
                .doOnNext(found -> {
                    if (found > 0) {
                        log.info("Removed {} orphans and unfinished objects from the object store.", found);
                    }
                })
                .onErrorResume(failure -> {
                    log.warn(
                            "Orphans in the object store could not be removed and will be next time: {}",
                            failure instanceof OthersObjectsException ? failure.getMessage() : failure.toString());
                    return Mono.just(0L);
                });
    }
}
