package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.api.operatorservice.v1.RemoveSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        WorkerFactory factory = WorkerFactory.newInstance(client());
        for (String queue : List.of(TaskQueues.STREAMS, TaskQueues.MEDIA, TaskQueues.DELIVERIES)) {
            Worker worker = factory.newWorker(queue);
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

    void breakOne() {
        FITS.set(false);
        WorkflowClient.start(drop(BROKEN)::run);
    }

    /** What {@code ./tldr streams reset} does, of the one event that there is to go back to. */
    void mendOne() throws IOException, InterruptedException {
        FITS.set(true);
        command("temporal workflow reset --workflow-id " + BROKEN + " --event-id 4 --reason mended --address "
                + address());
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
        if (stubs != null) {
            stubs.shutdownNow();
        }
        server.close();
    }
}
