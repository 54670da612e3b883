package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.MarkerStore;

/** What do clients say that happened in a stream, and what becomes of it? */
class MarkersIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization());
    private final String stream = "/api/v1/streams/" + sample.stream().streamId();
    private final String markers = stream + "/markers";

    @Test
    void whatIsPostedTakesTheUsualOfItsKindAndIsListedByTime() {
        Answer posted = post("""
                {"markers": [{"time": 31.0004, "kind": "goal", "label": " Player 10 "},
                             {"time": 5, "kind": "drum_solo", "weight": 0.25, "lead": 4, "lag": 30, "metadata": {"by": 1}}]}
                """);

        assertThat(posted.status()).isEqualTo(201);
        assertThat(number(posted, "/created")).isEqualTo(2);
        assertThat(posted.text("/data/0/label")).isEqualTo("Player 10");
        assertThat(number(posted, "/data/0/time")).isEqualTo(31);
        assertThat(number(posted, "/data/0/weight")).isEqualTo(0.9);
        assertThat(number(posted, "/data/0/lead")).isEqualTo(12);
        assertThat(number(posted, "/data/0/lag")).isEqualTo(8);
        assertThat(number(posted, "/data/1/weight")).isEqualTo(0.25);
        Answer first = caller.get(markers + "?limit=1");
        assertThat(first.text("/data/0/kind")).isEqualTo("drum_solo");
        Answer second = caller.get(markers + "?limit=1&cursor=" + first.text("/next_cursor"));
        assertThat(second.text("/data/0/id")).isEqualTo(posted.text("/data/0/id"));
        assertThat(second.json().path("has_more").booleanValue()).isFalse();
    }

    @Test
    void sentAgainNothingDoublesAndWhatCountsIsWrittenAnew() {
        Answer first = post("{\"markers\": [{\"time\": 10, \"kind\": \"kill\"}]}");
        Answer again = post(
                "{\"markers\": [{\"time\": 10, \"kind\": \"kill\", \"weight\": 0.1}, {\"time\": 11, \"kind\": \"kill\"}]}");
        Answer same = post("{\"markers\": [{\"time\": 10, \"kind\": \"kill\", \"weight\": 0.1}]}");

        assertThat(again.status()).isEqualTo(201);
        assertThat(number(again, "/created")).isEqualTo(1);
        assertThat(again.text("/data/0/id")).isEqualTo(first.text("/data/0/id"));
        assertThat(number(again, "/data/0/weight")).isEqualTo(0.1);
        assertThat(same.status()).isEqualTo(200);
        assertThat(number(same, "/created")).isZero();
        assertThat(caller.get(markers).json().path("data")).hasSize(2);
    }

    @Test
    void everyFaultIsToldAtOnceAndNothingIsWritten() {
        Answer faulty = post("""
                {"markers": [{"time": 1, "kind": "goal"}, {"time": -1, "kind": "Goal!"}, {"kind": "goal", "lead": 301, "when": 1},
                             {"time": 1, "sent_at": "2026-01-31T12:00:00Z", "kind": "kill", "weight": 2},
                             {"sent_at": "yesterday", "kind": "goal"}, {"sent_at": "2026-01-31T12:00:00Z", "kind": "goal"},
                             {"time": 1.0001, "kind": "goal", "label": ""}, 7]}
                """);

        assertThat(faulty.status()).isEqualTo(400);
        Map<String, String> errors = faulty.json()
                .path("errors")
                .valueStream()
                .collect(Collectors.toMap(error -> error.path("field").stringValue(), error -> error.path("message")
                        .stringValue()));
        assertThat(errors)
                .containsOnlyKeys(
                        "markers[1].time",
                        "markers[1].kind",
                        "markers[2].time",
                        "markers[2].lead",
                        "markers[2].when",
                        "markers[3].sent_at",
                        "markers[3].weight",
                        "markers[4].sent_at",
                        "markers[5].sent_at",
                        "markers[6]",
                        "markers[7]");
        assertThat(errors.get("markers[5].sent_at")).contains("cannot be placed in a recording");
        assertThat(errors.get("markers[6]")).contains("same as markers[0]");
        assertThat(caller.get(markers).json().path("data")).isEmpty();
    }

    @Test
    void aStreamHasSoManyAndNoMoreWhoeverPostsThemAtTheSameTime() {
        long refused = Flux.range(0, 5)
                .flatMap(part -> Flux.just(part)
                        .publishOn(Schedulers.boundedElastic())
                        .map(number -> post(batch(number * 500, 500)).status()))
                .filter(status -> status == 409)
                .count()
                .blockOptional()
                .orElseThrow();

        assertThat(refused).isEqualTo(1);
        assertThat(api.bean(MarkerStore.class)
                        .load(sample.stream())
                        .blockOptional()
                        .orElseThrow())
                .hasSize(MarkerStore.MOST);
        Answer more = post("{\"markers\": [{\"time\": 1, \"kind\": \"other\"}]}");
        assertThat(more.text("/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(post(batch(0, 501)).text("/errors/0/field")).isEqualTo("markers");
    }

    private static String batch(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "{\"time\": " + i / 10.0 + ", \"kind\": \"kill\", \"label\": \"n" + i + "\"}")
                .collect(Collectors.joining(",", "{\"markers\": [", "]}"));
    }

    @Test
    void theyStandBesideTheSignalsUntilTheyAreTakenBack() {
        JsonNode before = caller.get(stream + "/signals").json();
        String marker = post("{\"markers\": [{\"time\": 20.5, \"kind\": \"clip_that\", \"lead\": 5, \"lag\": 5}]}")
                .text("/data/0/id");

        JsonNode after = caller.get(stream + "/signals?from=10&to=30").json();
        assertThat(before.path("markers").isNull()).isTrue();
        assertThat(after.path("markers")).hasSize(20);
        assertThat(after.at("/markers/10").asDouble()).isEqualTo(1);
        assertThat(after.at("/markers/0").asDouble()).isZero();
        assertThat(caller.get(stream + "/signals").json().path("curves")).isEqualTo(before.path("curves"));

        assertThat(delete(marker).status()).isEqualTo(204);
        assertThat(delete(marker).status()).isEqualTo(404);
        assertThat(caller.get(stream + "/signals").json()).isEqualTo(before);
    }

    private Answer delete(String marker) {
        return caller.send(HttpMethod.DELETE, markers + "/" + marker, Map.of(), "");
    }

    private static double number(Answer answer, String pointer) {
        return answer.json().at(pointer).asDouble(Double.NaN);
    }

    private Answer post(String body) {
        return caller.post(markers, body);
    }
}
