package tv.tldr.api.batches;

import io.temporal.spring.boot.ActivityImpl;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.BatchRow;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.streams.StreamStop;
import tv.tldr.api.temporal.StreamStarter;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.BatchActivities;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchRef;

/** Lets streams into the queue for a place, or stops what is left, as the batch's row says. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class BatchActivitiesImpl implements BatchActivities {
    private static final Logger log = LoggerFactory.getLogger(BatchActivitiesImpl.class);
    /** Streams stopped in one go: within the time of an activity, however slow Temporal is. */
    private static final int STOPPED_IN_ONE_GO = 12;

    private static final int STOPPED_AT_ONCE = 4;
    /** For starting those that were let go; the sweep starts whom this does not reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BatchStore batches;
    private final StreamStarter starter;
    private final StreamStop stop;

    BatchActivitiesImpl(BatchStore batches, StreamStarter starter, StreamStop stop) {
        this.batches = batches;
        this.starter = starter;
        this.stop = stop;
    }

    @Override
    public BatchCounts letStreamsGo(LetStreamsGo command) {
        BatchRef ref = command.batch();
        Mono<BatchCounts> work = batches.find(ref)
                .flatMap(row -> row.counts().stopping() ? stopSome(row) : letGo(command))
                .then(batches.find(ref))
                .map(BatchRow::counts);
        Optional<BatchCounts> counts = Awaited.of("moving a batch on", work);
        return counts.orElseThrow(() -> ActivityFailures.permanent(
                FailureType.PROCESSING_ERROR, ref.batchId() + " does not exist, or no longer"));
    }

    private Mono<Void> letGo(LetStreamsGo command) {
        return batches.letGo(command.batch(), command.parallelLimit())
                .filter(released -> released > 0)
                .flatMap(released ->
                        starter.startWaiting(command.batch().organizationId()).timeout(PATIENCE, Mono.empty()))
                .then();
    }

    private Mono<Void> stopSome(BatchRow row) {
        return batches.toStop(row.ref(), STOPPED_IN_ONE_GO)
                .collectList()
                .flatMapIterable(streams -> streams)
                .flatMap(stream -> stopOrLeave(stream, row.force()), STOPPED_AT_ONCE)
                .then();
    }

    private Mono<Void> stopOrLeave(StreamRow stream, boolean force) {
        return stop.stop(stream, force).then().onErrorResume(failure -> {
            log.warn("{} is stopped later: {}", stream.ref().streamId(), failure.toString());
            return Mono.empty();
        });
    }

    @Override
    public void finishBatch(FinishBatch command) {
        Awaited.of("writing down the end of a batch", batches.finish(command.batch(), command.eventId()));
    }
}
