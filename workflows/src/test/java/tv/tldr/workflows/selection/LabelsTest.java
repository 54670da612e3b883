package tv.tldr.workflows.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.stream.TimeRange;

/** What does a highlight type write on its highlights? */
class LabelsTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{{type}}                           | clutch_play",
                "{{peak_time}}                      | 87.5",
                "{{start_time}}-{{ end_time }}      | 80-95.062",
                "sure of {{confidence}}             | sure of 0.837",
                "{{score.action}}                   | 0.75",
                // Not scored in this moment, and not known at all.
                "<{{score.wit}}>                    | <>",
                "<{{score.magic}}>                  | <>",
                "plain {text} $1 \\0                | plain {text} $1 \\0",
                "{{{type}}}                         | {clutch_play}",
            })
    void a_template_is_filled_in(String template, String filled) {
        assertEquals(Map.of("note", filled), labels(type(template)).metadata());
    }

    @Test
    void tags_are_the_types() {
        assertEquals(List.of("clutch", "late"), labels(type("x")).tags());
    }

    @Test
    void a_moment_of_no_type_has_none() {
        assertEquals(Labels.NONE, labels(null));
    }

    @Test
    void what_nothing_fills_in_is_known_before() {
        assertEquals(
                List.of("score.magic", "peak"),
                Labels.unknownPlaceholders(
                        "{{score.magic}} {{score.action}} {{peak}} {{type}} {{ peak }}", Set.of("action")));
    }

    private static Labels labels(@Nullable HighlightType type) {
        Map<String, DimensionScore> dimensions = Map.of(
                "action", new DimensionScore(0.75, 0.5, Map.of(), 0.75, null, 0, null, List.of()),
                "wit", new DimensionScore(0.5, 0, Map.of(), 0.5, null, 0, null, List.of()));
        return Labels.of(type, new TimeRange(80, 95.0625), 87.5, 0.8371, dimensions);
    }

    private static HighlightType type(String template) {
        return new HighlightType(
                "clutch_play", "Clutch", "", Criteria.NONE, 1, List.of("clutch", "late"), Map.of("note", template));
    }
}
