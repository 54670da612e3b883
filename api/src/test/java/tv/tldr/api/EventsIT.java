package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

class EventsIT {
    private static final String EVENTS = "/api/v1/events";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void theFeedHasEveryEventOnceWithoutAGap() {
        Sample sample = Sample.completed(api, caller.organization());
        List<Long> seen = new ArrayList<>();
        String place = "after=0";
        boolean more = true;
        while (more) {
            Answer page = caller.get(EVENTS + "?limit=2&" + place);
            seen.addAll(sequences(page));
            more = page.json().path("has_more").asBoolean();
            place = seen.size() % 4 == 0
                    ? "cursor=" + page.text("/next_cursor")
                    : "after=" + page.json().path("after").asLong();
        }

        assertThat(seen)
                .hasSizeGreaterThan(5)
                .isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList());
        Answer first = caller.get(EVENTS + "?limit=1");
        assertThat(first.text("/data/0/type")).isEqualTo("stream.started");
        assertThat(first.text("/data/0/data/stream_id"))
                .isEqualTo(sample.stream().streamId().toString());
        assertThat(first.text("/data/0/metadata/organization_id"))
                .isEqualTo(caller.organization().toString());
    }

    @Test
    void aFilteredFeedNeedNotBeReadFromTheBeginningAgain() {
        Sample sample = Sample.completed(api, caller.organization());
        Sample.completed(api, caller.organization());
        long latest = caller.get(EVENTS + "?limit=100").json().path("after").asLong();

        Answer ends = caller.get(EVENTS + "?types=stream.completed,stream.failed");
        Answer none = caller.get(EVENTS + "?types=stream.failed");
        Answer one = caller.get(
                EVENTS + "?types=stream.completed&stream_id=" + sample.stream().streamId());

        assertThat(types(ends)).containsExactly("stream.completed", "stream.completed");
        assertThat(types(none)).isEmpty();
        assertThat(none.json().path("after").asLong()).isEqualTo(latest);
        assertThat(none.json().path("next_cursor").isNull()).isTrue();
        assertThat(types(one)).hasSize(1);
        assertThat(sequences(caller.get(EVENTS + "?after=" + (latest + 5)))).isEmpty();
    }

    @Test
    void showsNothingOfOtherOrganizations() {
        Sample sample = Sample.completed(api, caller.organization());
        Caller other = api.caller("admin");

        assertThat(sequences(other.get(EVENTS))).isEmpty();
        assertThat(sequences(other.get(EVENTS + "?stream_id=" + sample.stream().streamId())))
                .isEmpty();
    }

    @Test
    void needsTheScopesOfAllThatItTells() {
        assertThat(api.caller("streams:read").get(EVENTS).status()).isEqualTo(403);
        assertThat(api.caller("streams:read", "highlights:read").get(EVENTS).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=-1",
                "after=x",
                "after=99999999999999999999",
                "types=stream.exploded",
                "types=",
                "stream_id=hl_1",
                "stream_id=",
                "limit=101",
                "cursor=x",
                "since=1"
            })
    void refusesAParameterThatMeansNothing(String query) {
        Answer answer = caller.get(EVENTS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(query.replaceFirst("=.*", ""));
    }

    @Test
    void aStreamThatHasEndedIsToldFromItsBeginningToItsEnd() {
        Sample sample = Sample.completed(api, caller.organization());

        List<Follower.Told> told = follow(sample.stream(), 0).untilTheEnd();

        assertThat(told.getFirst().type()).isEqualTo("stream.started");
        assertThat(told.getLast().type()).isEqualTo("stream.completed");
        assertThat(told).extracting(Follower.Told::id).isEqualTo(sequences(caller.get(EVENTS + "?limit=100")));
        assertThat(told.getLast().data().at("/data/highlight_count").asInt()).isEqualTo(3);
    }

    /** As somebody has who comes back after the database was restored. */
    @Test
    void aPlaceBeyondTheFeedIsItsEnd() {
        StreamRef stream = Sample.pending(api, caller.organization());
        long last = caller.get(EVENTS + "?limit=100").json().path("after").asLong();

        assertThat(caller.get(EVENTS + "?after=99999999").json().path("after").asLong())
                .isEqualTo(last);

        try (Follower follower = follow(stream, 99_999_999)) {
            caller.stop(stream.streamId().toString());
            assertThat(follower.untilTheEnd()).extracting(Follower.Told::type).contains("stream.stopped");
        }
    }

    @Test
    void whoHasSeenTheEndIsToldNotToComeAgain() {
        Sample sample = Sample.completed(api, caller.organization());
        String path = "/api/v1/streams/" + sample.stream().streamId() + "/events";
        long last = follow(sample.stream(), 0).untilTheEnd().getLast().id();

        assertThat(caller.get(path, Map.of("Last-Event-ID", String.valueOf(last)))
                        .status())
                .isEqualTo(204);
        for (String wrong : List.of("x", "-1", "1.0", "99999999999999999999")) {
            assertThat(caller.get(path, Map.of("Last-Event-ID", wrong)).wrongFields())
                    .containsExactly("Last-Event-ID");
        }
    }

    @Test
    void whatBecomesOfAHighlightLaterOnDoesNotBeginAnEndedStreamAnew() {
        Sample sample = Sample.completed(api, caller.organization());
        long completed = follow(sample.stream(), 0).untilTheEnd().getLast().id();
        String highlight = caller.get("/api/v1/streams/" + sample.stream().streamId() + "/highlights")
                .text("/data/0/id");
        caller.send(
                HttpMethod.PATCH,
                "/api/v1/highlights/" + highlight,
                Map.of("Content-Type", "application/json"),
                "{\"title\": \"Better\"}");

        assertThat(follow(sample.stream(), 0).untilTheEnd().getLast().type()).isEqualTo("highlight.updated");
        assertThat(follow(sample.stream(), completed).untilTheEnd())
                .extracting(Follower.Told::type)
                .containsExactly("highlight.updated");
    }

    @Test
    void aKeyThatIsRevokedHearsNoMore() {
        StreamRef stream = new StreamRef(caller.organization(), StreamId.parse(caller.submitted()));
        Answer key = caller.post(
                "/api/v1/auth/api-keys", "{\"name\": \"f\", \"scopes\": [\"streams:read\", \"highlights:read\"]}");
        try (Follower follower = Follower.of(api, caller.with(key.text("/secret")), stream, 0)) {
            follower.awaitOpen();
            caller.send(HttpMethod.DELETE, "/api/v1/auth/api-keys/" + key.text("/id"), Map.of(), "");

            assertThat(follower.untilTheEnd()).extracting(Follower.Told::type).doesNotContain("stream.completed");
        }
    }

    @Test
    void whoComesBackGoesOnWhereTheConnectionBroke() {
        Sample sample = Sample.completed(api, caller.organization());
        List<Long> all = sequences(caller.get(EVENTS + "?limit=100"));
        Random random = new Random(4711);
        for (int round = 0; round < 10; round++) {
            List<Long> seen = new ArrayList<>();
            while (seen.size() < all.size()) {
                long last = seen.isEmpty() ? 0 : seen.getLast();
                try (Follower follower = follow(sample.stream(), last)) {
                    follower.take(1 + random.nextInt(all.size() - seen.size())).forEach(told -> seen.add(told.id()));
                }
            }
            assertThat(seen).isEqualTo(all);
        }
    }

    @Test
    void manyFollowOneStreamUntilItIsStopped() {
        String id = caller.submitted();
        StreamRef stream = new StreamRef(caller.organization(), StreamId.parse(id));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Follower.Told>>> followers = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> follow(stream, 0).untilTheEnd(), threads))
                    .toList();
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> caller.get("/api/v1/streams/" + id)
                        .text("/status")
                        .equals("processing"));
            } finally {
                // However it went: they read until the stream has ended.
                caller.post("/api/v1/streams/" + id + "/stop", "{}");
            }

            for (CompletableFuture<List<Follower.Told>> follower : followers) {
                assertThat(follower.join())
                        .extracting(Follower.Told::type)
                        .containsExactly("stream.started", "stream.stopped");
            }
        }
    }

    @Test
    void whatTheDatabaseDidNotCallOutIsFoundAllTheSame() {
        StreamRef stream = Sample.pending(api, caller.organization());
        try (Follower follower = follow(stream, 0)) {
            follower.awaitOpen();
            api.owner()
                    .sql("""
                    DO $$ BEGIN
                        SET LOCAL session_replication_role = replica;
                        INSERT INTO events (organization_id, sequence, id, type, stream_id, data, created_at)
                        VALUES ('%1$s', 1, '%2$s', 'stream.progress', '%3$s', '{}', now());
                        UPDATE organizations SET event_sequence = 1 WHERE id = '%1$s';
                    END $$
                    """.formatted(
                                    caller.organization().uuid(),
                                    FreshUuid.next(),
                                    stream.streamId().uuid()))
                    .then()
                    .block();

            assertThat(follower.take(1)).extracting(Follower.Told::type).containsExactly("stream.progress");
        }
    }

    private Follower follow(StreamRef stream, long after) {
        return Follower.of(api, caller, stream, after);
    }

    private static List<Long> sequences(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(event -> event.path("sequence").asLong())
                .toList();
    }

    private static List<String> types(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(event -> event.path("type").asString())
                .toList();
    }
}
