package tv.tldr.workflows.recut;

import static tv.tldr.workflows.TaskQueues.MEDIA;
import static tv.tldr.workflows.TaskQueues.STREAMS;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tv.tldr.workflows.PayloadLimit;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.ClipActivities;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecutActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.TimeRange;

/** One clip that is cut anew in a world that is made up, on a server with skipped time. */
final class RecutRun implements AutoCloseable {
    static final RecutInput INPUT = new RecutInput(
            new StreamRef(
                    new OrganizationId(UUID.fromString("01900000-0000-7000-8000-000000000001")),
                    new StreamId(UUID.fromString("01900000-0000-7000-8000-000000000002"))),
            new HighlightId(UUID.fromString("01900000-0000-7000-8000-000000000004")),
            7,
            new Recording("source", 1000, "00", new MediaFacts(600, 0, "mov", 0, null, null)),
            new TimeRange(61.5, 80),
            70);

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(PayloadLimit.clientOptions())
                    .build());
    private final World world = new World();

    /** What the activities were told; cutting fails as often as the test says. */
    static final class World implements RecutActivities, ClipActivities {
        private final List<Cut> cuts = new ArrayList<>();
        private final List<FinishRecut> finished = new ArrayList<>();
        private final List<FailRecut> failed = new ArrayList<>();
        private int failures;
        private boolean forGood;

        @Override
        public synchronized CutClip cutClip(Cut command) {
            cuts.add(command);
            if (forGood) {
                throw ApplicationFailure.newNonRetryableFailure("the source is gone", "PROCESSING_ERROR");
            }
            if (cuts.size() <= failures) {
                throw ApplicationFailure.newFailure("the disk is full", "STORAGE_FULL");
            }
            return new CutClip(new StoredFile("clip", 10, "01"), null, 61.5, 80, 0);
        }

        @Override
        public synchronized void finishRecut(FinishRecut command) {
            finished.add(command);
        }

        @Override
        public synchronized void failRecut(FailRecut command) {
            failed.add(command);
        }

        void failFirst(int times) {
            failures = times;
        }

        void failForGood() {
            forGood = true;
        }

        synchronized List<Cut> cuts() {
            return List.copyOf(cuts);
        }

        synchronized List<FinishRecut> finished() {
            return List.copyOf(finished);
        }

        synchronized List<FailRecut> failed() {
            return List.copyOf(failed);
        }
    }

    RecutRun() {
        WorkerOptions patient = WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(20_000)
                .build();
        environment.newWorker(STREAMS, patient).registerWorkflowImplementationTypes(RecutWorkflowImpl.class);
        environment.getWorkerFactory().getWorker(STREAMS).registerActivitiesImplementations(new Notes(world));
        environment.newWorker(MEDIA, patient).registerActivitiesImplementations(new Cutting(world));
        environment.start();
    }

    private record Notes(RecutActivities world) implements RecutActivities {
        @Override
        public void finishRecut(FinishRecut command) {
            world.finishRecut(command);
        }

        @Override
        public void failRecut(FailRecut command) {
            world.failRecut(command);
        }
    }

    private record Cutting(ClipActivities world) implements ClipActivities {
        @Override
        public CutClip cutClip(Cut command) {
            return world.cutClip(command);
        }
    }

    World world() {
        return world;
    }

    WorkflowStub start() {
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "RecutWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(STREAMS)
                                .setWorkflowId(WorkflowIds.recut(INPUT.highlightId(), INPUT.version()))
                                .build());
        stub.start(INPUT);
        return stub;
    }

    TestWorkflowEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        environment.close();
    }
}
