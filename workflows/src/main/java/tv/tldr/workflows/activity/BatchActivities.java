package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchRef;
import tv.tldr.workflows.event.EventId;

/** Moves the streams of a batch on. Everything may be told twice: what is done already is not done again. */
@ActivityInterface
public interface BatchActivities {
    /**
     * Lets the oldest held streams go, until as many as may be are under way; of a batch that is being stopped none, but what is
     * left of it is stopped, a part at a time. A stream that cannot be started or stopped now keeps no other from it.
     *
     * @return how far all are then
     */
    @ActivityMethod
    BatchCounts letStreamsGo(LetStreamsGo command);

    /** Writes down that the batch has ended, with {@code batch.completed}. */
    @ActivityMethod
    void finishBatch(FinishBatch command);

    /** @param parallelLimit at most so many are under way at a time */
    record LetStreamsGo(BatchRef batch, int parallelLimit) implements BatchCommand {}

    record FinishBatch(BatchRef batch, EventId eventId) implements BatchCommand {}
}
