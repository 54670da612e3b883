package tv.tldr.activities;

import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamSource;

/** Where does a stream really come from? The whole address, which may hold a secret; a workflow is told it without. */
@FunctionalInterface
public interface SourceAddresses {
    /** @throws io.temporal.failure.ApplicationFailure when the stream is gone, or the database is away */
    StreamSource of(StreamRef stream);
}
