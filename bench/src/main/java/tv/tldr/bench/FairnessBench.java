package tv.tldr.bench;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.account.Plan;

/**
 * How long does the work of a small organization wait while another one floods the queues with ten times as much? Workflows carry
 * their organization as fairness key, as those of the program do; each asks, as they do, how many turns it gets by what its
 * organization has under way, and has one activity of long work, which must inherit the key.
 */
final class FairnessBench {
    private static final int STREAMS = 30;
    private static final int FLOOD = 10;
    private static final int SLOTS = 2;
    private static final long WORK_MILLIS = 100;
    private static final double MILLIS = 1000;

    private FairnessBench() {}

    /** @param arguments Temporal's command line program */
    static void main(String... arguments) throws IOException, InterruptedException {
        measure(arguments[0], true);
        measure(arguments[0], false);
    }

    private static void measure(String program, boolean fair) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command =
                new ArrayList<>(List.of(program, "server", "start-dev", "--headless", "--ip", "127.0.0.1"));
        command.addAll(List.of("--port", String.valueOf(port), "--log-level", "error"));
        if (fair) {
            command.addAll(List.of("--dynamic-config-value", "matching.enableFairness=true"));
            command.addAll(List.of("--dynamic-config-value", "matching.numTaskqueueWritePartitions=1"));
        }
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        WorkflowServiceStubs service = WorkflowServiceStubs.newConnectedServiceStubs(
                WorkflowServiceStubsOptions.newBuilder()
                        .setTarget("127.0.0.1:" + port)
                        .build(),
                Duration.ofMinutes(1));
        try {
            WorkflowClient client = WorkflowClient.newInstance(
                    service, WorkflowClientOptions.newBuilder().build());
            // What is not warm yet is slow alone, too, and that would look like fairness.
            round(client, "warming-up", false);
            for (String queue : List.of(TaskQueues.MEDIA, TaskQueues.ANALYSIS)) {
                double solo = round(client, queue, false);
                double beside = round(client, queue, true);
                IO.println("%s, %s: p95 of the wait %.2f s alone, %.2f s beside the flood: %.2f times"
                        .formatted(fair ? "fair" : "not fair", queue, solo, beside, beside / solo));
            }
        } finally {
            service.shutdownNow();
            server.destroy();
            server.waitFor();
        }
    }

    /**
     * All work is there before anybody begins with it: what is timed is the queue, not how fast workflows reach it.
     *
     * @return seconds that the small organization's activities waited, p95
     */
    private static double round(WorkflowClient client, String queue, boolean flooded) throws InterruptedException {
        WorkerFactory deciding = WorkerFactory.newInstance(client);
        Worker streams = deciding.newWorker(TaskQueues.STREAMS);
        streams.registerWorkflowImplementationTypes(OneStepImpl.class);
        CountDownLatch standing = new CountDownLatch(flooded ? STREAMS + FLOOD * STREAMS : STREAMS);
        streams.registerActivitiesImplementations(new DecidingImpl(standing));
        List<WorkflowStub> loud = flooded ? start(client, "loud", queue, FLOOD * STREAMS) : List.of();
        List<WorkflowStub> small = start(client, "small", queue, STREAMS);
        deciding.start();
        standing.await();
        Waiting waiting = new Waiting();
        WorkerFactory working = WorkerFactory.newInstance(client);
        working.newWorker(
                        queue,
                        WorkerOptions.newBuilder()
                                .setMaxConcurrentActivityExecutionSize(SLOTS)
                                .build())
                .registerActivitiesImplementations(waiting);
        long opened = System.currentTimeMillis();
        working.start();
        small.forEach(stream -> stream.getResult(Void.class));
        working.shutdownNow();
        loud.forEach(FairnessBench::end);
        deciding.shutdownNow();
        return waiting.p95Since(opened);
    }

    private static void end(WorkflowStub stream) {
        try {
            stream.terminate("measured");
        } catch (WorkflowNotFoundException ended) {
            // By itself.
        }
    }

    private static List<WorkflowStub> start(WorkflowClient client, String organization, String queue, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    WorkflowStub stub = client.newUntypedWorkflowStub(
                            "OneStep",
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(organization + "/" + UUID.randomUUID())
                                    .setTaskQueue(TaskQueues.STREAMS)
                                    .setPriority(Priority.newBuilder()
                                            .setFairnessKey(organization)
                                            .build())
                                    .build());
                    stub.start(organization, queue);
                    return stub;
                })
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @WorkflowInterface
    public interface OneStep {
        @WorkflowMethod
        void run(String organization, String queue);
    }

    public static final class OneStepImpl implements OneStep {
        @Override
        public void run(String organization, String queue) {
            Deciding deciding = Workflow.newActivityStub(
                    Deciding.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .build());
            double weight = deciding.turns(organization);
            Work work = Workflow.newActivityStub(
                    Work.class,
                    ActivityOptions.newBuilder()
                            .setTaskQueue(queue)
                            .setPriority(Priority.newBuilder()
                                    .setFairnessWeight((float) weight)
                                    .build())
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .build());
            Promise<Void> done = Async.procedure(work::work, organization);
            deciding.stands();
            done.get();
        }
    }

    @ActivityInterface
    public interface Deciding {
        double turns(String organization);

        /** Scheduled together with the work: when this runs, that stands in its queue. */
        void stands();
    }

    private record DecidingImpl(CountDownLatch standing) implements Deciding {
        @Override
        public double turns(String organization) {
            return Plan.ENTERPRISE.fairnessWeight(organization.equals("small") ? STREAMS : FLOOD * STREAMS);
        }

        @Override
        public void stands() {
            standing.countDown();
        }
    }

    @ActivityInterface
    public interface Work {
        void work(String organization);
    }

    private static final class Waiting implements Work {
        private final Queue<Long> begun = new ConcurrentLinkedQueue<>();

        @Override
        public void work(String organization) {
            if (organization.equals("small")) {
                begun.add(System.currentTimeMillis());
            }
            try {
                Thread.sleep(WORK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        double p95Since(long opened) {
            List<Long> sorted = begun.stream().sorted().toList();
            return (sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1) - opened) / MILLIS;
        }
    }
}
