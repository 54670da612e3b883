package tv.tldr.api.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** How does a command ask Temporal what its client has no words for? Each call ends within a time. */
@Component
final class TemporalCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
}
