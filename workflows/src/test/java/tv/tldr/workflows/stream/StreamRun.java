package tv.tldr.workflows.stream;

import static tv.tldr.workflows.TaskQueues.ANALYSIS;
import static tv.tldr.workflows.TaskQueues.MEDIA;
import static tv.tldr.workflows.TaskQueues.STREAMS;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tv.tldr.workflows.PayloadLimit;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;

/** One stream's workflow in a world of its own, on a server with skipped time or on the real development server. */
final class StreamRun implements AutoCloseable {
    /** On a starved machine a workflow that computes for a second is no deadlock. */
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(20_000)
            .build();

    final FakeWorld world;
    private final TestWorkflowEnvironment environment;
    private final StreamRef ref = new StreamRef(
            new OrganizationId(UUID.fromString("01900000-0000-7000-8000-000000000001")),
            new StreamId(UUID.fromString("01900000-0000-7000-8000-000000000002")));
    private StreamOptions options = StreamOptions.DEFAULTS;
    private StreamState done = StreamState.NOTHING;
    private int analysis = 1;

    private StreamRun(TestWorkflowEnvironment environment, FakeWorld world) {
        this.environment = environment;
        this.world = world;
        environment.newWorker(STREAMS, PATIENT).registerWorkflowImplementationTypes(StreamWorkflowImpl.class);
        environment.getWorkerFactory().getWorker(STREAMS).registerActivitiesImplementations(world);
        environment
                .newWorker(
                        MEDIA,
                        WorkerOptions.newBuilder()
                                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                                .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
                                .build())
                .registerActivitiesImplementations(world);
        environment.newWorker(ANALYSIS).registerActivitiesImplementations(world);
        environment.start();
    }

    static StreamRun onSkippedTime(FakeWorld world) {
        return new StreamRun(TestWorkflowEnvironment.newInstance(options()), world);
    }

    /** On the real server; the program is named by TEMPORAL_CLI or found on the PATH. */
    static StreamRun onRealServer(FakeWorld world, String... dynamicConfig) {
        String named = System.getenv("TEMPORAL_CLI");
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "--search-attribute", "OrganizationId=Keyword",
                "--search-attribute", "StreamStatus=Keyword",
                "--search-attribute", "Platform=Keyword",
                "--search-attribute", "IsLive=Bool",
                "--search-attribute", "HighlightCount=Int"));
        for (String setting : dynamicConfig) {
            arguments.add("--dynamic-config-value");
            arguments.add(setting);
        }
        TemporalDevServerOptions server = TemporalDevServerOptions.newBuilder()
                .setExistingPath(named == null ? "temporal" : named)
                .setDownloadEnabled(false)
                .setUi(false)
                .setIp("127.0.0.1")
                .setLogLevel("error")
                .setExtraArgs(arguments)
                .build();
        return new StreamRun(startOnFreePort(server), world);
    }

    /** Between the choice of a free port and its use another process may take it: then another one is chosen. */
    private static TestWorkflowEnvironment startOnFreePort(TemporalDevServerOptions server) {
        for (int attempt = 1; ; attempt++) {
            try {
                return TestWorkflowEnvironment.startLocal(options(), server);
            } catch (IllegalStateException portTaken) {
                if (attempt == 3) {
                    throw portTaken;
                }
            }
        }
    }

    private static TestEnvironmentOptions options() {
        return TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(PayloadLimit.clientOptions())
                .registerSearchAttribute("OrganizationId", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("StreamStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("HighlightCount", IndexedValueType.INDEXED_VALUE_TYPE_INT)
                .build();
    }

    StreamRun with(StreamOptions wanted) {
        options = wanted;
        return this;
    }

    /** As after the loss of another workflow that had come so far. */
    StreamRun from(StreamState state) {
        done = state;
        return this;
    }

    /** Another analysis of what the first one has recorded. */
    StreamRun again(Recording recording) {
        analysis = 2;
        return from(new StreamState(recording, 0, 0, null, 0, List.of(), null, false, List.of()));
    }

    WorkflowStub start() {
        WorkflowClient client = environment.getWorkflowClient();
        WorkflowStub stub = client.newUntypedWorkflowStub(
                "StreamWorkflow",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(STREAMS)
                        .setWorkflowId(workflowId())
                        .setPriority(Priority.newBuilder().setFairnessKey("o").build())
                        .build());
        stub.start(new StreamInput(
                ref,
                new StreamSource("https://user:secret@media.example/a.mp4?token=secret", Platform.FILE),
                options,
                done,
                analysis));
        return stub;
    }

    StreamStatus runToTheEnd() {
        return start().getResult(StreamStatus.class);
    }

    String workflowId() {
        return WorkflowIds.stream(ref.streamId());
    }

    TestWorkflowEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        world.released.countDown();
        environment.close();
    }
}
