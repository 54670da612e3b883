package tv.tldr.workflows.batch;

import static tv.tldr.workflows.TaskQueues.STREAMS;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tv.tldr.workflows.PayloadLimit;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;

/** One batch's workflow over a {@link FakeBatchWorld}, on a server with skipped time or on the real development server. */
final class BatchRun implements AutoCloseable {
    /** On a starved machine a workflow that computes for a second is no deadlock. */
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(20_000)
            .build();

    private static final BatchRef BATCH = new BatchRef(
            new OrganizationId(UUID.fromString("01900000-0000-7000-8000-000000000001")),
            new BatchId(UUID.fromString("01900000-0000-7000-8000-000000000003")));

    private final TestWorkflowEnvironment environment;
    private final int parallelLimit;

    private BatchRun(TestWorkflowEnvironment environment, FakeBatchWorld world, int parallelLimit) {
        this.environment = environment;
        this.parallelLimit = parallelLimit;
        environment.newWorker(STREAMS, PATIENT).registerWorkflowImplementationTypes(BatchWorkflowImpl.class);
        environment.getWorkerFactory().getWorker(STREAMS).registerActivitiesImplementations(world);
        environment.start();
    }

    static BatchRun onSkippedTime(FakeBatchWorld world, int parallelLimit) {
        return new BatchRun(TestWorkflowEnvironment.newInstance(options()), world, parallelLimit);
    }

    /** On the real server; the program is named by TEMPORAL_CLI or found on the PATH. */
    static BatchRun onRealServer(FakeBatchWorld world, int parallelLimit, String... dynamicConfig) {
        String named = System.getenv("TEMPORAL_CLI");
        List<String> arguments = Stream.of(dynamicConfig)
                .flatMap(setting -> Stream.of("--dynamic-config-value", setting))
                .toList();
        TemporalDevServerOptions server = TemporalDevServerOptions.newBuilder()
                .setExistingPath(named == null ? "temporal" : named)
                .setDownloadEnabled(false)
                .setUi(false)
                .setIp("127.0.0.1")
                .setLogLevel("error")
                .setExtraArgs(arguments)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return new BatchRun(TestWorkflowEnvironment.startLocal(options(), server), world, parallelLimit);
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
                .build();
    }

    WorkflowStub start() {
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "BatchWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(STREAMS)
                                .setWorkflowId(workflowId())
                                .build());
        stub.start(new BatchInput(BATCH, parallelLimit));
        return stub;
    }

    String workflowId() {
        return WorkflowIds.batch(BATCH.batchId());
    }

    TestWorkflowEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        environment.close();
    }
}
