package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.api.http.PageToken;
import tv.tldr.workflows.scoring.DimensionSetId;

class DimensionSetsIT {
    private static final String SETS = "/api/v1/dimension-sets";
    private static final String MINE = """
            {"name": "Mine",
             "dimensions": [
               {"id": "action", "weight": 0.6, "rules": {"based_on": "gaming_default/action_intensity"}},
               {"id": "wit", "weight": 0.4, "scoring_prompt": "How witty is it?"}],
             "highlight_types": [{"id": "big", "criteria": {"score_formula": "action > 0.5"}}]}
            """;

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("dimensions:*");

    @Test
    void aSetIsSavedAndReadBackAndMayBeSentBack() {
        Answer created = caller.post(SETS, MINE);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/id")).startsWith("dset_");
        assertThat(created.headers().getETag()).as("packed").isEqualTo("\"1-gzip\"");
        assertThat(created.headers().getLocation()).hasToString(SETS + "/" + created.text("/id"));
        Answer read = caller.get(SETS + "/" + created.text("/id"));
        assertThat(read.json()).isEqualTo(created.json());

        Answer same = send(HttpMethod.PUT, "/" + created.text("/id"), read.text());
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().path("version").asInt()).as("nothing changed").isEqualTo(1);
    }

    @Test
    void everyFaultIsToldAtOnceAndNothingIsSaved() {
        Answer refused = caller.post(SETS, """
                {"name": "Mine", "fallback_set_id": "dset_01kb0000000000000000000000",
                 "dimensions": [{"id": "A", "weight": 1}, {"id": "b", "weight": -1}],
                 "highlight_types": [{"id": "t", "criteria": {"score_formula": "b / 0"}}]}
                """);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder(
                        "fallback_set_id",
                        "dimensions[0].id",
                        "dimensions[1].weight",
                        "highlight_types[0].criteria.score_formula");
        assertThat(caller.get(SETS + "?preset=false").json().path("data")).isEmpty();
    }

    @Test
    void validatingSavesNothing() {
        Answer sound = caller.post(SETS + "/validate", MINE);
        assertThat(sound.status()).isEqualTo(200);
        assertThat(sound.json().path("valid").asBoolean()).isTrue();
        assertThat(sound.text("/warnings/0/field")).isEqualTo("dimensions[1].rules");

        Answer faulty = caller.post(SETS + "/validate", MINE.replace("action > 0.5", "action >"));
        assertThat(faulty.status()).isEqualTo(200);
        assertThat(faulty.json().path("valid").asBoolean()).isFalse();
        assertThat(faulty.text("/errors/0/field")).isEqualTo("highlight_types[0].criteria.score_formula");
        assertThat(faulty.text("/errors/0/message")).contains("at character 8");

        String nowhere = MINE.replace("\"Mine\",", "\"Mine\", \"fallback_set_id\": \"\",");
        assertThat(caller.post(SETS + "/validate", nowhere).text("/errors/0/field"))
                .isEqualTo("fallback_set_id");
        assertThat(caller.post(SETS, nowhere).wrongFields()).containsExactly("fallback_set_id");

        String wordsOnly = "{\"name\": \"Words\", \"dimensions\": [{\"id\": \"wit\"}]}";
        assertThat(caller.post(SETS + "/validate?strategy=ai_only", wordsOnly)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        Answer unusable = caller.post(SETS + "/validate?strategy=rule_based", wordsOnly);
        assertThat(unusable.json().path("valid").asBoolean()).isFalse();
        assertThat(unusable.text("/errors/0/field")).isEqualTo("dimensions");

        assertThat(caller.post(SETS + "/validate?strategy=luck", MINE).wrongFields())
                .containsExactly("strategy");
        assertThat(caller.post(SETS + "/validate", "{").status()).isEqualTo(400);
        assertThat(caller.get(SETS + "?preset=false").json().path("data")).isEmpty();
    }

    @Test
    void whoKnowsTheVersionAlreadyIsToldSo() {
        String id = created(MINE);

        Answer known = caller.get(SETS + "/" + id, Map.of("If-None-Match", "\"1\""));

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(caller.get(SETS + "/" + id, Map.of("If-None-Match", "\"2\"")).status())
                .isEqualTo(200);
    }

    @Test
    void presetsAreReadButNotChanged() {
        Answer gaming = caller.get(SETS + "/gaming_default");
        assertThat(gaming.status()).isEqualTo(200);
        assertThat(gaming.json().path("preset").asBoolean()).isTrue();
        assertThat(gaming.text("/dimensions/0/rules/origin")).contains("gameplay");
        assertThat(caller.get(SETS + "/gaming_default/versions").json().path("data"))
                .hasSize(1);

        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            Answer refused = send(method, "/gaming_default", method.equals(HttpMethod.DELETE) ? "" : MINE);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("/detail")).contains("\"base\": \"gaming_default\"");
        }
    }

    @Test
    void aPresetIsSomethingToStartFrom() {
        Answer created = caller.post(SETS, "{\"base\": \"podcast_default\", \"name\": \"Our show\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("dimensions"))
                .isEqualTo(caller.get(SETS + "/podcast_default").json().path("dimensions"));
    }

    @Test
    void eachChangeIsAVersionAndTheOldOnesStay() {
        String id = created(MINE);

        Answer patched = send(HttpMethod.PATCH, "/" + id, "{\"cooldown\": 42, \"highlight_types\": null}");
        assertThat(patched.json().path("version").asInt()).isEqualTo(2);
        assertThat(patched.json().path("cooldown").asInt()).isEqualTo(42);
        assertThat(patched.json().path("highlight_types")).isEmpty();
        assertThat(patched.text("/name")).isEqualTo("Mine");
        assertThat(patched.headers().getETag()).as("packed").isEqualTo("\"2-gzip\"");
        Answer replaced = send(HttpMethod.PUT, "/" + id, MINE.replace("Mine", "Yours"));
        assertThat(replaced.json().path("version").asInt()).isEqualTo(3);
        assertThat(replaced.json().path("cooldown").asInt()).as("the default").isEqualTo(10);

        assertThat(caller.get(SETS + "/" + id + "?version=2").json()).isEqualTo(patched.json());
        assertThat(caller.get(SETS + "/" + id + "?version=4").status()).isEqualTo(404);
        Answer newest = caller.get(SETS + "/" + id + "/versions?limit=2");
        assertThat(versions(newest)).containsExactly(3, 2);
        assertThat(versions(caller.get(SETS + "/" + id + "/versions?cursor=" + newest.text("/next_cursor"))))
                .containsExactly(1);
        String place = DimensionSetId.parse(id).uuid().toString();
        for (String foreign : List.of("last", "1.5", "99999999999", "")) {
            String cursor =
                    new PageToken(PageToken.listBelow(id, "dimension-set-versions"), List.of(foreign, place)).encode();
            assertThat(caller.get(SETS + "/" + id + "/versions?cursor=" + cursor)
                            .wrongFields())
                    .as(foreign)
                    .containsExactly("cursor");
        }
    }

    @Test
    void whoMeansAnOlderVersionChangesNothing() {
        String id = created(MINE);
        send(HttpMethod.PATCH, "/" + id, "{\"cooldown\": 42}");

        for (HttpMethod method : List.of(HttpMethod.PATCH, HttpMethod.DELETE)) {
            Answer stale = caller.send(
                    method,
                    SETS + "/" + id,
                    Map.of("If-Match", "\"1\"", "Content-Type", "application/json"),
                    method.equals(HttpMethod.DELETE) ? "" : "{\"cooldown\": 7}");
            assertThat(stale.status()).isEqualTo(412);
            assertThat(stale.text("/code")).isEqualTo("PRECONDITION_FAILED");
        }
        assertThat(caller.get(SETS + "/" + id).json().path("cooldown").asInt()).isEqualTo(42);
        for (String tag : List.of("\"2\"", "\"9\", \"3\"", "*")) {
            Answer fresh = caller.send(
                    HttpMethod.PATCH,
                    SETS + "/" + id,
                    Map.of("If-Match", tag, "Content-Type", "application/json"),
                    "{\"name\": \"By " + tag.replaceAll("\\W", "") + "\"}");
            assertThat(fresh.status()).as(tag).isEqualTo(200);
        }
    }

    @Test
    void changesAtTheSameTimeAreAllKept() {
        String id = created(MINE);

        List<Integer> statuses = Stream.of("{\"cooldown\": 42}", "{\"name\": \"N\"}", "{\"description\": \"D\"}")
                .parallel()
                .map(body -> send(HttpMethod.PATCH, "/" + id, body).status())
                .toList();

        assertThat(statuses).containsOnly(200);
        JsonNode set = caller.get(SETS + "/" + id).json();
        assertThat(set.path("version").asInt()).isEqualTo(4);
        assertThat(set.path("cooldown").asInt()).isEqualTo(42);
        assertThat(set.path("name").asString()).isEqualTo("N");
        assertThat(set.path("description").asString()).isEqualTo("D");
    }

    @Test
    void aSetThatAnotherOneFallsBackOnIsNotDeleted() {
        String needed = created(MINE);
        String user = created("{\"base\": \"gaming_default\", \"fallback_set_id\": \"" + needed + "\"}");

        Answer refused = send(HttpMethod.DELETE, "/" + needed, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains(user);

        send(HttpMethod.PATCH, "/" + user, "{\"fallback_set_id\": null}");
        assertThat(send(HttpMethod.DELETE, "/" + needed, "").status()).isEqualTo(204);
        assertThat(caller.get(SETS + "/" + needed).status()).isEqualTo(404);
        assertThat(send(HttpMethod.DELETE, "/" + needed, "").status()).isEqualTo(404);
    }

    @Test
    void fallbacksDoNotGoInCircles() {
        String one = created(MINE);
        String two = created("{\"base\": \"gaming_default\", \"fallback_set_id\": \"" + one + "\"}");

        for (String back : List.of(one, two)) {
            Answer refused = send(HttpMethod.PATCH, "/" + one, "{\"fallback_set_id\": \"" + back + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.wrongFields()).containsExactly("fallback_set_id");
            assertThat(refused.text("/detail")).contains("fall back on itself");
        }
    }

    @Test
    void theListBeginsWithThePresetsAndGoesOnPageByPage() {
        String first = created(MINE);
        String second = created(MINE.replace("Mine", "Gaming night"));

        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(SETS + "?limit=4" + cursor);
            page.json().path("data").forEach(set -> ids.add(set.path("id").asString()));
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(9).startsWith("gaming_default").endsWith("security_default", first, second);

        assertThat(ids(caller.get(SETS + "?preset=false"))).containsExactly(first, second);
        assertThat(ids(caller.get(SETS + "?name=gaming"))).containsExactly("gaming_default", second);
        assertThat(ids(caller.get(SETS + "?preset=true"))).hasSize(7);
        Answer exactly = caller.get(SETS + "?limit=7");
        assertThat(ids(caller.get(SETS + "?cursor=" + exactly.text("/next_cursor"))))
                .containsExactly(first, second);
        Answer newest = caller.get(SETS + "?preset=false&order=desc&limit=1");
        assertThat(ids(newest)).containsExactly(second);
        String behind = "&cursor=" + newest.text("/next_cursor");
        assertThat(ids(caller.get(SETS + "?preset=false&order=desc" + behind))).containsExactly(first);
        assertThat(caller.get(SETS + "?preset=false" + behind).wrongFields()).containsExactly("cursor");
        assertThat(ids(caller.get(SETS + "?order=desc")))
                .startsWith("gaming_default")
                .endsWith("security_default", second, first);
        assertThat(caller.get(SETS + "?cursor=eA&nme=x").wrongFields()).containsExactlyInAnyOrder("cursor", "nme");
    }

    @Test
    void highlightTypesAreChangedOneByOneEachAsAVersionOfTheSet() {
        String id = created(MINE);
        String types = SETS + "/" + id + "/highlight-types";

        Answer added = caller.post(types, """
                {"id": "witty_one", "priority": 3, "auto_tag": ["wit"], "criteria": {"min_scores": {"wit": 0.7}},
                 "metadata_template": {"wit": "{{score.wit}}"}}
                """);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("dimension_set_version").asInt()).isEqualTo(2);
        assertThat(added.headers().getLocation()).hasToString(types + "/witty_one");
        assertThat(caller.get(types + "/witty_one").json()).isEqualTo(added.json());
        assertThat(caller.get(types).json().path("data")).hasSize(2);

        Answer again = caller.post(types, "{\"id\": \"witty_one\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/code")).isEqualTo("DUPLICATE_RESOURCE");
        assertThat(caller.post(types, "{\"id\": \"odd\", \"criteria\": {\"score_formula\": \"magic\"}}")
                        .wrongFields())
                .containsExactly("criteria.score_formula");

        Answer patched = send(HttpMethod.PATCH, "/" + id + "/highlight-types/witty_one", "{\"priority\": 1}");
        assertThat(patched.json().path("priority").asInt()).isEqualTo(1);
        assertThat(patched.text("/auto_tag/0")).isEqualTo("wit");
        assertThat(patched.json().path("dimension_set_version").asInt()).isEqualTo(3);
        assertThat(send(HttpMethod.PATCH, "/" + id + "/highlight-types/witty_one", "{\"id\": \"other\"}")
                        .wrongFields())
                .containsExactly("id");

        Answer stale = caller.send(HttpMethod.DELETE, types + "/witty_one", Map.of("If-Match", "\"2\""), "");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(send(HttpMethod.DELETE, "/" + id + "/highlight-types/witty_one", "")
                        .status())
                .isEqualTo(204);
        assertThat(caller.get(types + "/witty_one").status()).isEqualTo(404);
        assertThat(caller.get(SETS + "/" + id).json().path("version").asInt()).isEqualTo(4);
        assertThat(caller.post(SETS + "/gaming_default/highlight-types", "{\"id\": \"odd\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void allTypesAreListedThoseOfThePresetsFirst() {
        String id = created(MINE.replace("\"highlight_types\": [", "\"highlight_types\": [{\"id\": \"first\"}, "));
        List<JsonNode> types = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get("/api/v1/highlight-types?limit=15" + cursor);
            page.json().path("data").forEach(types::add);
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());

        assertThat(types.getFirst().path("dimension_set_id").asString()).isEqualTo("gaming_default");
        assertThat(types.subList(types.size() - 2, types.size()))
                .extracting(type -> type.path("id").asString())
                .containsExactly("first", "big");
        assertThat(types.getLast().path("dimension_set_id").asString()).isEqualTo(id);
        Answer own = caller.get("/api/v1/highlight-types?preset=false&limit=1");
        assertThat(own.text("/data/0/id")).isEqualTo("first");
        assertThat(caller.get("/api/v1/highlight-types?preset=false&cursor=" + own.text("/next_cursor"))
                        .text("/data/0/id"))
                .isEqualTo("big");
    }

    @Test
    void aKeyDoesWhatItsScopesSay() {
        String id = created(MINE);
        Caller reader = api.caller(caller.organization(), null, "dimensions:read");

        assertThat(reader.get(SETS + "/" + id).status()).isEqualTo(200);
        assertThat(reader.post(SETS + "/validate", MINE).status()).isEqualTo(200);
        assertThat(reader.post(SETS, MINE).status()).isEqualTo(403);
        assertThat(reader.send(HttpMethod.DELETE, SETS + "/" + id, Map.of(), "").status())
                .isEqualTo(403);
        assertThat(api.caller("streams:read").get(SETS).status()).isEqualTo(403);
    }

    /** Every operation that names a set, as the API's own description lists them. */
    @TestFactory
    Stream<DynamicTest> anotherTenantsSetAndNoneAreTheSameToTheCaller() {
        String id = created(MINE);
        Caller other = api.caller("admin");
        return Contract.INSTANCE
                .document()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getKey().contains("{set_id}"))
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> DynamicTest.dynamicTest(method + " " + path.getKey(), () -> {
                            ObjectNode theirs = call(other, method, path.getKey(), id);
                            assertThat(theirs.path("code").asString()).isEqualTo("RESOURCE_NOT_FOUND");
                            String unknown = new DimensionSetId(FreshUuid.next()).toString();
                            for (String none : List.of(unknown, "x", "dset_", "%00", "stream_" + unknown)) {
                                assertThat(call(other, method, path.getKey(), none))
                                        .isEqualTo(theirs);
                            }
                            assertThat(caller.get(SETS + "/" + id)
                                            .json()
                                            .path("version")
                                            .asInt())
                                    .isEqualTo(1);
                        })));
    }

    private static ObjectNode call(Caller caller, String method, String template, String id) {
        boolean hasBody = List.of("post", "put", "patch").contains(method);
        String body = template.contains("highlight-types") ? "{\"id\": \"big\"}" : MINE;
        return caller.send(
                        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                        template.replace("{set_id}", id).replace("{type_id}", "big"),
                        hasBody ? Map.of("Content-Type", "application/json") : Map.of(),
                        hasBody ? body : "")
                .json()
                .asObject()
                .without(List.of("instance", "request_id"));
    }

    private String created(String body) {
        Answer created = caller.post(SETS, body);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("/id");
    }

    private Answer send(HttpMethod method, String path, String body) {
        return caller.send(
                method, SETS + path, body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"), body);
    }

    private static List<String> ids(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(set -> set.path("id").asString())
                .toList();
    }

    private static List<Integer> versions(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(set -> set.path("version").asInt())
                .toList();
    }
}
