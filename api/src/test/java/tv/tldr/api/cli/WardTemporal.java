package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.operatorservice.v1.RemoveSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.TaskQueues;

/** A Temporal server that may be broken, and a worker that may. */
final class WardTemporal implements AutoCloseable {
    private static final String BROKEN = "broken";
    private static final AtomicBoolean FITS = new AtomicBoolean(true);

    private final int port = TestTemporal.freePort();
    private TestTemporal server = TestTemporal.start(port);
    private @Nullable WorkflowServiceStubs stubs;
    private @Nullable WorkerFactory workers;
    private @Nullable WorkerFactory flooder;

    @WorkflowInterface
    public interface Drop {
        @WorkflowMethod
        void run();
    }

    /** Ends at once, but for the one whose program does not fit: of a flood some may still run when that one is begun. */
    public static final class DropImpl implements Drop {
        @Override
        public void run() {
            if (!FITS.get() && Workflow.getInfo().getWorkflowId().equals(BROKEN)) {
                throw new IllegalStateException("does not fit");
            }
        }
    }

    @ActivityInterface
    public interface Nothing {
        void doNothing();
    }

    @WorkflowInterface
    public interface Flood {
        @WorkflowMethod
        void run(int activities);
    }

    /** Has so much to be done, all at once. */
    public static final class FloodImpl implements Flood {
        private final Nothing nothing = Workflow.newActivityStub(
                Nothing.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.DELIVERIES)
                        .setStartToCloseTimeout(Duration.ofSeconds(10))
                        .build());

        @Override
        public void run(int activities) {
            Promise.allOf(Stream.generate(() -> Async.procedure(nothing::doNothing))
                            .limit(activities)
                            .toList())
                    .get();
        }
    }

    String address() {
        return server.target();
    }

    void start() {
        server = TestTemporal.start(port);
    }

    void stop() {
        server.close();
    }

    /** Stops it in the middle, or lets it go on: {@code STOP} and {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        ProcessHandle process = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(String.valueOf(port)))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        WardDatabase.signal(process.pid(), name);
    }

    /** Runs what the doctor prints, with the command that the tests have. */
    void command(String printed) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(printed.strip().split(" ")));
        assertThat(words.getFirst()).isEqualTo("temporal");
        words.set(0, TestTemporal.command().map(Path::toString).orElse("temporal"));
        Path said = Files.createTempFile("temporal", null);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", printed, Files.readString(said))
                .isZero();
    }

    /** How long ended workflows can be looked at, once the server has learnt of the namespace. */
    Duration retention(String namespace) {
        return await().ignoreExceptions()
                .until(
                        () -> Duration.ofSeconds(client().getWorkflowServiceStubs()
                                .blockingStub()
                                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                        .setNamespace(namespace)
                                        .build())
                                .getConfig()
                                .getWorkflowExecutionRetentionTtl()
                                .getSeconds()),
                        Duration::isPositive);
    }

    void forgetAttributes() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(address()).validateAndBuildWithDefaults());
        operator.blockingStub()
                .removeSearchAttributes(RemoveSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .addSearchAttributes("IsLive")
                        .addSearchAttributes("HighlightCount")
                        .build());
        operator.shutdownNow();
    }

    private WorkflowClient client() {
        if (stubs == null) {
            stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(address())
                    .build());
        }
        return WorkflowClient.newInstance(stubs);
    }

    void work() {
        work(WorkerOptions.getDefaultInstance());
    }

    /** As workers of that build. */
    void workAs(String build) {
        work(WorkerOptions.newBuilder()
                .setDeploymentOptions(WorkerDeploymentOptions.newBuilder()
                        .setVersion(new WorkerDeploymentVersion("tldr", build))
                        .setUseVersioning(true)
                        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                        .build())
                .build());
    }

    /** What waits there is done. */
    void awaitDone(String id) {
        client().newUntypedWorkflowStub(id).getResult(Void.class);
    }

    private void work(WorkerOptions options) {
        WorkerFactory factory = WorkerFactory.newInstance(client());
        for (String queue : List.of(TaskQueues.STREAMS, TaskQueues.MEDIA, TaskQueues.DELIVERIES)) {
            Worker worker = factory.newWorker(queue, options);
            worker.registerWorkflowImplementationTypes(DropImpl.class);
            worker.registerActivitiesImplementations((Nothing) () -> {});
        }
        factory.start();
        workers = factory;
    }

    void rest() {
        WorkerFactory factory = Objects.requireNonNull(workers);
        factory.shutdownNow();
        factory.awaitTermination(5, TimeUnit.SECONDS);
    }

    void flood(int workflows) {
        for (int i = 0; i < workflows; i++) {
            WorkflowClient.start(drop("flood-" + i)::run);
        }
    }

    /** Of activities, in a queue whose workflows nobody has any of: who decides that they are to be done polls another one. */
    void floodActivities(int activities) {
        WorkerFactory factory = WorkerFactory.newInstance(client());
        factory.newWorker("flood").registerWorkflowImplementationTypes(FloodImpl.class);
        factory.start();
        flooder = factory;
        Flood flood = client().newWorkflowStub(
                        Flood.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("flood-of-activities")
                                .setTaskQueue("flood")
                                .build());
        WorkflowClient.start(flood::run, activities);
    }

    /** One that ends at once, when somebody is given it. */
    String begin() {
        String id = "one-" + UUID.randomUUID();
        WorkflowClient.start(drop(id)::run);
        return id;
    }

    void breakOne() {
        FITS.set(false);
        WorkflowClient.start(drop(BROKEN)::run);
    }

    /** What {@code ./tldr streams reset} does, of the one event that there is to go back to. */
    void mendOne() throws IOException, InterruptedException {
        FITS.set(true);
        command("temporal workflow reset --workflow-id " + BROKEN + " --event-id 4 --reason mended --address "
                + address());
        awaitDone(BROKEN);
    }

    private Drop drop(String id) {
        return client().newWorkflowStub(
                        Drop.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.STREAMS)
                                .build());
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
        }
        if (flooder != null) {
            flooder.shutdownNow();
        }
        if (stubs != null) {
            stubs.shutdownNow();
        }
        server.close();
    }
}
