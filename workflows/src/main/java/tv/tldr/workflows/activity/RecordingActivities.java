package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Brings the source that a stream's row names into the object store, once. Fails with the {@code SOURCE_…} types of
 * {@link FailureType}.
 */
@ActivityInterface
public interface RecordingActivities {
    /**
     * Looks whether the source can be opened and may be media, cheaply.
     *
     * @throws io.temporal.failure.ApplicationFailure with a {@code SOURCE_…} type
     */
    @ActivityMethod
    ProbedSource probeSource(ProbeSource command);

    /**
     * Stores the source as it is and reads what is in it. Stored already: only read again. A local file is linked, not
     * copied. Heartbeats with the bytes stored.
     */
    @ActivityMethod
    Recording recordSource(RecordSource command);

    record ProbeSource(StreamRef stream) implements StreamCommand {}

    /** @param sizeBytes −1 when the source does not say */
    record ProbedSource(long sizeBytes, String description) {}

    /** @param longest seconds that it may last by the plan of its organization; null: any */
    record RecordSource(StreamRef stream, @Nullable Double longest) implements StreamCommand {}
}
