package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which type is a moment that scores action 0.8, clutch 0.5 and laughter 0, and 0.6 as a whole? */
class ClassificationTest {
    private static final Map<String, Double> SCORES = Map.of("action", 0.8, "clutch", 0.5, "laughter", 0.0);
    private static final double TOTAL = 0.6;
    private static final List<Dimension> DIMENSIONS = List.of(
            Dimension.ofRules("action", "action", 1, RuleModel.NONE),
            Dimension.ofRules("clutch", "clutch", 1, RuleModel.NONE),
            Dimension.ofRules("laughter", "laughter", 1, RuleModel.NONE),
            Dimension.ofRules("unscored", "unscored", 1, RuleModel.NONE));

    @ParameterizedTest(name = "at least {0}: {1}")
    @CsvSource({
        "action=0.8,            true",
        "action=0.81,           false",
        "action=0.8 clutch=0.5, true",
        "action=0.8 clutch=0.6, false",
        "laughter=0,            true",
        "unscored=0,            false",
    })
    void min_scores_must_all_be_reached(String least, boolean fits) {
        assertFits(fits, new Criteria(scores(least), Map.of(), List.of(), null, null, null, null, null));
    }

    @ParameterizedTest(name = "any of {0}: {1}")
    @CsvSource({
        "action=0.9 clutch=0.5, true",
        "action=0.9 clutch=0.6, false",
        "unscored=0,            false",
    })
    void one_of_any_of_scores_is_enough(String least, boolean fits) {
        assertFits(fits, new Criteria(Map.of(), scores(least), List.of(), null, null, null, null, null));
    }

    @ParameterizedTest(name = "requires {0}: {1}")
    @CsvSource({"action, true", "action clutch, true", "laughter, false", "unscored, false"})
    void required_dimensions_must_be_scored_and_reach_their_threshold(String required, boolean fits) {
        assertFits(
                fits, new Criteria(Map.of(), Map.of(), List.of(required.split(" ", -1)), null, null, null, null, null));
    }

    @ParameterizedTest(name = "whole score at least {0}: {1}")
    @CsvSource({"0.6, true", "0.61, false", "0, true"})
    void min_total_score_is_of_the_whole_score(double least, boolean fits) {
        assertFits(fits, new Criteria(Map.of(), Map.of(), List.of(), least, null, null, null, null));
    }

    @ParameterizedTest(name = "{0} with at least {1}: {2}")
    @CsvSource({
        "action + clutch,         1.3, true",
        "action + clutch,         1.4, false",
        // Without a least value: above 0, so that a comparison can stand alone.
        "action > 0.7,            ,    true",
        "action > 0.9,            ,    false",
        "laughter,                ,    false",
        "total_score * 2,         1.2, true",
        // No value is no highlight.
        "action / laughter,       ,    false",
        "'if(unscored > 0, 1, 1)', , false",
    })
    void a_formula_decides_instead_of_the_whole_score(String formula, @Nullable Double least, boolean fits) {
        assertFits(fits, new Criteria(Map.of(), Map.of(), List.of(), least, formula, null, null, null));
    }

    @Test
    void nothing_asked_fits_every_moment() {
        assertFits(true, Criteria.NONE);
    }

    @Test
    void of_those_that_fit_priority_comes_first() {
        assertNamed("first", type("second", 2, formula("9")), type("first", 1, formula("0.1")));
    }

    @Test
    void then_the_higher_value() {
        assertNamed("higher", type("lower", 3, formula("0.5")), type("higher", 3, formula("0.7")));
    }

    @Test
    void then_the_one_that_asks_for_more() {
        Criteria one = new Criteria(Map.of("action", 0.1), Map.of(), List.of(), null, null, null, null, null);
        Criteria two =
                new Criteria(Map.of("action", 0.1, "clutch", 0.1), Map.of(), List.of(), null, null, null, null, null);

        assertNamed("special", type("general", 3, one), type("special", 3, two));
    }

    @Test
    void then_the_one_that_was_written_first() {
        assertNamed("written_first", type("written_first", 3, Criteria.NONE), type("a_later_one", 3, Criteria.NONE));
    }

    @Test
    void the_reason_tells_what_was_asked_what_there_is_and_which_others_fit() {
        Criteria strict = new Criteria(
                Map.of("action", 0.75),
                scores("clutch=0.6 action=0.7"),
                List.of("clutch"),
                0.9,
                "action + clutch",
                null,
                null,
                null);
        Classification classification = Classification.of(
                List.of(type("loose", 5, Criteria.NONE), type("strict", 1, strict), type("never", 1, formula("0 - 1"))),
                DIMENSIONS);

        assertEquals(
                "strict: action 0.8000 ≥ 0.7500, one of several: action 0.8000 ≥ 0.7000, clutch 0.5000 reaches its threshold 0.5000, "
                        + "action + clutch = 1.3000 ≥ 0.9000; its priority 1 goes before loose (priority 5)",
                classification.reason(SCORES, TOTAL).orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            0.7 | 0 | its value 0.7000 goes before other (0.6000)
            0.6 | 1 | it asks for 1 more than other
            0.6 | 0 | it is written before other
            """)
    void where_priorities_tie_the_reason_tells_what_decides(double value, int more, String reason) {
        Map<String, Double> least = more == 0 ? Map.of() : Map.of("action", 0.1);
        Criteria chosen = new Criteria(least, Map.of(), List.of(), null, String.valueOf(value), null, null, null);
        Classification classification =
                Classification.of(List.of(type("chosen", 2, chosen), type("other", 2, formula("0.6"))), DIMENSIONS);

        assertTrue(classification.reason(SCORES, TOTAL).orElseThrow().endsWith("; " + reason));
    }

    @Test
    void what_fits_nothing_has_no_reason() {
        Classification classification = Classification.of(List.of(type("never", 1, formula("0 - 1"))), DIMENSIONS);

        assertTrue(classification.reason(SCORES, TOTAL).isEmpty());
    }

    @Test
    void a_type_with_a_faulty_formula_is_never_read() {
        List<HighlightType> types = List.of(type("odd", 1, formula("wit + 1")));

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Classification.of(types, DIMENSIONS));

        assertTrue(String.valueOf(refused.getMessage()).contains("odd"));
    }

    private static void assertFits(boolean fits, Criteria criteria) {
        Classification classification = Classification.of(List.of(type("some_type", 1, criteria)), DIMENSIONS);

        assertEquals(fits, classification.of(SCORES, TOTAL).isPresent());
    }

    private static void assertNamed(String id, HighlightType... types) {
        Classification classification = Classification.of(List.of(types), DIMENSIONS);

        assertEquals(id, classification.of(SCORES, TOTAL).orElseThrow().name());
    }

    private static Criteria formula(String formula) {
        return new Criteria(Map.of(), Map.of(), List.of(), null, formula, null, null, null);
    }

    private static HighlightType type(String id, int priority, Criteria criteria) {
        return new HighlightType(id, id, "", criteria, priority, List.of(), Map.of());
    }

    /** {@code action=0.8 clutch=0.5} */
    private static Map<String, Double> scores(String text) {
        Map<String, Double> scores = new java.util.LinkedHashMap<>();
        for (String entry : text.split(" ", -1)) {
            String[] parts = entry.split("=", -1);
            scores.put(parts[0], Double.valueOf(parts[1]));
        }
        return scores;
    }
}
