package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTableTest {
    private static final String SET = """
            {"id": "dset_1", "version": 3, "preset": false, "name": "Our league", "description": "Ranked matches.",
             "dimensions": [
               {"id": "streak", "weight": 0.7, "description": "In a row.",
                "rules": {"reach": 0.8, "signals": {"loudness": [0, 1, 0]}}},
               {"id": "wit", "weight": 0.3, "description": "", "rules": {"reach": 0, "signals": {}}}],
             "highlight_types": [
               {"id": "big", "priority": 1, "criteria": {"min_scores": {"streak": 0.7, "wit": 0.2},
                "any_of_scores": {"streak": 0.9, "wit": 0.9}, "required_dimensions": ["wit"],
                "score_formula": "streak * 2", "min_total_score": 0.5}},
               {"id": "any", "priority": 100, "criteria": {"min_scores": {}, "any_of_scores": {}, "required_dimensions": [],
                "score_formula": null, "min_total_score": null}}],
             "min_dimensions_required": 2, "fallback_set_id": "gaming_default"}
            """;

    @Test
    void aSetSaysWhatScoresEachDimensionAndWhatEachTypeAsksFor() {
        assertThat(DimensionTable.one(Json.of(SET)))
                .containsExactly(
                        "dset_1  Our league  version 3",
                        "Ranked matches.",
                        "",
                        "WEIGHT  DIMENSION  SCORED BY    DESCRIPTION",
                        "0.70    streak     rules, 80 %  In a row.",
                        "0.30    wit        AI only",
                        "",
                        "PRIORITY  TYPE  WHEN",
                        "1         big   streak ≥ 0.7 and wit ≥ 0.2 and (streak ≥ 0.9 or wit ≥ 0.9) and wit reached and"
                                + " streak * 2 ≥ 0.5",
                        "100       any   always",
                        "",
                        "When fewer than 2 dimensions can be scored: gaming_default.");
    }

    @Test
    void aListHasALineForEach() {
        assertThat(DimensionTable.list(List.of(
                        Json.of("{\"id\": \"gaming_default\", \"version\": 1, \"preset\": true, \"name\": \"Gaming\"}"),
                        Json.of(SET))))
                .containsExactly(
                        "ID              VERSION  NAME        DIMENSIONS",
                        "gaming_default  preset   Gaming",
                        "dset_1          3        Our league  streak, wit");
    }

    @Test
    void faultsAndWarningsAreLines() {
        assertThat(DimensionTable.faults(Json.of("""
                        {"valid": false, "errors": [{"field": "a[0].b", "message": "is required"}],
                         "warnings": [{"field": "c", "message": "tell nothing"}]}
                        """)))
                .containsExactly("a[0].b: is required", "warning: c tell nothing");
        assertThat(DimensionTable.faults(Json.of("{\"valid\": true}"))).containsExactly("No faults.");
    }
}
