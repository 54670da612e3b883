package tv.tldr.api.temporal;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.batch.BatchWorkflowImpl;
import tv.tldr.workflows.event.DeliveryWorkflowImpl;
import tv.tldr.workflows.recut.RecutWorkflowImpl;
import tv.tldr.workflows.stream.StreamWorkflowImpl;

/** Would this program's workflows decide as those did whose histories were written down? Nothing is asked of a server, or sent anywhere. */
public final class HistoryReplay implements AutoCloseable {
    /** As application.yml has them. */
    static final List<Class<?>> IMPLEMENTATIONS = List.of(
            StreamWorkflowImpl.class, BatchWorkflowImpl.class, RecutWorkflowImpl.class, DeliveryWorkflowImpl.class);

    /** In the trace of what was thrown: its name without its package, and what it says. */
    private static final Pattern THROWN =
            Pattern.compile("(?m)(?:^|, error=|Caused by: )(?:[a-z0-9]+\\.)+([A-Z]\\w*(?:Exception|Error): .*)$");

    private static final int LONGEST = 300;

    /** On a machine that does much else a workflow that computes for a second is no deadlock. */
    private static final long PATIENCE_MILLIS = 30_000;

    /** A worker asks its server what that can do before it decides anything: here one that is in this process. */
    private final TestWorkflowEnvironment server;

    private final Worker worker;

    /** @param payloadKeys as TEMPORAL_PAYLOAD_KEYS has them; those that the histories were written with among them */
    public HistoryReplay(List<String> payloadKeys) {
        this(payloadKeys, IMPLEMENTATIONS);
    }

    HistoryReplay(List<String> payloadKeys, List<Class<?>> implementations) {
        server = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(TemporalConfiguration.converter(payloadKeys))
                        .build())
                .build());
        worker = server.newWorker(
                TaskQueues.STREAMS,
                WorkerOptions.newBuilder()
                        .setDefaultDeadlockDetectionTimeout(PATIENCE_MILLIS)
                        .build());
        worker.registerWorkflowImplementationTypes(implementations.toArray(Class<?>[]::new));
    }

    /** Which types of workflows there are, as Temporal names them. */
    static List<String> types() {
        return IMPLEMENTATIONS.stream()
                .map(type -> type.getSimpleName().replaceFirst("Impl$", ""))
                .toList();
    }

    /** What does not fit; empty: it decides as it did. */
    public Optional<String> misfit(String history) {
        try {
            worker.replayWorkflowExecution(decided(WorkflowExecutionHistory.fromJson(history)));
            return Optional.empty();
        } catch (VirtualMachineError ours) {
            throw ours;
        } catch (Exception | Error misfit) {
            // The SDK's replay declares Exception, and throws some of its refusals as errors.
            return Optional.of(reason(misfit));
        }
    }

    /** Without the end that an operator made of it: that is nobody's decision, and the SDK's replay refuses it. */
    private static WorkflowExecutionHistory decided(WorkflowExecutionHistory history) {
        if (history.getLastEvent().getEventType() != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED) {
            return history;
        }
        History.Builder before = history.getHistory().toBuilder();
        return new WorkflowExecutionHistory(
                before.removeEvents(before.getEventsCount() - 1).build(),
                history.getWorkflowExecution().getWorkflowId());
    }

    /** The innermost reason. The SDK writes what a workflow threw, with its trace, into the message of what it throws. */
    private static String reason(Throwable misfit) {
        Throwable cause = misfit;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = cause.toString();
        String innermost = THROWN.matcher(words)
                .results()
                .map(thrown -> thrown.group(1))
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> words.lines().findFirst().orElse(""));
        return innermost.length() > LONGEST ? innermost.substring(0, LONGEST) + "…" : innermost;
    }

    @Override
    public void close() {
        server.close();
    }
}
