package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.PlaceStore;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.temporal.StreamStarter;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.StreamWorkflow;

class StreamStopIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void endsAStreamInProcess() {
        String id = caller.submitted();
        await().until(() -> status(id).equals("processing"));

        Answer answer = caller.post(path(id), "{\"force\": false}");

        assertThat(answer.status()).isEqualTo(202);
        await().until(() -> status(id).equals("stopped"));
    }

    @Test
    void hasNothingToDoForAStreamThatHasEnded() {
        String id =
                Sample.completed(api, caller.organization()).stream().streamId().toString();

        Answer answer = caller.post(path(id), "{\"force\": true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("completed");
    }

    @Test
    void leavesAStreamThatIsWritingDownItsEndToItself() {
        String id = caller.submit("https://media.example.com" + FakeStreamWorkflow.SETTLING)
                .text("/id");
        await().until(() -> workflowStatus(id) == StreamStatus.COMPLETED);

        Answer answer = caller.post(path(id), "{\"force\": true}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("processing");
        await().until(() -> status(id).equals("completed"));
        assertThat(caller.post(path(id), "{}").status()).isEqualTo(200);
        assertThat(events(new StreamRef(caller.organization(), StreamId.parse(id))))
                .containsExactly("stream.started", "stream.completed");
    }

    @Test
    void endsAStreamWhoseWorkflowWasTerminated() {
        String id = caller.submitted();
        await().until(() -> status(id).equals("processing"));
        api.bean(WorkflowClient.class).newUntypedWorkflowStub("stream/" + id).terminate("by the test");

        Answer answer = caller.post(path(id), "{}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("stopped");
    }

    @Test
    void endsAStreamThatWasNeverStarted() {
        StreamRef stream = Sample.pending(api, caller.organization());

        Answer answer = caller.send(HttpMethod.POST, path(stream.streamId().toString()), Map.of(), "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("stopped");
        assertThat(events(stream)).containsExactly("stream.stopped");
    }

    @Test
    void endsAStreamWhoseWorkflowIsLost() {
        StreamRef stream = Sample.pending(api, caller.organization());
        api.bean(CatalogActivities.class).startStream(new StartStream(stream, new EventId(FreshUuid.next())));

        assertThat(caller.post(path(stream.streamId().toString()), "{}").text("/status"))
                .isEqualTo("stopped");
    }

    @Test
    void aStartThatComesTooLateStartsNothingThatLasts() {
        StreamRef stream = Sample.pending(api, caller.organization());
        api.bean(PlaceStore.class).grant(caller.organization()).block();
        StreamRow before =
                api.bean(StreamStore.class).find(stream).blockOptional().orElseThrow();
        caller.post(path(stream.streamId().toString()), "{}");

        api.bean(StreamStarter.class).startSoon(before).block();

        await().until(() -> !isRunning(stream));
        assertThat(status(stream.streamId().toString())).isEqualTo("stopped");
        assertThat(events(stream)).containsExactly("stream.stopped");
    }

    @Test
    void refusesABodyThatMeansNothing() {
        String id = caller.submitted();

        assertThat(caller.post(path(id), "{\"forse\": true}").wrongFields()).containsExactly("forse");
        assertThat(caller.post(path(id), "{\"force\": 1}").wrongFields()).containsExactly("force");
        assertThat(caller.post(path(id), "[").status()).isEqualTo(400);
        assertThat(status(id)).isIn("pending", "processing");
    }

    private StreamStatus workflowStatus(String id) {
        return api.bean(WorkflowClient.class)
                .newWorkflowStub(StreamWorkflow.class, "stream/" + id)
                .progress()
                .status();
    }

    private boolean isRunning(StreamRef stream) {
        return api.bean(WorkflowClient.class)
                .newUntypedWorkflowStub("stream/" + stream.streamId())
                .describe()
                .getStatus()
                .name()
                .endsWith("_RUNNING");
    }

    private List<String> events(StreamRef stream) {
        return api.bean(EventStore.class)
                .after(stream.organizationId(), 0, 100)
                .map(StoredEvent::type)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private String status(String id) {
        return caller.get("/api/v1/streams/" + id).text("/status");
    }

    private static String path(String id) {
        return "/api/v1/streams/" + id + "/stop";
    }
}
