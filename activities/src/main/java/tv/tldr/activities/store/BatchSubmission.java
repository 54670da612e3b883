package tv.tldr.activities.store;

import java.util.Map;
import tv.tldr.workflows.stream.StreamId;

/** Was a batch written down? All of it is, or nothing. */
public sealed interface BatchSubmission {
    /** It was. */
    record Accepted(BatchRow batch) implements BatchSubmission {}

    /**
     * It was not: sources of it are in process in the organization already, or stand in it twice.
     *
     * @param streams which stream each of them is in process as, by its place in the batch; one of the batch itself when it
     *     stands there twice
     */
    record AlreadyInProcess(Map<Integer, StreamId> streams) implements BatchSubmission {
        public AlreadyInProcess {
            streams = Map.copyOf(streams);
        }
    }
}
