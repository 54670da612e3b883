package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;

/** Whatever is inserted and deleted between two pages: nothing that stays is missed, and nothing comes twice. */
class ListsAreStableIT {
    private static final int ROUNDS = 8;
    private static final int FIRST = 12;

    private final RunningApi api = RunningApi.shared();

    @ParameterizedTest
    @CsvSource({
        "streams, created_at, desc",
        "streams, created_at, asc",
        "highlights, created_at, desc",
        "highlights, confidence, desc",
        "highlights, confidence, asc",
        "highlights, start_time, asc",
        "highlights, start_time, desc"
    })
    void everyInterleavingOfInsertsAndPages(String list, String sort, String order) {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(31L * round + (list + sort + order).hashCode());
            World world = list.equals("streams") ? new Streams(random) : new Highlights(random);
            Set<String> staying = new HashSet<>();
            for (int i = 0; i < FIRST; i++) {
                staying.add(world.insert());
            }

            List<JsonNode> seen = new ArrayList<>();
            String cursor = "";
            do {
                Answer page = world.caller.get(world.path() + "sort=" + sort + "&order=" + order + "&limit="
                        + (1 + random.nextInt(5)) + cursor);
                page.json().path("data").forEach(seen::add);
                cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
                for (int i = random.nextInt(3); i > 0; i--) {
                    world.insert();
                }
                if (random.nextInt(3) == 0) {
                    String gone = staying.stream()
                            .sorted()
                            .skip(random.nextInt(staying.size()))
                            .findFirst()
                            .orElseThrow();
                    world.delete(gone);
                    staying.remove(gone);
                }
            } while (!cursor.isEmpty() && seen.size() < 500);

            String what = list + " by " + sort + " " + order + ", round " + round;
            assertThat(seen)
                    .extracting(row -> row.path("id").asString())
                    .as(what)
                    .doesNotHaveDuplicates();
            assertThat(seen)
                    .extracting(row -> row.path("id").asString())
                    .as(what)
                    .containsAll(staying);
            assertThat(seen).as(what).isSortedAccordingTo(sorted(sort, order));
        }
    }

    /** A transaction that began before what is seen, and writes after it was seen. */
    @Test
    void whoReadsFromTheOldestOnPassesOverNothingThatIsWrittenLater() {
        Streams world = new Streams(new Random(1));
        OwnTransaction early = new OwnTransaction(api);
        early.run("SELECT now()");
        String seen = world.caller.submitted();
        String list = "/api/v1/streams?order=asc&limit=1";
        Answer first = world.caller.get(list);
        String late = early.insertStream(world.caller.organization());
        early.commit();

        Answer all = world.caller.get("/api/v1/streams?order=asc");

        assertThat(first.text("/data/0/id")).isEqualTo(seen);
        assertThat(ids(all)).containsExactly(seen, late);
    }

    /** One that has written, and that nobody sees yet, is waited for. */
    @Test
    void whoReadsFromTheOldestOnSeesWhatWasBeingWritten() {
        Streams world = new Streams(new Random(1));
        String first = world.caller.submitted();
        OwnTransaction slow = new OwnTransaction(api);
        String early = slow.insertStream(world.caller.organization());
        String later = world.caller.submitted();

        CompletableFuture<Answer> reader =
                CompletableFuture.supplyAsync(() -> world.caller.get("/api/v1/streams?order=asc"));
        assertThat(ids(world.caller.get("/api/v1/streams"))).containsExactly(later, first);
        awaitWaiting();
        slow.commit();

        assertThat(ids(reader.join())).containsExactly(first, early, later);
    }

    @ParameterizedTest
    @EnumSource
    void everyInterleavingOfInsertsAndPagesOfWhatHasTheOldestFirst(OldestFirst list) {
        Person person = readerOf(list);
        interleave(list, person, list.path(person));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HIGHLIGHT_TYPES")
    void everyInterleavingOfInsertsAndPagesOfTheSameFromTheNewestOn(OldestFirst list) {
        Person person = readerOf(list);
        interleave(list, person, list.path(person, "desc"));
    }

    private void interleave(OldestFirst list, Person person, String path) {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(31L * round + list.name().hashCode());
            List<UUID> staying = new ArrayList<>();
            for (int i = 0; i < FIRST; i++) {
                staying.add(inserted(list, person, random));
            }

            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                Answer page = person.caller().get(path + "limit=" + (1 + random.nextInt(10)) + cursor);
                seen.addAll(ids(list, page));
                cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
                for (int i = random.nextInt(3); i > 0; i--) {
                    inserted(list, person, random);
                }
                if (staying.size() > FIRST / 2 && random.nextInt(3) == 0) {
                    list.delete(api, person, staying.remove(random.nextInt(staying.size())));
                }
            } while (!cursor.isEmpty() && seen.size() < 500);

            assertThat(seen).as("round " + round).doesNotHaveDuplicates();
            assertThat(seen)
                    .as("round " + round)
                    .containsAll(staying.stream().map(list::wire).toList());
        }
    }

    /** As above, of the other lists that are read from the oldest on. */
    @ParameterizedTest
    @EnumSource
    void nothingIsPassedOverThatIsWrittenLater(OldestFirst list) {
        Person person = readerOf(list);
        UUID late = FreshUuid.next();
        UUID seen = FreshUuid.next();
        OwnTransaction early = new OwnTransaction(api);
        early.run("SELECT now()");
        sql(list.insertion(person, seen, "now()"));
        List<String> before = ids(list, person.caller().get(list.path(person) + "limit=100"));
        early.run(list.insertion(person, late, "now()"));
        early.commit();

        List<String> after = ids(list, person.caller().get(list.path(person) + "limit=100"));

        assertThat(before).endsWith(list.wire(seen));
        assertThat(after).startsWith(before.toArray(String[]::new)).endsWith(list.wire(late));
    }

    private Person readerOf(OldestFirst list) {
        Person person = Person.register(api).unlimited();
        list.prepare(api, person);
        return person;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeingWrittenIsWaitedFor(OldestFirst list) {
        Person person = readerOf(list);
        UUID early = FreshUuid.next();
        UUID later = FreshUuid.next();
        OwnTransaction slow = new OwnTransaction(api);
        slow.run(list.insertion(person, early, "now()"));
        sql(list.insertion(person, later, "now()"));

        CompletableFuture<Answer> reader =
                CompletableFuture.supplyAsync(() -> person.caller().get(list.path(person) + "limit=100"));
        awaitWaiting();
        slow.commit();

        assertThat(ids(list, reader.join())).endsWith(list.wire(early), list.wire(later));
    }

    /** Many within one instant: the id parts them. */
    private UUID inserted(OldestFirst list, Person person, Random random) {
        UUID id = FreshUuid.next();
        sql(list.insertion(person, id, "date_trunc('second', now()) + interval '%d ms'".formatted(random.nextInt(3))));
        return id;
    }

    private static List<String> ids(OldestFirst list, Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(row -> row.at(list.id()).asString())
                .toList();
    }

    private void awaitWaiting() {
        await().until(() -> api.owner()
                .sql("SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)) > 0)
                .one()
                .block());
    }

    private static List<String> ids(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private static Comparator<JsonNode> sorted(String sort, String order) {
        Comparator<JsonNode> ascending =
                switch (sort) {
                    case "confidence" ->
                        Comparator.comparing(row -> row.path("confidence_score").asDouble());
                    case "start_time" ->
                        Comparator.comparing(row -> row.path("start_time").asDouble());
                    default ->
                        Comparator.comparing(
                                row -> Instant.parse(row.path("created_at").asString()));
                };
        return order.equals("asc") ? ascending : ascending.reversed();
    }

    private abstract class World {
        final Caller caller = api.caller("admin");

        abstract String path();

        abstract String insert();

        abstract void delete(String id);
    }

    private final class Streams extends World {
        private final Random random;

        Streams(Random random) {
            this.random = random;
        }

        @Override
        String path() {
            return "/api/v1/streams?";
        }

        /** Many within one instant: the id parts them. */
        @Override
        String insert() {
            StreamRef stream = Sample.pending(api, caller.organization());
            sql("UPDATE streams SET created_at = date_trunc('second', created_at) + interval '%d ms' WHERE id = '%s'"
                    .formatted(random.nextInt(3), stream.streamId().uuid()));
            return stream.streamId().toString();
        }

        @Override
        void delete(String id) {
            caller.send(HttpMethod.POST, "/api/v1/streams/" + id + "/stop", Map.of(), "");
            // One that has got its place meanwhile ends in a moment.
            await().until(() -> caller.send(HttpMethod.DELETE, "/api/v1/streams/" + id, Map.of(), "")
                            .status()
                    == 204);
        }
    }

    private final class Highlights extends World {
        private final Random random;
        private final StreamRef stream = Sample.pending(api, caller.organization());

        Highlights(Random random) {
            this.random = random;
        }

        @Override
        String path() {
            return "/api/v1/highlights?stream_id=" + stream.streamId() + "&";
        }

        /** Of few different confidences and times. */
        @Override
        String insert() {
            UUID id = FreshUuid.next();
            int start = random.nextInt(4);
            sql("""
                    INSERT INTO highlights (organization_id, id, stream_id, status, candidate, start_time, end_time, peak_time,
                                            confidence_score, type, dimensions, reasons, start_edge, end_edge, files, created_at)
                    VALUES ('%s', '%s', '%s', 'processed', 0, %d, %d, %d, %s, 'highlight', '{}', '[]', 'cut', 'cut',
                            '{"clip": {"object_key": "organizations/x/none.mp4", "size_bytes": 1, "sha256": "%s"},
                              "start": 0, "end": 1, "audio_offset": 0}',
                            date_trunc('second', now()) + interval '%d ms')
                    """.formatted(
                            caller.organization().uuid(),
                            id,
                            stream.streamId().uuid(),
                            start,
                            start + 15,
                            start + 1,
                            random.nextInt(4) / 4.0,
                            "0".repeat(64),
                            random.nextInt(3)));
            return new HighlightId(id).toString();
        }

        @Override
        void delete(String id) {
            assertThat(caller.send(HttpMethod.DELETE, "/api/v1/highlights/" + id, Map.of(), "")
                            .status())
                    .isEqualTo(204);
        }
    }

    private void sql(String statement) {
        api.owner().sql(statement).then().block();
    }
}
