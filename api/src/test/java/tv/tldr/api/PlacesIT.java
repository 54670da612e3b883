package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/** How many streams an organization has in process at once, over the real server. */
class PlacesIT {
    private static final String STREAMS = "/api/v1/streams";
    /** Of the plan STARTER. */
    private static final int MOST = 2;

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller(api.organization(Plan.STARTER), null, "admin");

    @Test
    void theOneAfterThoseThatThePlanAllowsWaitsAndSaysWhyUntilAnotherEnds() {
        List<String> running = submitted(MOST);
        running.forEach(id -> await().until(() -> status(id).equals("processing")));

        Answer waiting = caller.submit(source());

        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.text("/status")).isEqualTo("pending");
        assertThat(waiting.text("/progress/note")).contains("as many as its plan allows");
        String later = caller.submitted();
        assertThat(status(waiting.text("/id"))).isEqualTo("pending");

        caller.stop(running.getFirst());

        // The sweep of this program comes every 30 s: it is the end itself that lets the next one in.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status(waiting.text("/id")).equals("processing"));
        assertThat(caller.get(STREAMS + "/" + waiting.text("/id"))
                        .json()
                        .at("/progress/note")
                        .isNull())
                .isTrue();
        assertThat(status(later)).isEqualTo("pending");
        caller.stop(running.get(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> status(later).equals("processing"));
    }

    @Test
    void oneThatWaitsIsStoppedWithoutEverHavingBegun() {
        submitted(MOST);
        String waiting = caller.submitted();

        assertThat(caller.post(STREAMS + "/" + waiting + "/stop", "{}").text("/status"))
                .isEqualTo("stopped");

        assertThat(events(waiting)).containsExactly("stream.stopped");
    }

    @Test
    void whoDoesNotWantToWaitIsRefusedWithWhatIsUsed() {
        submitted(MOST - 1);
        String refusing = STREAMS + "?when_busy=refuse";
        Answer last = caller.post(refusing, "{\"source_url\": \"" + source() + "\"}");
        assertThat(last.status()).isEqualTo(202);

        Answer refused = caller.post(refusing, "{\"source_url\": \"" + source() + "\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/code")).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refused.json().at("/quota/used").asInt()).isEqualTo(MOST);
        assertThat(refused.json().at("/quota/limit").asInt()).isEqualTo(MOST);
        assertThat(refused.text("/quota/name")).isEqualTo("concurrent_streams");
        assertThat(caller.get(STREAMS).json().path("data")).hasSize(MOST);
        await().until(() -> status(last.text("/id")).equals("processing"));
        assertThat(caller.post(STREAMS + "?when_busy=perhaps", "{}").wrongFields())
                .contains("when_busy");
    }

    @Test
    void theLimitIsEachOrganizationsOwn() {
        submitted(MOST + 3);
        Caller other = api.caller(api.organization(Plan.STARTER), null, "admin");

        String id = other.submitted();

        await().until(() -> status(other, id).equals("processing"));
    }

    private List<String> submitted(int count) {
        return Stream.generate(caller::submitted).limit(count).toList();
    }

    private static String source() {
        return "https://media.example.com/" + UUID.randomUUID() + ".mp4";
    }

    /** By the row: asking the API again and again would run into the plan's other limit. */
    private String status(String id) {
        return status(caller, id);
    }

    private String status(Caller whose, String id) {
        return api.bean(StreamStore.class)
                .find(new StreamRef(whose.organization(), StreamId.parse(id)))
                .blockOptional()
                .orElseThrow()
                .status()
                .wire();
    }

    private List<String> events(String stream) {
        return api.bean(EventStore.class)
                .after(caller.organization(), 0, 1000)
                .filter(event ->
                        event.streamId() != null && event.streamId().toString().equals(stream))
                .map(StoredEvent::type)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }
}
