package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

class RuleScorerTest {
    private static final Term LOUD = new Term(SignalKind.LOUDNESS, 1, 0.5);
    private static final Term BUSY = new Term(SignalKind.CHANGE, 1, 1.5);

    @Test
    void addsWhatEachDeviationIsWorth() {
        // 4 dB over the usual with the least spread of 2 dB are 2 deviations; in the middle of the stretch nothing
        // blurs.
        Signals signals =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).signals();

        Scores scores = RuleScorer.score(signals, set(dimension("a", 1, 1, LOUD)));

        assertThat(scores.total()[30]).isCloseTo(Logistic.of(-1 + 0.5 * 2), within(1e-12));
        assertThat(scores.total()[5]).isCloseTo(Logistic.of(-1), within(1e-12));
    }

    @Test
    void dimensionsCountByWeightAndConfidence() {
        Signals signals =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).signals();
        Dimension sure = dimension("sure", 0.25, 1, LOUD);
        Dimension vague = dimension("vague", 0.75, 0.2, BUSY);

        Scores scores = RuleScorer.score(signals, set(sure, vague));

        double expected = (0.25 * Logistic.of(0) + 0.75 * 0.2 * Logistic.of(-1)) / (0.25 + 0.75 * 0.2);
        assertThat(scores.total()[30]).isCloseTo(expected, within(1e-12));
    }

    @Test
    void whatIsMissingDropsOutAndConfidenceFalls() {
        MadeSignals made =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).without(Modality.VIDEO);

        Scores scores = RuleScorer.score(made.signals(), set(dimension("a", 1, 0.8, LOUD, BUSY)));

        DimensionScore score = Objects.requireNonNull(scores.dimensions(30).get("a"));
        assertThat(score.confidence()).isCloseTo(0.8 * 0.5 / 2, within(1e-12));
        assertThat(score.score()).as("stretched by √4").isCloseTo(Logistic.of(-1 + 2 * 0.5 * 2), within(1e-12));
        assertThat(score.contributions())
                .filteredOn(one -> one.feature().equals("change.1s"))
                .singleElement()
                .satisfies(one -> assertThat(one.text()).contains("not measured"));
    }

    @Test
    void whatHasNoneOfItsSignalsScoresNothingAndSaysWhichAreMissing() {
        MadeSignals made =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).without(Modality.VIDEO);

        Scores scores = RuleScorer.score(made.signals(), set(dimension("a", 1, 1, LOUD), dimension("b", 1, 1, BUSY)));

        DimensionScore score = Objects.requireNonNull(scores.dimensions(30).get("b"));
        assertThat(score.score()).isZero();
        assertThat(score.confidence()).isZero();
        assertThat(scores.shares(30)).containsEntry("b", 0.0);
        assertThat(score.contributions())
                .extracting(Contribution::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("not scored: none of the signals"),
                        text -> assertThat(text).endsWith("not measured"));
    }

    @Test
    void aYesOrNoSaysOnWhichScaleItWasSettledSoThatItsSummandsAddUp() {
        Signals signals =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).signals();
        Scale scale = new Scale(DimensionType.BINARY, 0, 1, Map.of(), 0.4);

        Scores scores = RuleScorer.score(signals, set(on(scale, dimension("a", 1, 1, LOUD))));

        for (int second : List.of(5, 30)) {
            DimensionScore score =
                    Objects.requireNonNull(scores.dimensions(second).get("a"));
            double sum = score.contributions().stream()
                    .mapToDouble(Contribution::contribution)
                    .sum();
            assertThat(score.scale()).isEqualTo(scale);
            assertThat(score.rules())
                    .isEqualTo(second == 30 ? 1 : 0)
                    .isEqualTo(Logistic.of(sum) >= 0.4 ? 1 : 0)
                    .isEqualTo(score.score());
        }
    }

    private static Dimension on(Scale scale, Dimension of) {
        return changed(of, scale, of.aggregation());
    }

    private static Dimension changed(Dimension of, Scale scale, Aggregation aggregation) {
        return new Dimension(
                of.id(),
                of.name(),
                of.description(),
                of.weight(),
                scale,
                aggregation,
                of.modalities(),
                of.scoringPrompt(),
                of.examples(),
                of.preferRules(),
                of.highlightType(),
                of.rules());
    }

    @Test
    void aSecondWithoutAnyMeasurementHasNoScore() {
        MadeSignals made = MadeSignals.flat(120).value(SignalKind.LOUDNESS, 7, Float.NaN);

        Scores scores = RuleScorer.score(made.signals(), set(dimension("a", 1, 1, LOUD)));

        assertThat(scores.total()[7]).isNaN();
        assertThat(scores.total()[8]).isNotNaN();
    }

    /** Each dimension looks at its features over a stretch of its own. */
    @Test
    void contributionsAddUpWhereDimensionsLookAtAFeatureDifferently() {
        Signals signals = SignalDump.read("game_d3");
        Aggregation[] ways = Aggregation.values();
        List<Dimension> mixed = new ArrayList<>();
        for (Dimension one : Preset.GAMING_DEFAULT.dimensionSet().dimensions()) {
            mixed.add(changed(one, one.scale(), ways[mixed.size() % ways.length]));
        }
        Scores scores =
                RuleScorer.score(signals, Preset.GAMING_DEFAULT.dimensionSet().with(mixed));

        for (int second = 0; second < signals.seconds(); second += 13) {
            double sum = scores.reasons(second).stream()
                    .mapToDouble(Contribution::contribution)
                    .sum();
            assertThat(scores.usual(second) + sum).isCloseTo(scores.total()[second], within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyScoreFallsApartIntoItsContributions(Preset preset) {
        Signals signals = SignalDump.read("game_d3");
        Scores scores = RuleScorer.score(signals, preset.dimensionSet());

        for (int second = 0; second < signals.seconds(); second += 13) {
            double total = scores.usual(second)
                    + scores.reasons(second).stream()
                            .mapToDouble(Contribution::contribution)
                            .sum();
            assertThat(total).isCloseTo(scores.total()[second], within(1e-9));
            assertThat(scores.dimensions(second).values())
                    .filteredOn(score -> score.confidence() > 0)
                    .allSatisfy(score -> {
                        double evidence = score.contributions().stream()
                                .mapToDouble(Contribution::contribution)
                                .sum();
                        assertThat(score.score()).isCloseTo(Logistic.of(evidence), within(1e-9));
                        assertThat(score.contributions()).allSatisfy(one -> assertThat(one.contribution())
                                .isCloseTo(one.value() * one.weight(), within(1e-12)));
                    });
        }
    }

    @Test
    void saysInWordsWhatMadeAScore() {
        Signals signals =
                MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).signals();

        Scores scores = RuleScorer.score(signals, set(dimension("a", 1, 1, LOUD)));

        assertThat(scores.reasons(30))
                .singleElement()
                .extracting(Contribution::text)
                .isEqualTo("loudness (1 s) 2.0 deviations above this stream's usual (+0.23)");
    }

    @Test
    void aMomentIsNamedAfterWhatStandsOutMostFromItsOwnUsual() {
        Signals signals =
                MadeSignals.flat(120).more(SignalKind.CHANGE, 20, 40, 0.2).signals();
        Dimension loud = dimension("loud", 0.9, 1, LOUD);
        Dimension busy = dimension("busy", 0.1, 1, BUSY);

        assertThat(RuleScorer.score(signals, set(loud, busy)).type(30).name()).isEqualTo("busy_type");
    }

    /** The fitting script has features and scores of its own; the numbers here are its numbers. */
    @Test
    void agreesWithTheFittingScript() throws IOException {
        double[] total = RuleScorer.score(SignalDump.read("game_d1"), Preset.GAMING_DEFAULT.dimensionSet())
                .total();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SignalDump.open("game_d1.scores.txt"), StandardCharsets.US_ASCII))) {
            List<Double> expected = lines.lines().map(Double::valueOf).toList();
            assertThat(expected).hasSize(total.length);
            for (int second = 0; second < total.length; second++) {
                assertThat(total[second]).isCloseTo(expected.get(second), within(1e-6));
            }
        }
    }

    @Test
    void keepsTheOrderOfTheSet() {
        Map<String, DimensionScore> scores = RuleScorer.score(
                        MadeSignals.flat(20).signals(), Preset.GAMING_DEFAULT.dimensionSet())
                .dimensions(3);

        assertThat(scores.keySet())
                .containsExactlyElementsOf(Preset.GAMING_DEFAULT.dimensionSet().dimensions().stream()
                        .map(Dimension::id)
                        .toList());
    }

    private static Dimension dimension(String id, double weight, double reach, Term... terms) {
        return Dimension.ofRules(id, id + "_type", weight, new RuleModel(reach, "made", -1, List.of(terms)));
    }

    private static DimensionSet set(Dimension... dimensions) {
        return DimensionSet.of("made", List.of(dimensions), new Calibration(0.5, 1.5), new ClipLength(15, 60), 0);
    }
}
