package tv.tldr.bench;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tv.tldr.workflows.TaskQueues;

/**
 * How long does the work of a small organization wait while another one floods the queues with ten times as much? Workflows carry
 * their organization as fairness key, as those of the program do; each has one activity on each queue of long work, which must
 * inherit it.
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
                Round solo = round(client, queue, false);
                Round beside = round(client, queue, true);
                String kind = fair ? "fair" : "not fair";
                IO.println("%s, %s: p95 of the wait %.2f s alone, %.2f s beside the flood: %.2f times"
                        .formatted(kind, queue, solo.waited(), beside.waited(), beside.waited() / solo.waited()));
                IO.println(
                        "%s, %s: begun since the first was there, p95, %.2f s and %.2f s: %.2f times; all were there after %.2f s and %.2f s"
                                .formatted(
                                        kind,
                                        queue,
                                        solo.begun(),
                                        beside.begun(),
                                        beside.begun() / solo.begun(),
                                        solo.scheduled(),
                                        beside.scheduled()));
            }
        } finally {
            service.shutdownNow();
            server.destroy();
            server.waitFor();
        }
    }

    /**
     * Of the small organization's activities, in seconds.
     *
     * @param waited from when each was there to its beginning, p95
     * @param begun from when the first was there to its beginning, p95
     * @param scheduled from when the first was there until the last was
     */
    private record Round(double waited, double begun, double scheduled) {
        static Round of(Collection<Step> steps) {
            long first = steps.stream().mapToLong(Step::scheduled).min().orElseThrow();
            long last = steps.stream().mapToLong(Step::scheduled).max().orElseThrow();
            return new Round(
                    p95(steps.stream().mapToLong(step -> step.begun() - step.scheduled())),
                    p95(steps.stream().mapToLong(step -> step.begun() - first)),
                    (last - first) / MILLIS);
        }

        private static double p95(LongStream millis) {
            long[] sorted = millis.sorted().toArray();
            return sorted[(int) Math.ceil(0.95 * sorted.length) - 1] / MILLIS;
        }
    }

    private record Step(long scheduled, long begun) {}

    private static Round round(WorkflowClient client, String queue, boolean flooded) {
        Waiting waiting = new Waiting();
        WorkerFactory factory = WorkerFactory.newInstance(client);
        factory.newWorker(TaskQueues.STREAMS).registerWorkflowImplementationTypes(OneStepImpl.class);
        factory.newWorker(
                        queue,
                        WorkerOptions.newBuilder()
                                .setMaxConcurrentActivityExecutionSize(SLOTS)
                                .build())
                .registerActivitiesImplementations(waiting);
        if (flooded) {
            start(client, "loud", queue, FLOOD * STREAMS);
        }
        List<WorkflowStub> small = start(client, "small", queue, STREAMS);
        factory.start();
        small.forEach(stream -> stream.getResult(Void.class));
        factory.shutdownNow();
        return Round.of(waiting.ofSmall);
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
            Workflow.newActivityStub(
                            Work.class,
                            ActivityOptions.newBuilder()
                                    .setTaskQueue(queue)
                                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                                    .build())
                    .work(organization);
        }
    }

    @ActivityInterface
    public interface Work {
        void work(String organization);
    }

    private static final class Waiting implements Work {
        final Queue<Step> ofSmall = new ConcurrentLinkedQueue<>();

        @Override
        public void work(String organization) {
            long scheduled = Activity.getExecutionContext().getInfo().getCurrentAttemptScheduledTimestamp();
            if (organization.equals("small")) {
                ofSmall.add(new Step(scheduled, System.currentTimeMillis()));
            }
            try {
                Thread.sleep(WORK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
