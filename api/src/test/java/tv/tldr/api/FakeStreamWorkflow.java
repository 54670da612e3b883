package tv.tldr.api;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.FailedStep;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.StreamWorkflow;

/** A stream that is in process until somebody stops it, and then ends: all that the API needs to see. */
public class FakeStreamWorkflow implements StreamWorkflow {
    /** How the URL of a stream ends that never gets anywhere. */
    public static final String SLOW = "/slow.mp4";

    /** How the URL of a stream ends that takes its time to write down that it is completed. */
    static final String SETTLING = "/settling.mp4";

    private final SlowActivity slow = Workflow.newActivityStub(
            SlowActivity.class,
            ActivityOptions.newBuilder()
                    .setTaskQueue(TaskQueues.MEDIA)
                    .setStartToCloseTimeout(Duration.ofMinutes(10))
                    .setHeartbeatTimeout(Duration.ofSeconds(5))
                    .build());
    private StreamStatus status = StreamStatus.PENDING;
    private boolean stopping;

    @Override
    public StreamStatus run(StreamInput input) {
        try {
            ActivityStubs.catalog("start").startStream(new StartStream(input.stream(), eventId()));
        } catch (ActivityFailure failure) {
            status = StreamStatus.FAILED;
            return finish(input, List.of(FailedStep.explain(failure)));
        }
        status = StreamStatus.PROCESSING;
        if (input.source().url().endsWith(SLOW)) {
            slow.workForever();
        }
        if (input.source().url().endsWith(SETTLING)) {
            status = StreamStatus.COMPLETED;
            Workflow.sleep(Duration.ofSeconds(3));
        } else {
            Workflow.await(() -> stopping);
            status = StreamStatus.STOPPED;
        }
        return finish(input, List.of());
    }

    private StreamStatus finish(StreamInput input, List<StreamError> errors) {
        ActivityStubs.catalog("finish")
                .finishStream(new FinishStream(
                        input.stream(), status, errors, null, List.of(), eventId(), input.analysis(), true, 0));
        return status;
    }

    @Override
    public StreamProgress progress() {
        return new StreamProgress(status, StreamStage.PROBING, 1, 0, 0, 0, 0, 0, 0, null);
    }

    @Override
    public String details() {
        return "a fake";
    }

    @Override
    public StreamProgress stop(boolean force) {
        stopping = true;
        return progress();
    }

    @Override
    public void validateStop(boolean force) {
        if (status.isTerminal()) {
            throw new IllegalStateException("The stream has already ended.");
        }
    }

    private static EventId eventId() {
        UUID random = Workflow.randomUUID();
        return new EventId(TypeId.version7(
                Workflow.currentTimeMillis(), random.getMostSignificantBits(), random.getLeastSignificantBits()));
    }
}
