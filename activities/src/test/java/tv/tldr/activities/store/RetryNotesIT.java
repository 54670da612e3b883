package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

class RetryNotesIT extends StoreIT {
    private final List<@Nullable String> seen = new ArrayList<>();
    private StreamRef stream;

    @BeforeEach
    void startAStream() {
        seen.clear();
        stream = stores.submitted(stores.organization());
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
    }

    @Test
    void saysWhyAnActivityIsTriedAgainUntilItSucceeds() {
        run(new RetryNotes(stores.states), new Flaky(FailureType.SERVICE_UNAVAILABLE, 3));

        assertThat(seen).containsExactly(null, said(1), said(2), said(3));
        assertThat(note()).isNull();
    }

    @Test
    void saysNothingMoreWhenItIsNotTriedAgain() {
        assertThatThrownBy(() ->
                        run(new RetryNotes(stores.states), new Flaky(FailureType.PROCESSING_ERROR, Integer.MAX_VALUE)))
                .isInstanceOf(WorkflowFailedException.class);

        assertThat(seen).containsExactly(null, said(1), said(2));
        assertThat(note()).isNull();
    }

    @Test
    void anotherProgressHasNoNote() {
        stores.states.saveNote(stream, "it is busy").block();
        assertThat(note()).isEqualTo("it is busy");

        stores.states
                .saveProgress(
                        stream,
                        new StreamProgress(StreamStatus.PROCESSING, StreamStage.PROBING, 1, 0, 0, 0, 0, 0, 0, null))
                .block();

        assertThat(note()).isNull();
    }

    @Test
    void anActivityEndsAsItWouldWhenTheNoteCannotBeWritten() {
        Database away = StoreContext.over(ConnectionFactories.get("r2dbc:postgresql://nobody:none@127.0.0.1:1/none"));

        run(new RetryNotes(new StreamStateStore(away)), new Flaky(FailureType.SERVICE_UNAVAILABLE, 2));

        assertThat(seen).containsExactly(null, null, null);
    }

    private void run(RetryNotes notes, ScoringActivities activities) {
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(notes)
                        .build())
                .build();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(options)) {
            var worker = temporal.newWorker(TaskQueues.STREAMS);
            worker.registerWorkflowImplementationTypes(SelectingImpl.class);
            worker.registerActivitiesImplementations(activities);
            temporal.start();
            WorkflowClient client = temporal.getWorkflowClient();
            client.newWorkflowStub(
                            Selecting.class,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(TaskQueues.STREAMS)
                                    .build())
                    .run(stream);
        }
    }

    private @Nullable String note() {
        return stores.row(stream).progress().note();
    }

    private static String said(int attempt) {
        return "https://media.example/… answers 50" + attempt + " and more";
    }

    /** Fails a few times, each in other words, and looks each time what is told of the time before. */
    private final class Flaky implements ScoringActivities {
        private final FailureType type;
        private final int failures;

        Flaky(FailureType type, int failures) {
            this.type = type;
            this.failures = failures;
        }

        @Override
        public Planned planWindows(PlanWindows command) {
            throw new UnsupportedOperationException("nothing is planned here");
        }

        @Override
        public Selected selectHighlights(SelectHighlights command) {
            seen.add(note());
            return ActivityFailures.classify("choosing", () -> {
                if (seen.size() <= failures) {
                    throw ActivityFailures.of(
                            type,
                            "https://me:secret@media.example/a.mp4?token=secret answers 50" + seen.size()
                                    + "\n and more");
                }
                return new Selected(List.of(), 0, "none");
            });
        }
    }

    @WorkflowInterface
    public interface Selecting {
        @WorkflowMethod
        void run(StreamRef stream);
    }

    public static final class SelectingImpl implements Selecting {
        @Override
        public void run(StreamRef stream) {
            ActivityStubs.scoring("choose")
                    .selectHighlights(new ScoringActivities.SelectHighlights(stream, 60, StreamOptions.DEFAULTS, null));
        }
    }
}
