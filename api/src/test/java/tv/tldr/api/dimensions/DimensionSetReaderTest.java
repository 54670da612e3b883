package tv.tldr.api.dimensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.http.FieldError;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;

/** Which set does a request describe, and which fault is told where? */
class DimensionSetReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final String SOUND = """
            {"name": "Mine",
             "dimensions": [
               {"id": "action", "weight": 0.6, "rules": {"based_on": "gaming_default/action_intensity"}},
               {"id": "wit", "weight": 0.4, "scoring_prompt": "How witty is it?"}],
             "highlight_types": [{"id": "big", "criteria": {"min_scores": {"action": 0.5}}}]}
            """;

    @ParameterizedTest(name = "{0} = {1}: {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/name                                | null                     | name                                  | is required",
                "/name                                | ' '                      | name                                  | must not be blank",
                "/base                                | 'chess_default'          | base                                  | must be one of the presets gaming_default",
                "/surprise                            | 1                        | surprise                              | is not known",
                "/dimensions                          | []                       | dimensions                            | from 1 to 20 dimensions, not 0",
                "/dimensions                          | null                     | dimensions                            | is required",
                "/dimensions/1                        | 7                        | dimensions[1]                         | must be an object",
                "/dimensions/1/id                     | null                     | dimensions[1].id                      | is required",
                "/dimensions/1/id                     | 'action'                 | dimensions[1].id                      | must be unique: dimensions[0] is action, too",
                "/dimensions/1/id                     | 'How-Witty'              | dimensions[1].id                      | must be lower_snake_case",
                "/dimensions/1/id                     | 'total_score'            | dimensions[1].id                      | means something else in formulas",
                "/dimensions/1/id                     | 'max'                    | dimensions[1].id                      | means something else in formulas",
                "/dimensions/1/type                   | 'fuzzy'                  | dimensions[1].type                    | must be one of numeric, binary, categorical",
                "/dimensions/1/weight                 | -0.1                     | dimensions[1].weight                  | must be a number from 0 to 1000",
                "/dimensions/1/weight                 | 'heavy'                  | dimensions[1].weight                  | must be a number",
                "/dimensions/1/range                  | [1, 1]                   | dimensions[1].range                   | from a lower to a higher number",
                "/dimensions/1/range                  | [0]                      | dimensions[1].range                   | must be a list of 2 numbers",
                "/dimensions/1/range                  | [0, 1e400]               | dimensions[1].range                   | must be a list of 2 numbers",
                "/dimensions/1/modalities             | ['video', 'smell']       | dimensions[1].modalities[1]           | must be one of video, audio, text",
                "/dimensions/1/modalities             | ['video', 'video']       | dimensions[1].modalities[1]           | is there twice",
                "/dimensions/1/modalities             | []                       | dimensions[1].modalities              | must hold at least one",
                "/dimensions/1/aggregation            | 'sum'                    | dimensions[1].aggregation             | must be one of max, mean, weighted_mean",
                "/dimensions/1/threshold              | 1.1                      | dimensions[1].threshold               | must be a number from 0 to 1",
                "/dimensions/1                        | {'id': 'wit', 'type': 'binary', 'threshold': 0} | dimensions[1].threshold | must be above 0 in a binary dimension",
                "/dimensions/1/type                   | 'categorical'            | dimensions[1].categories              | must name from 2 to 20 categories",
                "/dimensions/1                        | {'id': 'wit', 'type': 'categorical', 'categories': {'a': 0, ' b': 1}} | dimensions[1].categories. b | must not begin or end with a space",
                "/dimensions/1/categories             | {'a': 0, 'b': 1}         | dimensions[1].categories              | are for a dimension of the type categorical",
                "/dimensions/1/examples               | {'best': 'x'}            | dimensions[1].examples.best           | is not known",
                "/dimensions/1/prefer_rules           | true                     | dimensions[1].prefer_rules            | needs rules",
                "/dimensions/1/rules                  | {'based_on': 'wit'}      | dimensions[1].rules.based_on          | must be a preset and one of its dimensions",
                "/dimensions/1/rules                  | {'based_on': 'x/y'}      | dimensions[1].rules.based_on          | must be a preset and one of its dimensions",
                "/dimensions/1/rules                  | {'reach': 2}             | dimensions[1].rules.reach             | must be a number from 0 to 1",
                "/dimensions/1/rules                  | {'signals': {'loudness': [1, 2]}} | dimensions[1].rules.signals.loudness | must be a list of 3 numbers",
                "/dimensions/1/rules                  | {'signals': {'smell': [1, 2, 3]}} | dimensions[1].rules.signals.smell    | is not a signal; there are loudness",
                "/min_dimensions_required             | 3                        | min_dimensions_required               | must be a whole number from 1 to 2",
                "/min_dimensions_required             | 0                        | min_dimensions_required               | must be a whole number from 1 to 2",
                "/clip                                | {'shortest': 30, 'longest': 20} | clip.longest                   | must not be less than shortest",
                "/cooldown                            | -1                       | cooldown                              | must be a number from 0",
                "/calibration                         | {'sure': 1}              | calibration.sure                      | must be a number from 0.01 to 0.99",
                "/highlight_types/0/id                | 'Big!'                   | highlight_types[0].id                 | must be lower_snake_case",
                "/highlight_types/0/priority          | 0                        | highlight_types[0].priority           | must be a whole number from 1 to 1000",
                "/highlight_types/0/criteria/min_scores/magic | 0.5              | highlight_types[0].criteria.min_scores.magic | is not a dimension of the set; there are action, wit",
                "/highlight_types/0/criteria/min_scores/action | 50              | highlight_types[0].criteria.min_scores.action | must be a number from 0 to 1",
                "/highlight_types/0/criteria/any_of_scores    | {'magic': 1}     | highlight_types[0].criteria.any_of_scores.magic | is not a dimension",
                "/highlight_types/0/criteria/required_dimensions | ['wit', 'magic'] | highlight_types[0].criteria.required_dimensions[1] | is not a dimension",
                "/highlight_types/0/criteria/min_duration     | 0                | highlight_types[0].criteria.min_duration | must be a number from 1",
                "/highlight_types/0/criteria/max_duration     | 0                | highlight_types[0].criteria.max_duration | must be a number from 1",
                "/highlight_types/0/criteria/cooldown_period  | -5               | highlight_types[0].criteria.cooldown_period | must be a number from 0",
                "/highlight_types/0/criteria/score_formula    | 'action * magic' | highlight_types[0].criteria.score_formula | does not know \"magic\"; it may name action, total_score, wit (at character 10)",
                "/highlight_types/0/criteria/score_formula    | 'action / (1-1)' | highlight_types[0].criteria.score_formula | divides by zero (at character 8)",
                "/highlight_types/0/criteria/score_formula    | ''               | highlight_types[0].criteria.score_formula | is empty (at character 1)",
                "/highlight_types/0/criteria/score_formula    | 'action +'       | highlight_types[0].criteria.score_formula | (at character 8)",
                "/highlight_types/0/auto_tag         | [1]                      | highlight_types[0].auto_tag[0]       | must be text",
                "/highlight_types/0/metadata_template | {'at': '{{peak}}'}       | highlight_types[0].metadata_template.at | has nothing for {{peak}}; there are type, peak_time",
                "/highlight_types/0/metadata_template | {'at': '{{score.magic}}'} | highlight_types[0].metadata_template.at | has nothing for {{score.magic}}",
            })
    void a_fault_is_told_at_its_field(String pointer, String value, String field, String message) {
        ObjectNode body = sound();
        put(body, pointer, JSON.readTree(value.replace('\'', '"')));

        assertThat(faults(body))
                .anySatisfy(fault -> {
                    assertThat(fault.field()).isEqualTo(field);
                    assertThat(fault.message()).contains(message);
                })
                .hasSize(1);
    }

    @Test
    void all_faults_are_told_at_once() {
        ObjectNode body = sound();
        put(body, "/name", JSON.readTree("7"));
        put(body, "/dimensions/0/weight", JSON.readTree("-1"));
        put(body, "/dimensions/1/range", JSON.readTree("[3, 2]"));
        put(body, "/highlight_types/0/criteria/score_formula", JSON.readTree("\"1 +\""));
        put(body, "/highlight_types/0/id", JSON.readTree("\"Big\""));

        assertThat(faults(body))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "dimensions[0].weight",
                        "dimensions[1].range",
                        "highlight_types[0].criteria.score_formula",
                        "highlight_types[0].id");
    }

    @Test
    void types_without_an_id_are_not_twins() {
        ObjectNode body = sound();
        put(body, "/highlight_types", JSON.readTree("[{}, {}, {\"id\": \"faulty\"}]"));

        assertThat(faults(body))
                .extracting(FieldError::field, FieldError::message)
                .containsExactlyInAnyOrder(
                        tuple("highlight_types[0].id", "is required"), tuple("highlight_types[1].id", "is required"));
    }

    @Test
    void types_of_the_same_id_are_a_fault() {
        ObjectNode body = sound();
        put(body, "/highlight_types", JSON.readTree("[{\"id\": \"big\"}, {\"id\": \"big\"}]"));

        assertThat(faults(body)).extracting(FieldError::field).containsExactly("highlight_types[1].id");
    }

    @Test
    void weights_must_not_all_be_zero() {
        ObjectNode body = sound();
        put(body, "/dimensions/0/weight", JSON.readTree("0"));
        put(body, "/dimensions/1/weight", JSON.readTree("0"));

        assertThat(faults(body)).singleElement().satisfies(fault -> {
            assertThat(fault.field()).isEqualTo("dimensions");
            assertThat(fault.message()).contains("the weight 0");
        });
    }

    @Test
    void twenty_dimensions_are_enough() {
        ObjectNode body = sound();
        ArrayNode dimensions = body.putArray("dimensions");
        dimensions.addObject().put("id", "action");
        IntStream.range(1, 20).forEach(i -> dimensions.addObject().put("id", "dimension_" + i));
        assertThat(read(body).dimensions()).hasSize(20);

        dimensions.addObject().put("id", "one_too_many");

        assertThat(faults(body)).extracting(FieldError::field).containsExactly("dimensions");
    }

    @Test
    void texts_have_bounds() {
        ObjectNode body = sound();
        ObjectNode dimension = (ObjectNode) body.at("/dimensions/1");
        dimension.put("scoring_prompt", "x".repeat(2001)).put("description", "x".repeat(1001));
        dimension.putObject("examples").put("high", "x".repeat(501));
        body.put("name", "x".repeat(101)).put("description", "a\0b");

        assertThat(faults(body))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "description",
                        "dimensions[1].scoring_prompt",
                        "dimensions[1].description",
                        "dimensions[1].examples.high");
    }

    @Test
    void a_formula_has_an_end() {
        ObjectNode body = sound();
        put(
                body,
                "/highlight_types/0/criteria/score_formula",
                JSON.readTree("\"" + "(".repeat(21) + "action" + "+1)".repeat(21) + "\""));
        assertThat(faults(body)).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("nested more than 20 levels deep"));

        put(body, "/highlight_types/0/criteria/score_formula", JSON.readTree("\"" + "1+".repeat(40_000) + "1\""));
        assertThat(faults(body)).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("longer than 500 characters"));
    }

    @Test
    void what_is_left_out_has_its_usual_value() {
        DimensionSet set = read(sound());

        Dimension wit = set.dimensions().get(1);
        assertThat(wit.name()).isEqualTo("wit");
        assertThat(wit.scale().type()).isEqualTo(DimensionType.NUMERIC);
        assertThat(wit.aggregation()).isEqualTo(Aggregation.MAX);
        assertThat(wit.modalities()).containsExactlyInAnyOrder(Modality.values());
        assertThat(wit.rules()).isEqualTo(RuleModel.NONE);
        assertThat(wit.highlightType()).isEqualTo("wit");
        assertThat(set.normalizeWeights()).isTrue();
        assertThat(set.minDimensionsRequired()).isEqualTo(1);
        assertThat(set.fallbackSetId()).isNull();
        assertThat(set.types()).extracting(HighlightType::priority).containsExactly(100);
    }

    @Test
    void rules_are_a_presets_or_ones_own_or_both() {
        ObjectNode body = sound();
        put(
                body,
                "/dimensions/1/rules",
                JSON.readTree("{\"signals\": {\"speech\": [0, 0.4, 0], \"crowd\": [0.1, 0, 0.2]}}"));
        put(body, "/dimensions/0/rules/reach", JSON.readTree("0.3"));

        DimensionSet set = read(body);

        RuleModel fitted =
                Preset.GAMING_DEFAULT.dimensionSet().dimensions().getFirst().rules();
        assertThat(set.dimensions().get(0).rules())
                .isEqualTo(new RuleModel(0.3, fitted.origin(), fitted.usual(), fitted.terms()));
        assertThat(set.dimensions().get(1).rules())
                .isEqualTo(new RuleModel(
                        0.5,
                        "By hand.",
                        -1,
                        List.of(
                                new Term(SignalKind.CROWD, 1, 0.1),
                                new Term(SignalKind.CROWD, 15, 0.2),
                                new Term(SignalKind.SPEECH, 5, 0.4))));
    }

    @Test
    void a_base_fills_in_the_rest() {
        DimensionSet gaming = Preset.GAMING_DEFAULT.dimensionSet();
        DimensionSet set = read((ObjectNode) JSON.readTree("""
                {"base": "gaming_default", "name": "Funny gaming",
                 "dimensions": [{"id": "funny_fail", "weight": 0.9}, {"id": "action_intensity"}]}
                """));

        assertThat(set.name()).isEqualTo("Funny gaming");
        assertThat(set.calibration()).isEqualTo(gaming.calibration());
        assertThat(set.dimensions()).extracting(Dimension::id).containsExactly("funny_fail", "action_intensity");
        assertThat(set.dimensions().getFirst().weight()).isEqualTo(0.9);
        assertThat(set.dimensions().get(1)).isEqualTo(gaming.dimensions().getFirst());
        // Those that can still be.
        assertThat(set.types()).extracting(HighlightType::id).containsExactly("action", "funny_fail");
        assertThat(read((ObjectNode) JSON.readTree("{\"base\": \"gaming_default\"}"))
                        .types())
                .isEqualTo(gaming.types());
    }

    @Test
    void auto_tag_is_another_name_for_auto_tag() {
        ObjectNode body = sound();
        put(body, "/highlight_types/0/auto_tag", JSON.readTree("[\"clip it\"]"));

        assertThat(read(body).types().getFirst().autoTags()).containsExactly("clip it");
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void what_is_answered_may_be_sent_back(Preset preset) {
        ObjectNode answer = JSON.valueToTree(DimensionSetResponse.of(StoredSet.of(preset)));

        assertThat(DimensionSetReader.read(new Fields(answer), preset.wire())).hasValue(preset.dimensionSet());
    }

    @Test
    void rules_that_tell_nothing_are_a_warning() {
        ValidationResponse validation = ValidationResponse.sound(read(sound()));
        assertThat(validation.warnings()).extracting(FieldError::field).containsExactly("dimensions[1].rules");

        ObjectNode body = sound();
        put(body, "/dimensions/0/modalities", JSON.readTree("[\"text\"]"));
        assertThat(ValidationResponse.sound(read(body)).warnings())
                .extracting(FieldError::field)
                .containsExactly("dimensions[0].rules", "dimensions[1].rules", "dimensions");
    }

    private static DimensionSet read(ObjectNode body) {
        Fields fields = new Fields(body);
        DimensionSet set = DimensionSetReader.read(fields, "dset_test").orElse(null);
        fields.finish();
        return Objects.requireNonNull(set);
    }

    private static List<FieldError> faults(ObjectNode body) {
        Fields fields = new Fields(body);
        boolean empty = DimensionSetReader.read(fields, "dset_test").isEmpty();
        ProblemException problem = catchThrowableOfType(ProblemException.class, fields::finish);
        List<FieldError> faults = new ArrayList<>(problem == null ? List.of() : problem.errors());
        // What nobody asked for is seen at the end only.
        assertThat(empty || faults.stream().allMatch(fault -> fault.message().startsWith("is not known")))
                .isTrue();
        return faults;
    }

    private static ObjectNode sound() {
        return (ObjectNode) JSON.readTree(SOUND);
    }

    private static void put(ObjectNode body, String path, JsonNode value) {
        JsonPointer pointer = JsonPointer.compile(path);
        JsonNode parent = body.at(pointer.head());
        if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), value);
        }
    }
}
