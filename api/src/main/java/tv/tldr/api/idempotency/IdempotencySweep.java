package tv.tldr.api.idempotency;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.IdempotencyStore;

/** When do kept answers go? A while after their day has passed; every node may look. */
@Component
final class IdempotencySweep {
    private static final Logger log = LoggerFactory.getLogger(IdempotencySweep.class);

    private final IdempotencyStore store;

    IdempotencySweep(IdempotencyStore store) {
        this.store = store;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    Mono<Long> sweep() {
        return store.sweep().onErrorResume(failure -> {
            log.warn("Old idempotency keys could not be removed and will be next time: {}", failure.toString());
            return Mono.just(0L);
        });
    }
}
