package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.batch.v1.BatchOperationInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.BatchOperationState;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListBatchOperationsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.api.TestTemporal;

/** Does the server take what the pages say that is typed now in place of {@code tctl}, and in a rollout? Each is run, on workflows made for it. */
class TemporalTableIT {
    private static final String QUEUE = "Q";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MANY = 600;

    /** What the table leaves to who knows it from {@code tctl}: which workflow, which namespace. */
    private static final Map<String, String> REST = rest();

    private final List<WorkerFactory> workers = new ArrayList<>();
    private TestTemporal temporal;
    private TemporalCommands commands = new TemporalCommands("");
    private WorkflowServiceStubs stubs;
    private WorkflowClient client;

    @WorkflowInterface
    public interface Tried {
        @WorkflowMethod(name = "TYPE")
        String run();

        @SignalMethod(name = "NAME")
        void goOn();

        @QueryMethod(name = "TYPE")
        String state();
    }

    @ActivityInterface
    public interface Handed {
        String hand();
    }

    /** Is at work until somebody else says that it is done. */
    public static final class HandedImpl implements Handed {
        @Override
        public String hand() {
            Activity.getExecutionContext().doNotCompleteOnReturn();
            return "";
        }
    }

    /** Ends when it is told to, when its activity is done by whom ever, or at once: by its id. */
    public static final class TriedImpl implements Tried {
        private boolean told;

        @Override
        public String run() {
            String id = Workflow.getInfo().getWorkflowId();
            if (id.startsWith("handed")) {
                return Workflow.newActivityStub(
                                Handed.class,
                                ActivityOptions.newBuilder()
                                        .setTaskQueue(QUEUE)
                                        .setRetryOptions(RetryOptions.newBuilder()
                                                .setMaximumAttempts(1)
                                                .build())
                                        .setScheduleToCloseTimeout(Duration.ofMinutes(10))
                                        .build())
                        .hand();
            }
            Workflow.await(() -> told || id.startsWith("executed"));
            return "done";
        }

        @Override
        public void goOn() {
            told = true;
        }

        @Override
        public String state() {
            return told ? "told" : "waits";
        }
    }

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        temporal = TestTemporal.start(TestTemporal.freePort());
        commands = new TemporalCommands(temporal.target());
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
        client = WorkflowClient.newInstance(stubs);
    }

    @AfterEach
    void end() {
        workers.forEach(WorkerFactory::shutdownNow);
        if (temporal != null) {
            stubs.shutdownNow();
            temporal.close();
        }
    }

    @Test
    void everyCommandThatStandsForOneOfTctlIsTaken() throws Exception {
        work(WorkerOptions.getDefaultInstance());
        for (String id : List.of("described", "cancelled", "terminated", "handed-in", "handed-back")) {
            begin(id, QUEUE);
        }
        // So that the batch that ends them lasts for some seconds.
        for (int i = 0; i < MANY; i++) {
            begin("many-" + i, "nobody");
        }
        Set<String> tried = new TreeSet<>();

        for (String command : TemporalCommands.insteadOfTctl()) {
            assertThat(REST).as("of the table").containsKey(command);
            commands.said(whole(command));
            tried.add(command);
        }

        assertThat(tried).containsExactlyInAnyOrderElementsOf(REST.keySet());
        assertThat(status("cancelled")).isEqualTo("CANCELED");
        assertThat(status("terminated")).isEqualTo("TERMINATED");
        assertThat(status("described")).isEqualTo("COMPLETED");
        assertThat(status("handed-in")).isEqualTo("COMPLETED");
        await().atMost(PATIENCE).until(() -> status("handed-back").equals("FAILED"));
        String options = commands.said("temporal options; temporal workflow list --help");
        assertThat(TemporalCommands.globalOptions())
                .hasSize(5)
                .allMatch(option -> options.matches("(?s).*" + option + "\\b.*"));
    }

    @Test
    void aBuildIsRolledOutByTheCommandsOfThePage() throws Exception {
        List<String> documented = TemporalCommands.ofARollout();
        assertThat(documented).hasSize(4);
        work(of("2026-11-15"));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !commands.said(
                        "temporal worker deployment set-current-version --deployment-name tldr --build-id 2026-11-15 --yes")
                .isEmpty());
        work(of("2026-12-01"));
        await().atMost(PATIENCE)
                .until(() -> commands.said(documented.getFirst()).contains("2026-12-01"));

        // What is asked is answered, as at a terminal.
        commands.said("yes | " + documented.get(1));
        assertThat(commands.said(documented.getFirst())).containsPattern("RampingVersionPercentage\\s+10");
        commands.said("yes | " + documented.get(2));
        assertThat(commands.said(documented.getFirst())).containsPattern("CurrentVersionBuildID\\s+2026-12-01");
        begin("executed-by-the-new-build", QUEUE).getResult(String.class);
        // It says so at once, and "drained" some minutes after the last workflow that needed it.
        assertThat(commands.said(documented.get(3))).containsPattern("DrainageStatus\\s+drain(ing|ed)");
    }

    /** With names of the table's own: the queue is called Q, the workflow's type and its query TYPE, its signal NAME. */
    private String whole(String command) {
        String rest = REST.getOrDefault(command, "")
                .replace("ACTIVITY-OF-handed-in", command.contains("complete") ? activity("handed-in") : "")
                .replace("ACTIVITY-OF-handed-back", command.contains("fail") ? activity("handed-back") : "");
        if (command.contains("--query …")) {
            await().atMost(PATIENCE).until(() -> batch().isEmpty());
        }
        if (rest.contains("JOB")) {
            rest = rest.replace("JOB", job());
        }
        return command.replace("--query …", "") + " " + rest;
    }

    private static Map<String, String> rest() {
        Map<String, String> rest = new LinkedHashMap<>();
        rest.put("temporal operator cluster health", "");
        rest.put("temporal operator namespace create", "--namespace tried");
        rest.put("temporal operator namespace describe", "--namespace default");
        rest.put("temporal operator namespace list", "");
        rest.put("temporal operator namespace update", "--namespace default --retention 5d");
        rest.put("temporal operator search-attribute list", "");
        rest.put("temporal operator search-attribute create", "--name Tried --type Keyword");
        rest.put("temporal workflow execute", "--workflow-id executed --type TYPE --task-queue Q");
        rest.put("temporal workflow start --task-queue Q --type TYPE", "--workflow-id started");
        rest.put("temporal workflow list", "");
        rest.put("temporal workflow count", "");
        rest.put("temporal workflow describe", "--workflow-id described");
        rest.put("temporal workflow show", "--workflow-id described");
        rest.put("temporal workflow show --follow", "--workflow-id executed");
        rest.put("temporal workflow query --type TYPE", "--workflow-id described");
        rest.put("temporal workflow stack", "--workflow-id described");
        rest.put("temporal workflow signal --name NAME", "--workflow-id described");
        rest.put("temporal workflow cancel", "--workflow-id cancelled");
        rest.put("temporal workflow terminate", "--workflow-id terminated");
        rest.put("temporal workflow reset --type FirstWorkflowTask", "--workflow-id executed --reason tried");
        rest.put(
                "temporal workflow reset --query …",
                "--query \"WorkflowId = 'executed'\" --type FirstWorkflowTask --reason tried --yes");
        rest.put("temporal workflow terminate --query …", "--query \"TaskQueue = 'nobody'\" --reason tried --yes");
        rest.put("temporal batch list", "");
        rest.put("temporal batch describe", "--job-id JOB");
        rest.put("temporal batch terminate", "--job-id JOB --reason tried");
        rest.put("temporal task-queue describe --task-queue Q", "");
        rest.put("temporal task-queue list-partition", "--task-queue Q");
        rest.put(
                "temporal activity complete",
                "--activity-id ACTIVITY-OF-handed-in --workflow-id handed-in --result '\"done\"'");
        rest.put("temporal activity fail", "--activity-id ACTIVITY-OF-handed-back --workflow-id handed-back");
        rest.put(
                "temporal schedule create",
                "--schedule-id tried --interval 1h --workflow-id executed-by-clock --type TYPE --task-queue Q");
        rest.put("temporal schedule list", "");
        rest.put("temporal schedule delete", "--schedule-id tried");
        return rest;
    }

    private void work(WorkerOptions options) {
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(QUEUE, options);
        worker.registerWorkflowImplementationTypes(TriedImpl.class);
        worker.registerActivitiesImplementations(new HandedImpl());
        factory.start();
        workers.add(factory);
    }

    private static WorkerOptions of(String build) {
        return WorkerOptions.newBuilder()
                .setDeploymentOptions(WorkerDeploymentOptions.newBuilder()
                        .setVersion(new WorkerDeploymentVersion("tldr", build))
                        .setUseVersioning(true)
                        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                        .build())
                .build();
    }

    private WorkflowStub begin(String id, String queue) {
        WorkflowStub stub = client.newUntypedWorkflowStub(
                "TYPE",
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(queue)
                        .build());
        stub.start();
        return stub;
    }

    private String status(String id) {
        return client.newUntypedWorkflowStub(id)
                .describe()
                .getStatus()
                .name()
                .substring("WORKFLOW_EXECUTION_STATUS_".length());
    }

    /** The one that is handed to others. */
    private String activity(String workflow) {
        return await().atMost(PATIENCE)
                .until(
                        () -> stubs
                                .blockingStub()
                                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                        .setNamespace("default")
                                        .setExecution(
                                                WorkflowExecution.newBuilder().setWorkflowId(workflow))
                                        .build())
                                .getPendingActivitiesList()
                                .stream()
                                .filter(pending ->
                                        pending.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
                                .map(PendingActivityInfo::getActivityId)
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    /** The one that still runs: it ends workflows slowly. */
    private String job() {
        return await().atMost(PATIENCE).until(this::batch, Optional::isPresent).orElseThrow();
    }

    /** The one that is at work: a namespace has one at a time. */
    private Optional<String> batch() {
        return stubs
                .blockingStub()
                .listBatchOperations(ListBatchOperationsRequest.newBuilder()
                        .setNamespace("default")
                        .build())
                .getOperationInfoList()
                .stream()
                .filter(job -> job.getState() == BatchOperationState.BATCH_OPERATION_STATE_RUNNING)
                .map(BatchOperationInfo::getJobId)
                .findFirst();
    }
}
