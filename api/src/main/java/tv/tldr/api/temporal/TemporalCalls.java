package tv.tldr.api.temporal;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** How does a command ask Temporal what its client has no words for? Each call ends within a time. */
@Component
final class TemporalCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 200;

    private final WorkflowClient client;

    TemporalCalls(WorkflowClient client) {
        this.client = client;
    }

    String namespace() {
        return client.getOptions().getNamespace();
    }

    /** @throws TemporalAwayException when it may work later, else Temporal's own refusal */
    <T> T ask(Function<WorkflowServiceBlockingStub, T> call) {
        return ask(PATIENCE, call);
    }

    /** The same, waiting so long at most. */
    <T> T ask(Duration patience, Function<WorkflowServiceBlockingStub, T> call) {
        try {
            return call.apply(client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException failure) {
            if (TemporalAwayException.recognise(failure) instanceof TemporalAwayException away) {
                throw away;
            }
            throw failure;
        }
    }

    /**
     * Workflows, the newest first.
     *
     * @param query as Temporal's lists take it, such as {@code ExecutionStatus = 'Running'}
     * @param enough no further page is asked for once there are so many, 1 and more
     */
    List<WorkflowExecutionInfo> list(String query, int enough) {
        List<WorkflowExecutionInfo> found = new ArrayList<>();
        ByteString next = ByteString.EMPTY;
        do {
            ByteString token = next;
            ListWorkflowExecutionsResponse page =
                    ask(stub -> stub.listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(namespace())
                            .setQuery(query)
                            .setPageSize(Math.min(PAGE, enough))
                            .setNextPageToken(token)
                            .build()));
            found.addAll(page.getExecutionsList());
            next = page.getNextPageToken();
        } while (!next.isEmpty() && found.size() < enough);
        return found;
    }
}
