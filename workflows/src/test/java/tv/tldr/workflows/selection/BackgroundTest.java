package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

class BackgroundTest {
    private static final DimensionSet LOUDNESS = Streams.loudness(new ClipLength(15, 60), 0);

    @Test
    void whatStandsOutIsAFixedStepAboveTheUsual() {
        Background background = Background.of(0.5, 0.1, 0.5);

        assertThat(Logistic.evidence(background.least())).isCloseTo(1.1, within(1e-9));
        assertThat(background.waves()).as("lower waves do not count").isEqualTo(background.least());
    }

    @Test
    void theWavesOfALivelyStreamAreHigherAndChangeNotWhatStandsOut() {
        Background background = Background.of(0.5, 3, 0.5);

        assertThat(Logistic.evidence(background.waves())).isCloseTo(3, within(1e-9));
        assertThat(Logistic.evidence(background.least())).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void whatChanceReachesDoesNotStandOut() {
        Background background = Background.of(0.5, 0, 0.9);

        assertThat(background.least()).isGreaterThan(0.9);
        assertThat(background.waves()).isEqualTo(background.least());
    }

    @Test
    void swingIsTheDeviationOfWhatGoesUpAndDown() {
        double[] score = ripples(0.7);

        assertThat(Swing.of(score)).isCloseTo(0.7, within(0.05));
    }

    @Test
    void neitherEventsNorSilenceWidenTheSwing() {
        double[] score = ripples(0.7);
        double[] eventful = score.clone();
        Arrays.fill(eventful, 0, 900, 0.95);
        double[] silent = score.clone();
        Arrays.fill(silent, 0, 900, 0.01);

        assertThat(Swing.of(eventful)).isCloseTo(0.7, within(0.15));
        assertThat(Swing.of(silent)).isCloseTo(0.7, within(0.15));
        assertThat(Swing.of(new double[] {Double.NaN})).isZero();
        assertThat(Swing.of(new double[100])).isZero();
    }

    /** Ten loud seconds in a row are an event; the same ten here and there are a coincidence. */
    @Test
    void chanceIsWhatTheSameSecondsReachInAnyOrder() {
        Signals together =
                MadeSignals.flat(600).more(SignalKind.LOUDNESS, 300, 310, 8).signals();
        double best = Arrays.stream(RuleScorer.score(together, LOUDNESS).total())
                .max()
                .orElseThrow();

        double chance = ChanceLevel.of(Deviations.of(together), LOUDNESS, 1);

        assertThat(chance).isLessThan(Logistic.moved(best, -1));
        assertThat(chance).isEqualTo(ChanceLevel.of(Deviations.of(together), LOUDNESS, 1));
    }

    @Test
    void whiteNoiseIsNoMoreThanChance() {
        Signals noise = Streams.noise(1800, 1, 0, 0, 1).signals();
        double[] score = RuleScorer.score(noise, LOUDNESS).total();
        List<Integer> peaks = Peaks.of(score);

        assertThat(Logistic.evidence(ChanceLevel.of(Deviations.of(noise), LOUDNESS, 3)))
                .isCloseTo(Logistic.evidence(score[peaks.get(2)]), within(0.3));
    }

    private static double[] ripples(double deviation) {
        Random random = new Random(1);
        return DoubleStream.generate(() -> Logistic.of(deviation * random.nextGaussian()))
                .limit(5000)
                .toArray();
    }
}
