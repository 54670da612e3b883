package tv.tldr.api.gemini;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;

/**
 * Which clips does the model's service still hold although whoever uploaded them was killed? They are deleted: what our
 * customers filmed lies nowhere longer than it is needed. Every node may look, at the same time: deleting is idempotent.
 */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
final class UploadSweep {
    /** One attempt at a question has ten minutes; the rest is for clocks that differ. */
    static final Duration ABANDONED = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(UploadSweep.class);

    private final ObjectProvider<GeminiGateway> gateway;
    private final AtomicBoolean troubled = new AtomicBoolean();

    UploadSweep(ObjectProvider<GeminiGateway> gateway) {
        this.gateway = gateway;
    }

    /** The number of clips deleted, 0 without a key; trouble is told once, until it is over. */
    @Scheduled(initialDelay = 20, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    public Mono<Integer> sweep() {
        GeminiGateway model = gateway.getIfAvailable();
        return model == null
                ? Mono.just(0)
                : Mono.fromCallable(() -> model.sweep(ABANDONED))
                        .subscribeOn(Schedulers.boundedElastic())
                        .doOnNext(this::over)
                        .onErrorResume(this::trouble);
    }

    private void over(int deleted) {
        troubled.set(false);
        if (deleted > 0) {
            log.info("{} clips that a killed process had left at the model's service are deleted.", deleted);
        }
    }

    private Mono<Integer> trouble(Throwable failure) {
        if (!troubled.getAndSet(true)) {
            // What the gateway says holds no key; of anything else only the kind is sure to be harmless.
            String why = failure instanceof GeminiException known
                    ? String.valueOf(known.getMessage())
                    : failure.getClass().getSimpleName();
            log.warn("Clips left at the model's service could not be looked for; it is tried every hour: {}", why);
        }
        return Mono.just(0);
    }
}
