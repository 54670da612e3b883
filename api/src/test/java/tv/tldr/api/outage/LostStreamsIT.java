package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.FakeStreamWorkflow;
import tv.tldr.api.RunningApi;
import tv.tldr.api.Sample;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.Payloads;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamInput;

/** Workflows are lost under streams that are in process; two nodes look for them. */
class LostStreamsIT {
    private static final Map<String, String> IMPATIENT =
            Map.of("SWEEP_INTERVAL", "300ms", "SWEEP_SILENCE", "1s", "OPERATIONS_OPEN", "false");
    private static final int PORT = TestTemporal.freePort();
    private static final String DATABASE = TestPostgres.freshDatabaseUrl();

    private static TestTemporal temporal = TestTemporal.start(PORT);
    private static final RunningApi api = RunningApi.start(DATABASE, temporal.target(), IMPATIENT);
    private static final RunningApi other = RunningApi.start(DATABASE, temporal.target(), IMPATIENT);

    private final Caller caller = api.caller("admin");

    @AfterAll
    static void stop() {
        api.close();
        other.close();
        temporal.close();
    }

    @Test
    void aStreamWhoseWorkflowWasTerminatedFailsOnce() {
        String id = inProcess();

        workflow(id).terminate("by the test");

        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("failed"));
        awaitAnotherLook();
        assertThat(events(id)).containsExactly("stream.started", "stream.failed");
        Answer answer = caller.get(path(id));
        assertThat(answer.text("/errors/0/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(answer.text("/errors/0/message")).contains("terminated by an operator", "/retry");
    }

    @Test
    void aStreamThatFailedIsTriedAgainByAnotherWorkflow() {
        String id = inProcess();
        workflow(id).terminate("by the test");
        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("failed"));

        Answer retried = caller.post(path(id) + "/retry", "{}");

        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.text("/analysis")).isEqualTo("2");
        assertThat(retried.text("/workflow_id")).isEqualTo("stream/" + id + "/2");
        assertThat(inProcess(id)).isEqualTo(id);
        assertThat(caller.post(path(id) + "/retry", "{}").status()).isEqualTo(409);
        assertThat(caller.post(path(id) + "/stop", "{}").status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("stopped"));
    }

    @Test
    void aStreamWhoseWorkflowWasCancelledIsStopped() {
        String id = inProcess();

        workflow(id).cancel();

        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("stopped"));
        assertThat(events(id)).containsExactly("stream.started", "stream.stopped");
        assertThat(caller.get(path(id)).text("/errors/0/message")).contains("cancelled");
    }

    @Test
    void aStreamThatWasToStopIsStoppedHoweverItsWorkflowEnds() {
        String id = inProcessThoughToldToStop();

        workflow(id).terminate("by the test");

        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("stopped"));
        assertThat(events(id)).containsExactly("stream.started", "stream.stopped");
        assertThat(caller.get(path(id)).text("/errors/0/message")).contains("terminated by an operator");
    }

    @Test
    void aStreamThatTemporalForgotBeforeItBeganIsStartedAgain() {
        StreamRef forgotten = Sample.pending(api, caller.organization());
        api.bean(StreamStore.class).markWorkflowStarted(forgotten, 1).block();
        String id = forgotten.streamId().toString();

        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("processing"));

        assertThat(events(id)).containsExactly("stream.started");
    }

    @Test
    void aSilentStreamInProcessIsLeftAlone() {
        String id = inProcess();
        String run = workflow(id).describe().getExecution().getRunId();
        Object version = version(id);

        awaitAnotherLook();
        awaitAnotherLook();

        assertThat(workflow(id).describe().getExecution().getRunId()).isEqualTo(run);
        assertThat(status(id)).isEqualTo("processing");
        assertThat(version(id)).isEqualTo(version);
        assertThat(events(id)).containsExactly("stream.started");
    }

    @Test
    void streamsGoOnInANewServerThatKnowsNothingOfThem() {
        String id = inProcess();
        String recorded = inProcess();
        String toldToStop = inProcessThoughToldToStop();
        api.bean(CatalogActivities.class).saveRecording(new SaveRecording(ref(recorded), recording(), 10));

        temporal.close();
        temporal = TestTemporal.start(PORT);

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            assertThat(workflow(id).describe().getHistoryLength()).isGreaterThan(3);
            assertThat(input(recorded).done().recording()).isEqualTo(recording());
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> status(toldToStop).equals("stopped"));
        assertThat(events(toldToStop)).containsExactly("stream.started", "stream.stopped");
        assertThat(input(id).done().recording()).isNull();
        assertThat(status(id)).isEqualTo("processing");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> caller.post(path(id) + "/stop", "{}").status() < 300);
        await().atMost(Duration.ofSeconds(30)).until(() -> status(id).equals("stopped"));
        assertThat(events(id)).containsExactly("stream.started", "stream.stopped");
    }

    private String inProcess() {
        return inProcess(caller.submitted());
    }

    private String inProcess(String id) {
        await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("processing"));
        return id;
    }

    /** Its workflow has noted the stop and waits for work that does not end. */
    private String inProcessThoughToldToStop() {
        String url = "https://media.example.com/" + UUID.randomUUID() + FakeStreamWorkflow.SLOW;
        String id = inProcess(caller.submit(url).text("/id"));
        assertThat(caller.post(path(id) + "/stop", "{}").status()).isEqualTo(202);
        return id;
    }

    /** Until the sweep has looked for every open stream once more. */
    private static void awaitAnotherLook() {
        DatabaseClient database = api.owner();
        Instant began = Instant.now();
        await().atMost(Duration.ofSeconds(20)).until(() -> database.sql("""
                                SELECT id FROM streams
                                WHERE status IN ('pending', 'processing') AND workflow_looked_at < :began
                                """)
                .bind("began", began)
                .fetch()
                .first()
                .blockOptional()
                .isEmpty());
    }

    private static Recording recording() {
        return new Recording("recordings/a", 1000, "ab".repeat(32), new MediaFacts(600, 0, "mp4", 0, null, null));
    }

    private static StreamInput input(String id) {
        return api.bean(WorkflowClient.class).fetchHistory("stream/" + id).getEvents().stream()
                .findFirst()
                .map(event -> Payloads.dataConverter()
                        .fromPayload(
                                event.getWorkflowExecutionStartedEventAttributes()
                                        .getInput()
                                        .getPayloads(0),
                                StreamInput.class,
                                StreamInput.class))
                .orElseThrow();
    }

    private static WorkflowStub workflow(String id) {
        return api.bean(WorkflowClient.class).newUntypedWorkflowStub("stream/" + id);
    }

    private StreamRef ref(String id) {
        return new StreamRef(caller.organization(), StreamId.parse(id));
    }

    private List<String> events(String id) {
        return api.bean(EventStore.class)
                .ofStream(ref(id), 0, 100)
                .map(StoredEvent::type)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static Object version(String id) {
        return api.owner()
                .sql("SELECT version FROM streams WHERE id = :id")
                .bind("id", StreamId.parse(id).uuid())
                .fetch()
                .one()
                .blockOptional()
                .orElseThrow();
    }

    private String status(String id) {
        return caller.get(path(id)).text("/status");
    }

    private static String path(String id) {
        return "/api/v1/streams/" + id;
    }
}
