package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** Can a person do the arithmetic of a moment again, from what the ledger has of it alone? */
class ReckoningTest {
    private static final double LN_4 = 1.3862943611198906;

    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyConfidenceFollowsFromTheDimensionsAndTheScaleOfTheStream(Preset preset) {
        List<Candidate> candidates = candidates(preset);

        assertThat(candidates).isNotEmpty().allSatisfy(candidate -> {
            Reckoning reckoning = Objects.requireNonNull(candidate.reckoning());
            reckoning.shares().forEach((id, share) -> {
                double told =
                        Objects.requireNonNull(candidate.dimensions().get(id)).confidence();
                double weight = Objects.requireNonNull(reckoning.weights().get(id));
                assertThat(weight * told / reckoning.together()).isEqualTo(share, within(1e-9));
            });
            assertThat(score(reckoning.shares(), candidate.dimensions())).isEqualTo(reckoning.score(), within(1e-9));
            double evidence = LN_4 + reckoning.steepness() * (logit(reckoning.score()) - logit(reckoning.level()));
            double alone = reckoning.standsOut() / (1 + Math.exp(-evidence));
            assertThat(reckoning.alone()).isEqualTo(alone, within(1e-9));
            double crowded = Math.min(
                    alone, Reckoning.SQUEEZED_FROM + Reckoning.SQUEEZE * Math.max(0, alone - Reckoning.SQUEEZED_FROM));
            assertThat(reckoning.confidence())
                    .isEqualTo(reckoning.rank() > reckoning.most() ? crowded : alone, within(1e-9))
                    .isEqualTo(candidate.confidence());
        });
    }

    @Test
    void everyScoreByRulesFollowsFromItsContributions() {
        assertThat(candidates(Preset.GAMING_DEFAULT))
                .allSatisfy(candidate -> candidate.dimensions().values().forEach(dimension -> {
                    double sum = dimension.contributions().stream()
                            .mapToDouble(Contribution::contribution)
                            .sum();
                    assertThat(1 / (1 + Math.exp(-sum))).isEqualTo(dimension.rules(), within(1e-9));
                }));
    }

    @Test
    void whatIsBeyondTheMostIsSqueezedAndSaysSo() {
        assertThat(candidates(Preset.GAMING_DEFAULT)).anySatisfy(candidate -> {
            Reckoning reckoning = Objects.requireNonNull(candidate.reckoning());
            assertThat(reckoning.rank()).isGreaterThan(reckoning.most());
            assertThat(reckoning.confidence()).isLessThan(0.8);
        });
    }

    private static double score(Map<String, Double> shares, Map<String, DimensionScore> dimensions) {
        return shares.entrySet().stream()
                .mapToDouble(share -> share.getValue()
                        * Objects.requireNonNull(dimensions.get(share.getKey())).score())
                .sum();
    }

    private static double logit(double score) {
        return Math.log(score / (1 - score));
    }

    /** Many equal bursts in ten minutes: more than may stand out. */
    private static List<Candidate> candidates(Preset preset) {
        MadeSignals made = MadeSignals.flat(600);
        for (int start = 30; start < 570; start += 45) {
            made = made.more(SignalKind.LOUDNESS, start, start + 8, 12)
                    .more(SignalKind.ONSETS, start, start + 8, 6)
                    .more(SignalKind.SPEECH, start, start + 8, 0.5);
        }
        Signals signals = made.signals();
        return HighlightSelection.select(signals, 600, preset.dimensionSet(), StreamOptions.DEFAULTS)
                .candidates();
    }
}
