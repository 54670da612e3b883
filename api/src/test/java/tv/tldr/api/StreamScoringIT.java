package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.stream.StreamId;

/** Along which dimensions a stream is scored is settled when it is submitted. */
class StreamScoringIT {
    private static final String SETS = "/api/v1/dimension-sets";
    private static final String MINE = """
            {"name": "Mine", "fallback_set_id": "gaming_default",
             "dimensions": [
               {"id": "action", "weight": 0.6, "rules": {"based_on": "gaming_default/action_intensity"}},
               {"id": "wit", "weight": 0.4}],
             "highlight_types": [{"id": "big", "criteria": {"min_scores": {"action": 0.5}}}]}
            """;

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("streams:*", "dimensions:*");

    @Test
    void aStreamKeepsTheSetAsItWas() {
        String set = caller.post(SETS, MINE).text("/id");
        Answer stream = submit("\"dimension_set_id\": \"" + set + "\"");
        assertThat(stream.status()).as(stream.toString()).isEqualTo(202);
        assertThat(stream.text("/options/dimension_set_id")).isEqualTo(set);
        assertThat(stream.json().at("/options/dimension_set_version").asInt()).isEqualTo(1);
        DimensionSetChain before = kept(stream);

        caller.send(
                HttpMethod.PATCH,
                SETS + "/" + set,
                Map.of("Content-Type", "application/json"),
                "{\"dimensions\": [{\"id\": \"action\"}]}");
        caller.send(HttpMethod.DELETE, SETS + "/" + set, Map.of(), "");

        assertThat(kept(stream)).isEqualTo(before);
        assertThat(before.sets())
                .extracting(version -> version.definition().id())
                .containsExactly(set, "gaming_default");
        assertThat(before.first().definition().dimensions())
                .extracting(Dimension::id)
                .containsExactly("action", "wit");
        assertThat(submit("\"dimension_set_id\": \"" + set + "\"").wrongFields())
                .containsExactly("options.dimension_set_id");
    }

    @Test
    void aPresetIsKeptAsItIsInThisRelease() {
        Answer stream = submit("");

        assertThat(kept(stream).first().definition()).isEqualTo(Preset.GAMING_DEFAULT.dimensionSet());
        assertThat(stream.json().at("/options/custom_dimensions")).isEmpty();
    }

    @Test
    void customDimensionsChangeTheSetForThisStreamAlone() {
        Answer stream = submit("""
                "custom_dimensions": {"funny_fail": {"weight": 0.7},
                  "quiet": {"weight": 0.2, "rules": {"signals": {"silence": [0, 0, 1]}}}}
                """);

        assertThat(stream.status()).as(stream.toString()).isEqualTo(202);
        JsonNode custom = stream.json().at("/options/custom_dimensions");
        assertThat(custom.propertyNames()).containsExactly("funny_fail", "quiet");
        assertThat(custom.at("/funny_fail/weight").asDouble()).isEqualTo(0.7);
        assertThat(custom.at("/funny_fail/name").asString()).isEqualTo("Funny fail");
        assertThat(custom.at("/quiet/rules/signals/silence/2").asDouble()).isEqualTo(1);
        assertThat(kept(stream).first().definition().dimensions()).hasSize(7);
        assertThat(caller.get("/api/v1/streams/" + stream.text("/id")).json().path("options"))
                .isEqualTo(stream.json().path("options"));
    }

    @Test
    void fusionAndTypesAreShownWithEveryDefault() {
        Answer stream = submit("""
                "highlight_types": ["clutch_play", "skill_play", "clutch_play"],
                "fusion": {"strategy": "cascade", "weights": {"audio": 1}, "order": ["audio", "video"]}
                """);

        assertThat(stream.json().at("/options/highlight_types").valueStream().map(JsonNode::asString))
                .containsExactly("clutch_play", "skill_play");
        JsonNode fusion = stream.json().at("/options/fusion");
        assertThat(fusion.path("strategy").asString()).isEqualTo("cascade");
        assertThat(fusion.at("/weights/video").asDouble()).isEqualTo(0.5);
        assertThat(fusion.at("/weights/audio").asDouble()).isEqualTo(1);
        assertThat(fusion.path("order").valueStream().map(JsonNode::asString)).containsExactly("audio", "video");
        assertThat(fusion.path("confidence_threshold").asDouble()).isEqualTo(0.8);
        assertThat(caller.get("/api/v1/streams/" + stream.text("/id")).json().path("options"))
                .isEqualTo(stream.json().path("options"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'video_analysis': false",
                "'audio_analysis': false, 'chat_analysis': false",
                "'multimodal_fusion': false",
                "'chat_analysis': null, 'video_analysis': true"
            })
    void modulesAreShownWithEveryDefault(String given) {
        Answer stream = submit("\"processing_modules\": {" + given.replace('\'', '"') + "}");

        assertThat(stream.status()).as(stream.toString()).isEqualTo(202);
        JsonNode modules = stream.json().at("/options/processing_modules");
        assertThat(modules.propertyNames())
                .containsExactly("video_analysis", "audio_analysis", "chat_analysis", "multimodal_fusion");
        modules.forEachEntry((name, value) ->
                assertThat(value.asBoolean()).as(name).isEqualTo(!given.contains("'" + name + "': false")));
        assertThat(caller.get("/api/v1/streams/" + stream.text("/id")).json().path("options"))
                .isEqualTo(stream.json().path("options"));
    }

    @Test
    void withoutAnythingLeftToScoreByTheReasonIsToldAtItsField() {
        Answer none = submit(
                "\"processing_modules\": {\"video_analysis\": false, \"audio_analysis\": false, \"chat_analysis\": false}");
        Answer chatAlone = submit("\"processing_modules\": {\"video_analysis\": false, \"audio_analysis\": false}");

        assertThat(none.text("/errors/0/pointer")).isEqualTo("/options/processing_modules");
        assertThat(none.text("/errors/0/message")).contains("must leave one of video_analysis, audio_analysis");
        assertThat(chatAlone.text("/errors/0/pointer")).isEqualTo("/options/processing_modules");
        assertThat(chatAlone.text("/errors/0/message")).contains("leave nothing to score by");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'dimension_set_id': 'gaming'                                 | options.dimension_set_id",
                "'dimension_set_id': 'dset_01kb0000000000000000000000'        | options.dimension_set_id",
                "'dimension_set_id': ''                                       | options.dimension_set_id",
                "'dimension_set_id': 7                                        | options.dimension_set_id",
                "'highlight_types': ['clutch_play', 'magic']                  | options.highlight_types[1]",
                "'custom_dimensions': {'Odd!': {}}                            | options.custom_dimensions.Odd!",
                "'custom_dimensions': {'funny_fail': {'weight': -1}}          | options.custom_dimensions.funny_fail.weight",
                "'custom_dimensions': {'funny_fail': {'id': 'other'}}         | options.custom_dimensions.funny_fail.id",
                "'custom_dimensions': {'funny_fail': {'wieght': 1}}           | options.custom_dimensions.funny_fail.wieght",
                "'custom_dimensions': {'funny_fail': 1}                       | options.custom_dimensions.funny_fail",
                "'custom_dimensions': []                                      | options.custom_dimensions",
                "'fusion': {'strategy': 'vote'}                               | options.fusion.strategy",
                "'fusion': {'weights': {'video': 0, 'audio': 0, 'text': 0}}   | options.fusion.weights",
                "'fusion': {'weights': {'smell': 1}}                          | options.fusion.weights.smell",
                "'fusion': {'min_modalities': 1}                              | options.fusion.min_modalities",
                "'fusion': {'strategy': 'consensus', 'min_modalities': 3}     | options.fusion.min_modalities",
                "'fusion': {'agreement_threshold': 2}                         | options.fusion.agreement_threshold",
                "'fusion': {'order': []}                                      | options.fusion.order",
                "'fusion': {'order': ['audio', 'audio']}                      | options.fusion.order[1]",
                "'processing_modules': {'audio_analysis': 0}                  | options.processing_modules.audio_analysis",
                "'processing_modules': {'smell_analysis': false}              | options.processing_modules.smell_analysis",
                "'processing_modules': {'video_analysis': false, 'audio_analysis': false, 'chat_analysis': false} | options.processing_modules",
                "'processing_modules': {'video_analysis': false, 'audio_analysis': false} | options.processing_modules",
                "'processing_modules': {'multimodal_fusion': false}, 'fusion': {'strategy': 'cascade'} | options.fusion",
                "'processing_modules': {'video_analysis': false}, 'fusion': {'strategy': 'consensus'} | options.fusion.min_modalities",
            })
    void aFaultIsToldAtItsField(String options, String field) {
        Answer refused = submit(options.replace('\'', '"'));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly(field);
    }

    @Test
    void tooManyDimensionsOrNoWeightAtAllAreFaultsOfTheWhole() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            many.append(i == 0 ? "" : ", ").append("\"extra_").append(i).append("\": {}");
        }
        assertThat(submit("\"custom_dimensions\": {" + many + "}").wrongFields())
                .containsExactly("options.custom_dimensions");

        String set = caller.post(SETS, MINE).text("/id");
        assertThat(submit("\"dimension_set_id\": \"" + set
                                + "\", \"custom_dimensions\": {\"action\": {\"weight\": 0}, \"wit\": {\"weight\": 0}}")
                        .wrongFields())
                .containsExactly("options.custom_dimensions");
    }

    @Test
    void nothingIsJudgedByAnotherSetThanTheOneThatWasMeant() {
        StringBuilder many = new StringBuilder("\"wit\": {\"weight\": -1}");
        for (int i = 0; i < 15; i++) {
            many.append(", \"extra_").append(i).append("\": {}");
        }

        Answer refused =
                submit("\"dimension_set_id\": \"gaming\", \"highlight_types\": [\"big\"], \"custom_dimensions\": {"
                        + many + "}");

        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder("options.dimension_set_id", "options.custom_dimensions.wit.weight");
        assertThat(submit("\"dimension_set_id\": 7, \"highlight_types\": [\"big\", 7]")
                        .wrongFields())
                .containsExactlyInAnyOrder("options.dimension_set_id", "options.highlight_types[1]");
    }

    @Test
    void aSetThatRulesCannotScoreIsRefusedWhereOnlyRulesScore() {
        String set = caller.post(SETS, "{\"name\": \"Words\", \"dimensions\": [{\"id\": \"wit\"}]}")
                .text("/id");

        Answer refused = submit("\"dimension_set_id\": \"" + set + "\"");

        assertThat(refused.wrongFields()).containsExactly("options.dimension_set_id");
        assertThat(refused.text("/detail")).contains("rules alone cannot score");
        assertThat(submit("\"dimension_set_id\": \"" + set + "\", \"strategy\": \"hybrid\"")
                        .wrongFields())
                .as("without a model hybrid goes by rules, too")
                .containsExactly("options.dimension_set_id");
        assertThat(submit(
                                "\"dimension_set_id\": \"" + set
                                        + "\", \"custom_dimensions\": {\"wit\": {\"rules\": {\"signals\": {\"speech\": [0, 1, 0]}}}}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anotherTenantsSetIsNone() {
        String foreign = api.caller("dimensions:*").post(SETS, MINE).text("/id");

        assertThat(submit("\"dimension_set_id\": \"" + foreign + "\"").wrongFields())
                .containsExactly("options.dimension_set_id");
    }

    private Answer submit(String options) {
        return caller.post(
                "/api/v1/streams",
                "{\"source_url\": \"https://media.example.com/" + UUID.randomUUID() + ".mp4\", \"options\": {" + options
                        + "}}");
    }

    private DimensionSetChain kept(Answer stream) {
        StreamRef ref = new StreamRef(caller.organization(), StreamId.parse(stream.text("/id")));
        return Objects.requireNonNull(
                Objects.requireNonNull(api.bean(StreamStore.class).find(ref).block())
                        .dimensionSet());
    }
}
