package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.BatchRow;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.workflows.batch.BatchInput;
import tv.tldr.workflows.batch.BatchRef;

/** How does a batch that is written down get its workflow, and how does that learn that there is something to do? */
@Component
public final class BatchStarter {
    private static final Logger log = LoggerFactory.getLogger(BatchStarter.class);

    private final WorkflowGateway gateway;
    private final BatchStore batches;

    BatchStarter(WorkflowGateway gateway, BatchStore batches) {
        this.gateway = gateway;
        this.batches = batches;
    }

    /** Completes in any case and soon: what cannot be done now is left to the sweep. */
    public Mono<Void> wakeSoon(BatchRef batch) {
        return wake(batch).onErrorResume(failure -> {
            log.warn(
                    "{} is written down but not looked after yet, the sweep will: {}",
                    batch.batchId(),
                    failure.toString());
            return Mono.empty();
        });
    }

    /** Nothing when the batch is over. */
    Mono<Void> wake(BatchRef batch) {
        return batches.find(batch).filter(row -> !row.isOver()).flatMap(row -> gateway.wake(input(row))
                .then(batches.markLookedAt(batch)));
    }

    private static BatchInput input(BatchRow row) {
        return new BatchInput(row.ref(), row.parallelLimit());
    }
}
