package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** A new build of the workers beside the old one, while streams are under way. */
class BuildsSideBySideIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void streamsGoOverToTheNewBuildWhenItIsMadeCurrentAndNotBefore() {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        String database = TestPostgres.freshDatabaseUrl();
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort());
                RunningApi newer = RunningApi.start(database, temporal.target(), Map.of("TEMPORAL_BUILD_ID", "new"))) {
            WorkflowClient client = newer.bean(WorkflowClient.class);
            Caller caller = newer.caller("admin");
            String underWay;
            try (RunningApi older = RunningApi.start(
                    database, temporal.target(), Map.of("TEMPORAL_BUILD_ID", "old", "METRICS_INTERVAL", "500ms"))) {
                assertThatWorkGoesTo(older, false);
                makeCurrent(client, "old");
                assertThatWorkGoesTo(older, true);
                underWay = processing(older.as(caller), "first");
                assertThat(build(client, underWay)).isEqualTo("old");
                String another = processing(older.as(caller), "second");
                assertThat(build(client, another))
                        .as("the new build polls, and gets nothing")
                        .isEqualTo("old");

                makeCurrent(client, "new");
                String fresh = processing(older.as(caller), "third");
                assertThat(build(client, fresh)).isEqualTo("new");
                stop(caller, another);
                assertThat(build(client, another))
                        .as("the old build is there and gets nothing")
                        .isEqualTo("new");
            }
            stop(caller, underWay);
            assertThat(build(client, underWay)).isEqualTo("new");
            assertThat(newer.count(
                            caller.organization(),
                            "SELECT count(*) AS n FROM events WHERE organization_id = :organization"
                                    + " AND type = 'stream.stopped'"))
                    .isEqualTo(2);
        }
    }

    /** By what the alert NoWorkerPolling looks at, and by what {@code /health/detailed} shows. */
    private static void assertThatWorkGoesTo(RunningApi api, boolean somebody) {
        Caller operator = api.caller("admin");
        await().atMost(PATIENCE).untilAsserted(() -> {
            String metrics = operator.get("/metrics").text();
            assertThat(metrics.lines().filter(line -> line.startsWith("tldr_queue_pollers{")))
                    .hasSize(6)
                    .allSatisfy(line -> assertThat(line.endsWith(" 0.0")).isEqualTo(!somebody));
            assertThat(operator.get("/health/detailed").text("/checks/temporal/status"))
                    .isEqualTo(somebody ? "up" : "degraded");
        });
    }

    private static String processing(Caller caller, String name) {
        String id = caller.submit("https://media.example.com/" + name + ".mp4").text("/id");
        await().atMost(PATIENCE)
                .until(() -> caller.get("/api/v1/streams/" + id).text("/status").equals("processing"));
        return id;
    }

    private static void stop(Caller caller, String id) {
        caller.post("/api/v1/streams/" + id + "/stop", "{}");
        await().atMost(PATIENCE)
                .until(() -> caller.get("/api/v1/streams/" + id).text("/status").equals("stopped"));
    }

    /** As {@code temporal worker deployment set-current-version} does; a build is known once its workers have polled. */
    private static void makeCurrent(WorkflowClient client, String build) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> client.getWorkflowServiceStubs()
                .blockingStub()
                .setWorkerDeploymentCurrentVersion(SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDeploymentName("tldr")
                        .setBuildId(build)
                        .setIdentity("test")
                        .build())
                .isInitialized());
    }

    /** Whose tasks it has run last. */
    private static String build(WorkflowClient client, String stream) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId("stream/" + stream))
                        .build())
                .getWorkflowExecutionInfo()
                .getVersioningInfo()
                .getDeploymentVersion()
                .getBuildId();
    }
}
