package tv.tldr.api.temporal;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.activities.store.StreamEndings;
import tv.tldr.workflows.activity.StreamRef;

/** Who goes on when a stream has ended? The one that waits longest for its place, and the batch that it belongs to. */
@Component
final class NextInLine implements StreamEndings {
    private final StreamStarter starter;
    private final BatchStarter batches;
    private final BatchStore store;

    NextInLine(StreamStarter starter, BatchStarter batches, BatchStore store) {
        this.starter = starter;
        this.batches = batches;
        this.store = store;
    }

    @Override
    public Mono<Void> ended(StreamRef stream) {
        return Mono.whenDelayError(
                starter.startNext(stream.organizationId()),
                store.waitingFor(stream).flatMap(batches::wake));
    }
}
