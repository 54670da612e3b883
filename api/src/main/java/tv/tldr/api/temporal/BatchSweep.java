package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.workflows.batch.BatchRef;

/** Which batches has a crash or an outage left without a workflow, or a lost signal without a look? */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class BatchSweep {
    private static final Logger log = LoggerFactory.getLogger(BatchSweep.class);
    private static final int AT_ONCE = 4;

    private final BatchStore batches;
    private final BatchStarter starter;
    private final TemporalProperties properties;

    BatchSweep(BatchStore batches, BatchStarter starter, TemporalProperties properties) {
        this.batches = batches;
        this.starter = starter;
        this.properties = properties;
    }

    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Void> sweep() {
        return batches.claimSilent(properties.sweepAge(), properties.sweepSilence(), properties.sweepBatch())
                .flatMap(this::wake, AT_ONCE)
                .then()
                .onErrorResume(failure -> {
                    log.warn("Batches could not be looked after and will be later: {}", failure.toString());
                    return Mono.empty();
                });
    }

    /** What cannot be done now comes again with the next sweep, and not only after a silence. */
    private Mono<Void> wake(BatchRef batch) {
        return starter.wake(batch).onErrorResume(failure -> {
            log.warn("{} cannot be looked after yet: {}", batch.batchId(), failure.toString());
            return batches.forgetLook(batch);
        });
    }
}
