package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void aYesOrNoSaysWhichScoreReachesItsThreshold() {
        assertThat(dimension("""
                        {"score": 1, "rules": 1, "model": null, "model_share": 0,
                         "scale": {"type": "binary", "threshold": 0.5, "categories": null},
                         "contributions": [{"contribution": 0.2819, "text": "loud"}, {"contribution": 0, "text": "dark"}]}
                        """))
                .containsExactly(
                        "wild = 1.0000, by rules",
                        "  +0.2819  loud",
                        "  sum +0.2819, 1 / (1 + e^-0.2819) = 0.5700",
                        "  rules: 0.5700 reaches 0.5000: counts as 1");
    }

    @Test
    void aDimensionThatNobodyScoredSaysWhyAndHasNothingToAddUp() {
        assertThat(dimension("""
                        {"score": 0, "confidence": 0, "rules": 0, "model": null, "model_share": 0, "scale": null,
                         "contributions": [{"feature": "unscored", "contribution": 0, "text": "not scored: nobody looked"},
                                           {"feature": "loudness.1s", "contribution": 0, "text": "loudness not measured"}]}
                        """)).containsExactly("wild = 0.0000, not scored: nobody looked");
    }

    @Test
    void aCategorySaysWhichOneIsReachedByRulesAndByTheModel() {
        assertThat(dimension("""
                        {"score": 0.44, "rules": 0.2, "model": {"score": 0.7}, "model_share": 0.6,
                         "scale": {"type": "categorical", "threshold": 0.5, "categories": {"tense": 0.6, "calm": 0.2, "mad": 1}},
                         "contributions": [{"contribution": -2, "text": "silent"}]}
                        """))
                .containsExactly(
                        "wild = 0.4400: 0.60 × model 0.6000 + 0.40 × rules 0.2000",
                        "  -2.0000  silent",
                        "  sum -2.0000, 1 / (1 + e^2.0000) = 0.1192",
                        "  rules: 0.1192 is below the lowest, “calm”: counts as 0.2000",
                        "  model: 0.7000 reaches “tense”: counts as 0.6000");
    }

    @Test
    void aWholeScoreOfOneAddsUp() {
        // logistic(29.9): the level has moved to the strongest moment, which has the score 1.
        List<String> lines = lines("true", "selected", "null", "{}", """
                {"shares": {}, "score": 1, "level": 0.9999999999998965, "steepness": 1.5, "stands_out": 1, "rank": 1, "most": 4,
                 "alone": 0.823, "confidence": 0.823}""", "[]");

        assertThat(lines)
                .containsSubsequence(
                        "  ln(1.0000 / 0.0000) = 30.0000  (held to ±30)",
                        "  ln(0.8 / 0.2) + 1.5000 × (30.0000 − 29.8995) = 1.5371",
                        "  1.0000 × 1 / (1 + e^-1.5371) = 0.8230");
    }

    @Test
    void aCallMakesTheConfidenceAtLeastItsLikenessAndTakesItOutOfTheCrowd() {
        List<String> lines = lines("true", "selected", "null", "{}", """
                {"shares": {}, "score": 0.9, "level": 0.8, "steepness": 1.5, "stands_out": 1, "rank": 5, "most": 4,
                 "alone": 0.85, "confidence": 0.7696}""", """
                [{"feature": "wake_word", "value": 0.9, "weight": 0.1, "contribution": 0.09,
                  "text": "wake word “clip that” heard at 1:20, likeness 0.90 (sound) (+0.09)"}]""");

        assertThat(lines)
                .containsSubsequence(
                        "Then",
                        "  wake word “clip that” heard at 1:20, likeness 0.90 (sound)",
                        "  what is called for has at least its likeness as confidence: 0.9000",
                        "  = 0.9000")
                .noneMatch(line -> line.contains("may stand out"));
    }

    @Test
    void aMarkerTakesItsPartOfTheDoubtAndItsMomentOutOfTheCrowd() {
        List<String> lines = lines("true", "selected", "null", "{}", """
                {"shares": {}, "score": 0.9, "level": 0.8, "steepness": 1.5, "stands_out": 1, "rank": 5, "most": 4,
                 "alone": 0.8, "confidence": 0.7598}""", """
                [{"feature": "marker", "value": 0.5, "weight": 0.1, "contribution": 0.05,
                  "text": "marker kill at 80.0 s, counts 0.50 (+0.05)"}]""");

        assertThat(lines)
                .containsSubsequence(
                        "Then",
                        "  marker kill at 80.0 s, counts 0.50: takes 0.5000 of the doubt that is left",
                        "  = 0.9000")
                .noneMatch(line -> line.contains("may stand out"));
    }

    @Test
    void whatIsInTheCrowdIsSqueezedAsTheSelectionDoesIt() {
        assertThat(lines("true", "selected", "null", "{}", """
                        {"shares": {}, "score": 0.9, "level": 0.8, "steepness": 1.5, "stands_out": 1, "rank": 5, "most": 4,
                         "alone": 0.85, "confidence": 0.7696, "naming": "big: wild 0.9000 ≥ 0.7000"}""", "[]"))
                .contains("Its name: big: wild 0.9000 ≥ 0.7000")
                .contains("Confidence by the score, where 0.8000 counts as 0.8 in this stream")
                .contains("  the 5. where 4 may stand out: 0.75 + 0.196 × (0.8500 − 0.75) = 0.7696");
    }

    @Test
    void whatTheModelDidNotSeeAllOfIsNotSaidToBeScoredByRules() {
        assertThat(lines("false", "overlap", "\"it saw 8 pictures instead of 60\"", "{}", "null", "[]"))
                .containsExactly(
                        "1:20.0 – 1:35.5, peak at 1:30.5: big, confidence 0.900, not kept: overlap",
                        "Because.",
                        "Less than all was asked of the model: it saw 8 pictures instead of 60");
    }

    private static List<String> dimension(String dimension) {
        List<String> lines = lines("true", "selected", "null", "{\"wild\": " + dimension + "}", "null", "[]");
        return lines.subList(lines.indexOf("") + 1, lines.size());
    }

    private static List<String> lines(
            String kept, String rule, String degraded, String dimensions, String reckoning, String contributions) {
        var moment = Json.of("""
            {"start_time": 80, "end_time": 95.5, "peak_time": 90.5, "confidence_score": 0.9, "type": "big", "kept": %s,
             "rule": "%s", "explanation": "Because.", "degraded": %s, "dimensions": %s, "reckoning": %s,
             "contributions": %s}
            """.formatted(kept, rule, degraded, dimensions, reckoning, contributions));
        return Explanation.lines(moment, moment);
    }
}
