package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.workflows.scoring.Calibration;

class ConfidenceScaleTest {
    private static final Calibration CALIBRATION = new Calibration(0.65, 2.4);
    private static final Background CALM = Background.of(0.25, 0.3, 0.3);

    @Test
    void theScoreThatThePresetIsSureOfHasConfidenceFourFifths() {
        ConfidenceScale scale = ConfidenceScale.of(List.of(0.9, 0.65, 0.6), CALM, 180, CALIBRATION);

        assertThat(scale.confidence(0.65, 2)).isCloseTo(0.8, within(1e-12));
        assertThat(scale.confidence(0.9, 1)).isGreaterThan(0.9);
        assertThat(scale.confidence(0.6, 3)).isLessThan(0.8);
    }

    @Test
    void whereTooFewReachItTheStreamsOwnBestDo() {
        ConfidenceScale scale = ConfidenceScale.of(List.of(0.55, 0.5), CALM, 180, CALIBRATION);

        assertThat(scale.confidence(0.55, 1)).isGreaterThan(0.8);
        assertThat(scale.confidence(0.5, 2)).isLessThan(0.8);
    }

    @Test
    void butNeverWhatDoesNotStandOut() {
        ConfidenceScale scale = ConfidenceScale.of(List.of(0.4, 0.38), CALM, 180, CALIBRATION);

        assertThat(CALM.least()).isGreaterThan(0.4);
        assertThat(scale.confidence(0.4, 1)).isLessThan(0.8);
        assertThat(scale.confidence(CALM.least(), 1)).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void theUsualHasNoConfidence() {
        ConfidenceScale scale = ConfidenceScale.of(List.of(0.9), CALM, 180, CALIBRATION);

        assertThat(scale.confidence(CALM.usual(), 1)).isZero();
        assertThat(scale.confidence(0.1, 1)).isZero();
    }

    @Test
    void ofTooManyOnlyTheStrongestPass() {
        List<Double> crowd = Collections.nCopies(40, 0.9);

        ConfidenceScale scale = ConfidenceScale.of(crowd, CALM, 3600, CALIBRATION);

        assertThat(scale.confidence(0.9, 12)).isGreaterThan(0.8);
        assertThat(scale.confidence(0.9, 13))
                .as("as strong, but the thirteenth")
                .isLessThan(0.8);
    }

    @Test
    void thoseThatAreTooManyKeepTheirOrder() {
        ConfidenceScale scale = ConfidenceScale.of(Collections.nCopies(40, 0.9), CALM, 3600, CALIBRATION);

        assertThat(scale.confidence(0.95, 13)).isLessThan(0.8).isGreaterThan(scale.confidence(0.9, 14));
        assertThat(scale.confidence(0.7, 15))
                .as("what is not near 0.8 anyway stays what it is")
                .isEqualTo(scale.confidence(0.7, 1));
    }

    /** In a stream that is always in motion the three best are its best; more must be more than its motion. */
    @Test
    void beyondTheFirstFewAMomentMustBeHigherThanTheStreamsOwnWaves() {
        Background lively = Background.of(0.25, 3, 0.3);
        List<Double> scores = List.of(0.9, 0.85, 0.8, 0.75, 0.7, 0.68);

        assertThat(passing(scores, lively)).isEqualTo(3);
        assertThat(passing(scores, CALM)).isEqualTo(6);
    }

    private static long passing(List<Double> scores, Background background) {
        ConfidenceScale scale = ConfidenceScale.of(scores, background, 3600, CALIBRATION);
        return scores.stream()
                .filter(score -> scale.confidence(score, scores.indexOf(score) + 1) >= 0.8)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 1", "107, 1, 3", "180, 1, 4", "240, 1, 4", "1800, 2, 7", "3600, 3, 12", "43200, 36, 144"})
    void aStreamOfSomeSecondsHasAtLeastAndAtMostSoMany(double duration, int fewest, int most) {
        assertThat(ConfidenceScale.fewest(duration)).isEqualTo(fewest);
        assertThat(ConfidenceScale.most(duration)).isEqualTo(most);
    }

    @Property(tries = 500, seed = "1")
    void confidenceNeverFallsWithTheScore(
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double usual,
            @ForAll @DoubleRange(min = 0, max = 4) double wave,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double one,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double other,
            @ForAll @IntRange(min = 1, max = 30) int rank) {
        double better = Math.max(one, other);
        double worse = Math.min(one, other);
        Background background = Background.of(usual, wave, usual);
        ConfidenceScale scale = ConfidenceScale.of(List.of(better, worse), background, 600, CALIBRATION);

        assertThat(scale.confidence(better, rank)).isBetween(scale.confidence(worse, rank + 1), 1.0);
        assertThat(scale.confidence(worse, rank + 1)).isNotNegative();
    }
}
