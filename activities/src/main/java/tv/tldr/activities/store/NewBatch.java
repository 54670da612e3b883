package tv.tldr.activities.store;

import java.util.List;
import tv.tldr.workflows.batch.BatchRef;

/**
 * A batch to be written down with its streams, none of which is started.
 *
 * @param ref whose it is, and a fresh id
 * @param parallelLimit at most so many of its streams are under way at a time, from 1
 * @param streams in their order
 */
public record NewBatch(BatchRef ref, int parallelLimit, List<NewStream> streams) {
    public NewBatch {
        streams = List.copyOf(streams);
    }
}
