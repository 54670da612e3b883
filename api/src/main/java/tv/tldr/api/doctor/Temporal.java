package tv.tldr.api.doctor;

import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tv.tldr.api.embedded.Setting;

/** How does the doctor speak to Temporal? By calls that end within two seconds. */
record Temporal(WorkflowServiceStubs stubs, String address, String namespace) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 2;

    static Temporal of(Patient patient) {
        String address = patient.value(Setting.TEMPORAL_ADDRESS);
        String key = patient.value("TEMPORAL_API_KEY");
        WorkflowServiceStubsOptions.Builder options = WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                // Of a call that the stubs make by themselves before the first one.
                .setSystemInfoTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        if (!key.isEmpty()) {
            options.addApiKey(() -> key);
        }
        if (!key.isEmpty() || patient.value("TEMPORAL_TLS").equals("true")) {
            options.setEnableHttps(true);
        }
        return new Temporal(
                WorkflowServiceStubs.newServiceStubs(options.build()),
                address,
                patient.value(Setting.TEMPORAL_NAMESPACE));
    }

    WorkflowServiceBlockingStub workflows() {
        return stubs.blockingStub().withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** On the same channel, with the same key. */
    OperatorServiceBlockingStub operator() {
        return OperatorServiceGrpc.newBlockingStub(stubs.blockingStub().getChannel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }
}
