package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;

class HighlightsIT {
    private static final String HIGHLIGHTS = "/api/v1/highlights";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization());
    private final Sample other = Sample.completed(api, caller.organization());

    @Test
    void listsThoseOfAllStreamsInEachOrderPageByPage() {
        assertThat(confidences("?sort=confidence")).containsExactly(0.99, 0.99, 0.9, 0.9, 0.81, 0.81);
        assertThat(confidences("?sort=confidence&order=asc")).containsExactly(0.81, 0.81, 0.9, 0.9, 0.99, 0.99);
        assertThat(confidences("?sort=start_time&stream_id=" + sample.stream().streamId()))
                .containsExactly(0.81, 0.99, 0.9);
        assertThat(ids("?sort=created_at&order=asc"))
                .hasSize(6)
                .startsWith(ids("?stream_id=" + sample.stream().streamId() + "&order=asc")
                        .getFirst());
        List<String> newestFirst = new ArrayList<>(ids(""));
        assertThat(newestFirst.reversed()).isEqualTo(ids("?order=asc"));
    }

    @Test
    void saysWhatWasMeasuredInItsBestSecond() {
        String path = "/api/v1/highlights/" + sample.highlight(0);

        assertThat(caller.get(path).json().path("signals").path("loudness").asDouble())
                .isEqualTo(-14.25);
    }

    @Test
    void nullTakesAwayWhatIsWrittenOnOneOrOnMany() {
        String id = sample.highlight(0).toString();
        String written =
                "{\"title\": \"t\", \"description\": \"d\", \"tags\": [\"a\"], \"metadata\": {\"n\": 1}, \"pinned\": true}";
        String none = "{\"title\": null, \"description\": null, \"tags\": null, \"metadata\": null, \"pinned\": null}";
        for (Consumer<String> how :
                List.<Consumer<String>>of(body -> change(id, Map.of(), body), body -> bulk("{\"ids\": [\"" + id
                                + "\"], \"changes\": " + body + "}")
                        .text())) {
            how.accept(written);
            assertThat(caller.get(HIGHLIGHTS + "/" + id).text("/title")).isEqualTo("t");

            how.accept(none);

            JsonNode now = caller.get(HIGHLIGHTS + "/" + id).json();
            assertThat(now.path("title").isNull()).isTrue();
            assertThat(now.path("description").isNull()).isTrue();
            assertThat(now.path("tags")).isEmpty();
            assertThat(now.path("metadata")).isEmpty();
            assertThat(now.path("pinned").asBoolean()).isFalse();
        }
        Answer again = change(id, Map.of(), none);
        assertThat(again.json())
                .as("nothing is left to take")
                .isEqualTo(caller.get(HIGHLIGHTS + "/" + id).json());
    }

    @Test
    void filtersByWhatTheyAre() {
        change(sample.highlight(0).toString(), Map.of(), "{\"tags\": [\"final\", \"home\"]}");
        change(sample.highlight(1).toString(), Map.of(), "{\"tags\": [\"final\"]}");

        assertThat(ids("?tags=final")).hasSize(2);
        assertThat(ids("?tags=home,final")).containsExactly(sample.highlight(0).toString());
        assertThat(ids("?type=clutch_play,other")).hasSize(6);
        assertThat(ids("?type=other")).isEmpty();
        String ofOneStream = "/api/v1/streams/" + sample.stream().streamId() + "/highlights";
        assertThat(caller.get(ofOneStream + "?type=clutch_play,other").json().path("data"))
                .hasSize(3);
        assertThat(caller.get(ofOneStream + "?type=other").json().path("data")).isEmpty();
        assertThat(caller.get(ofOneStream + "?tags=final,home").text("/data/0/id"))
                .isEqualTo(sample.highlight(0).toString());
        assertThat(caller.get(ofOneStream + "?tags=home,final&status=detected")
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(ids("?min_confidence=0.9")).hasSize(4);
        assertThat(ids("?status=detected")).isEmpty();
        assertThat(ids("?status=processed&stream_id=" + other.stream().streamId()))
                .hasSize(3);
        assertThat(ids("?created_after=2020-01-01T00:00:00Z&created_before=2020-01-02T00:00:00Z"))
                .isEmpty();
    }

    @Test
    void sumsThemUp() {
        JsonNode all = caller.get(HIGHLIGHTS + "/summary").json();
        JsonNode best = caller.get(HIGHLIGHTS + "/summary?min_confidence=0.95").json();
        JsonNode none = api.caller("admin").get(HIGHLIGHTS + "/summary").json();

        assertThat(all.path("total").asInt()).isEqualTo(6);
        assertThat(all.path("streams").asInt()).isEqualTo(2);
        assertThat(all.path("total_duration").asDouble()).isEqualTo(93);
        assertThat(all.path("average_confidence").asDouble()).isBetween(0.8999, 0.9001);
        assertThat(all.at("/by_type/0/type").asString()).isEqualTo("clutch_play");
        assertThat(all.at("/by_type/0/count").asInt()).isEqualTo(6);
        assertThat(best.path("total").asInt()).isEqualTo(2);
        assertThat(none.path("total").asInt()).isZero();
        assertThat(none.path("average_confidence").isNull()).isTrue();
    }

    @Test
    void whatAPersonWritesIsToldOnceAndKept() {
        String id = sample.highlight(1).toString();
        String tag = tag(caller.get(HIGHLIGHTS + "/" + id));

        Answer changed = change(id, Map.of("If-Match", tag), """
                {"title": " The last second ", "description": "", "tags": ["final", " final "], "metadata": {"by": "me"}}
                """);
        Answer same = change(id, Map.of("If-Match", tag(changed)), "{\"title\": \"The last second\"}");
        Answer late = change(id, Map.of("If-Match", tag), "{\"title\": \"Mine\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/title")).isEqualTo("The last second");
        assertThat(changed.json().path("description").isNull()).isTrue();
        assertThat(changed.json().path("tags").toString()).isEqualTo("[\"final\"]");
        assertThat(changed.text("/metadata/by")).isEqualTo("me");
        assertThat(tag(same)).isEqualTo(tag(changed));
        assertThat(late.status()).isEqualTo(412);
        assertThat(events("highlight.updated")).containsExactly(id);
        assertThat(caller.get(HIGHLIGHTS + "/" + id, Map.of("If-None-Match", tag(changed)))
                        .status())
                .isEqualTo(304);
        assertThat(change(id, Map.of(), "{\"title\": \"\"}")
                        .json()
                        .path("title")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"start_time\": \"5\"}|start_time",
                "{\"end_time\": -1}|end_time",
                "{\"start_time\": 15}|start_time",
                "{\"start_time\": 15, \"end_time\": 14}|end_time",
                "{\"end_time\": 4000}|end_time",
                "{\"confidence_score\": 1}|confidence_score",
                "{\"stream_id\": \"x\"}|stream_id",
                "{\"tags\": [\" \"]}|tags[0]",
                "{\"tags\": \"final\"}|tags",
                "{\"title\": 5}|title",
                "{\"metadata\": \"x\"}|metadata",
                "{\"version\": 3}|version"
            })
    void refusesWhatCannotBeWrittenByName(String body, String field) {
        Answer answer = change(sample.highlight(0).toString(), Map.of(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(field);
        assertThat(events("highlight.updated")).isEmpty();
    }

    @Test
    void changesManyOrNone() {
        String foreign = Sample.completed(api, api.caller("admin").organization())
                .highlight(0)
                .toString();
        String first = sample.highlight(2).toString();
        String second = sample.highlight(0).toString();

        Answer refused = bulk("{\"ids\": [\"" + first + "\", \"" + foreign + "\"], \"changes\": {\"tags\": [\"x\"]}}");
        Answer done = bulk("{\"ids\": [\"" + first + "\", \"" + second + "\"], \"changes\": {\"tags\": [\"x\"]}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("ids[1]");
        assertThat(done.json().path("data").valueStream().map(row -> row.path("id")
                        .asString()))
                .containsExactly(first, second);
        assertThat(done.text("/data/1/tags/0")).isEqualTo("x");
        assertThat(events("highlight.updated")).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void noChangeOfManyTakesBackWhatSomebodyElseDidMeanwhile() {
        String first = sample.highlight(2).toString();
        String second = sample.highlight(0).toString();
        String read = caller.get(HIGHLIGHTS + "/" + first).text("/version");
        change(first, Map.of(), "{\"title\": \"Theirs\"}");
        String form = "{\"ids\": [\"%s\", \"%s\"], \"changes\": {\"title\": \"Mine\"}, \"versions\": {\"%s\": %s}}";

        Answer late = bulk(form.formatted(first, second, first, read));
        String now = caller.get(HIGHLIGHTS + "/" + first).text("/version");
        Answer known = bulk(form.formatted(first, second, first, now));

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.text("/code")).isEqualTo("PRECONDITION_FAILED");
        assertThat(late.wrongFields()).containsExactly("versions." + first);
        assertThat(late.text("/errors/0/message")).isEqualTo("is " + now + " now");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.text("/data/0/title")).isEqualTo("Mine");
        assertThat(events("highlight.updated"))
                .as("the late one wrote nothing, on the other one neither")
                .containsExactlyInAnyOrder(first, first, second);
    }

    @Test
    void oneEntityTagIsNotThatOfMany() {
        String body = "{\"ids\": [\"" + sample.highlight(0) + "\"], \"changes\": {\"title\": \"x\"}}";
        Answer answer = caller.send(
                HttpMethod.PATCH,
                HIGHLIGHTS + "/bulk",
                Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
                body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("If-Match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ids\": [], \"changes\": {\"title\": \"x\"}}",
                "{\"ids\": [\"x\"], \"changes\": {\"title\": \"x\"}}",
                "{\"ids\": [\"hl_01kb0000000000000000000000\"]}",
                "{\"ids\": [\"hl_01kb0000000000000000000000\"], \"changes\": {\"type\": \"x\"}}",
                "{\"ids\": [\"hl_01kb0000000000000000000000\"], \"changes\": {\"title\": \"x\"}, "
                        + "\"versions\": {\"hl_01kb0000000000000000000001\": 1}}"
            })
    void refusesABulkChangeThatMeansNothing(String body) {
        assertThat(bulk(body).status()).isEqualTo(400);
    }

    @Test
    void aDeletedHighlightTakesItsClipAlongAndIsToldOf() {
        String id = sample.highlight(0).toString();
        String stream = "/api/v1/streams/" + sample.stream().streamId();
        ObjectStore objects = api.bean(ObjectStore.class);

        Answer stale = caller.send(HttpMethod.DELETE, HIGHLIGHTS + "/" + id, Map.of("If-Match", "\"0\""), "");
        Answer gone = caller.send(HttpMethod.DELETE, HIGHLIGHTS + "/" + id, Map.of(), "");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(gone.status()).isEqualTo(204);
        assertThat(caller.get(HIGHLIGHTS + "/" + id).status()).isEqualTo(404);
        assertThat(objects.list(ObjectKeys.highlight(sample.stream(), sample.highlight(0))))
                .isEmpty();
        assertThat(objects.list(ObjectKeys.highlight(sample.stream(), sample.highlight(1))))
                .isNotEmpty();
        assertThat(caller.get(stream).json().path("highlight_count").asInt()).isEqualTo(2);
        assertThat(events("highlight.deleted")).containsExactly(id);
    }

    @Test
    void opinionsAreWrittenDownOnceForEachRequest() {
        String path = HIGHLIGHTS + "/" + sample.highlight(1) + "/feedback";
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Idempotency-Key", "once");
        String body = "{\"verdict\": \"boundaries\", \"start_time\": 38.5, \"comment\": \"with the pass\"}";

        Answer first = caller.send(HttpMethod.POST, path, headers, body);
        Answer again = caller.send(HttpMethod.POST, path, headers, body);
        caller.post(path, "{\"verdict\": \"accurate\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(api.count(
                        caller.organization(),
                        "SELECT count(*) AS n FROM highlight_feedback WHERE organization_id = :organization"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|verdict",
                "{\"verdict\": \"great\"}|verdict",
                "{\"verdict\": \"boundaries\"}|start_time",
                "{\"verdict\": \"accurate\", \"end_time\": 50}|end_time",
                "{\"verdict\": \"boundaries\", \"start_time\": 100}|start_time",
                "{\"verdict\": \"boundaries\", \"end_time\": -1}|end_time"
            })
    void refusesAnOpinionThatMeansNothing(String body, String field) {
        Answer answer = caller.post(HIGHLIGHTS + "/" + sample.highlight(1) + "/feedback", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource({
        "csv, text/csv, 'id,stream_id,title'",
        "json, application/json, '{\"data\":['",
        "edl, text/plain, TITLE: ",
        "otio, application/vnd.pixar.opentimelineio+json, '{'",
        "fcpxml, application/xml, '<?xml'",
        "srt, application/x-subrip, '1\n00:00:00,000 --> 00:00:15,500\nclutch_play'"
    })
    void exportsTheHighlightsOfAStream(String format, String type, String beginning) {
        Answer file = caller.post(
                HIGHLIGHTS + "/export",
                "{\"format\": \"" + format + "\", \"stream_id\": \""
                        + sample.stream().streamId() + "\"}");

        assertThat(file.status()).isEqualTo(200);
        assertThat(Objects.requireNonNull(file.headers().getContentType()).toString())
                .startsWith(type);
        assertThat(file.headers().getContentDisposition().getFilename()).isEqualTo("highlights." + format);
        assertThat(file.text()).startsWith(beginning);
    }

    @Test
    void exportsOnlyWhatIsWantedAndOnlyOnesOwn() {
        Caller stranger = api.caller("admin");
        String stream = "\"stream_id\": \"" + sample.stream().streamId() + "\"";

        assertThat(export(caller, "{\"format\": \"csv\"}").text().lines()).hasSize(7);
        assertThat(export(caller, "{\"format\": \"csv\", \"min_confidence\": 0.95}")
                        .text()
                        .lines())
                .hasSize(3);
        assertThat(export(caller, "{\"format\": \"csv\", \"ids\": [\"" + sample.highlight(0) + "\"]}")
                        .text()
                        .lines())
                .hasSize(2);
        assertThat(export(stranger, "{\"format\": \"csv\"}").text().lines()).hasSize(1);
        assertThat(export(stranger, "{\"format\": \"edl\", " + stream + "}").status())
                .isEqualTo(404);
        assertThat(export(caller, "{\"format\": \"edl\"}").wrongFields()).containsExactly("stream_id");
        assertThat(export(caller, "{\"format\": \"avi\"}").wrongFields()).containsExactly("format");
        assertThat(export(caller, "{\"ids\": [\"x\"]}").wrongFields()).containsExactly("ids[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=length",
                "sort=start_time",
                "order=up",
                "stream_id=x",
                "min_confidence=2",
                "tags=",
                "tags=a,,b",
                "type=",
                "status=done",
                "cursor=x",
                "created_before=x",
                "page=2"
            })
    void refusesAParameterThatMeansNothing(String query) {
        Answer answer = caller.get(HIGHLIGHTS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(query.replaceFirst("=.*", ""));
    }

    private Answer change(String id, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return caller.send(HttpMethod.PATCH, HIGHLIGHTS + "/" + id, all, body);
    }

    private Answer bulk(String body) {
        return caller.send(HttpMethod.PATCH, HIGHLIGHTS + "/bulk", Map.of("Content-Type", "application/json"), body);
    }

    private static Answer export(Caller caller, String body) {
        return caller.post(HIGHLIGHTS + "/export", body);
    }

    private List<JsonNode> all(String query) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(HIGHLIGHTS + (query.isEmpty() ? "?" : query + "&") + "limit=2" + cursor);
            page.json().path("data").forEach(rows::add);
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());
        return rows;
    }

    private List<String> ids(String query) {
        return all(query).stream().map(row -> row.path("id").asString()).toList();
    }

    private List<Double> confidences(String query) {
        return all(query).stream()
                .map(row -> row.path("confidence_score").asDouble())
                .toList();
    }

    private List<String> events(String type) {
        return caller.get("/api/v1/events?limit=100&types=" + type)
                .json()
                .path("data")
                .valueStream()
                .map(event -> event.at("/data/highlight_id").asString())
                .toList();
    }

    private static String tag(Answer answer) {
        return Objects.requireNonNull(answer.headers().getETag());
    }
}
