package tv.tldr.activities;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import tv.tldr.workflows.Payloads;

/** Where does a test run activities? Where their payloads are written as the program writes them. */
public final class TestActivities {
    private TestActivities() {}

    /** To be closed by the test. */
    public static TestActivityEnvironment environment() {
        return TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.dataConverter())
                        .build())
                .build());
    }
}
