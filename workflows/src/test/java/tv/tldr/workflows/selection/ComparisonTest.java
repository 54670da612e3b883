package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.selection.Comparison.Place;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** Four loud moments, at 100 s the least loud and at 400 s the loudest, as the model compares them. */
class ComparisonTest {
    private static final StreamOptions HYBRID = StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID);
    private static final DimensionSet LOUDNESS = Streams.loudness(new ClipLength(15, 60), 10);
    private static final DimensionSetChain CHAIN = DimensionSetChain.of(new DimensionSetVersion(1, LOUDNESS));
    private static final AskedModel UNASKED =
            new AskedModel(LOUDNESS, ProcessingModules.ALL, ModelScores.NONE, Transcript.EMPTY);
    private static final Signals SIGNALS = MadeSignals.flat(600)
            .more(SignalKind.LOUDNESS, 98, 104, 5)
            .more(SignalKind.LOUDNESS, 198, 204, 5.5)
            .more(SignalKind.LOUDNESS, 298, 304, 6)
            .more(SignalKind.LOUDNESS, 398, 404, 6.5)
            .signals();

    @Test
    void eachConfidenceIsTheMeanOfItsOwnAndThatOfItsPlaceAndSaysSo() {
        Selection alone = select(HYBRID);
        double own = at(100, alone).confidence();
        double worth = at(400, alone).confidence();

        Candidate first = at(100, select(HYBRID, places(100, 400, 300, 200)));

        Contribution reason = first.reasons().getLast();
        assertThat(first.confidence()).isCloseTo((own + worth) / 2, within(1e-12));
        assertThat(reason.feature()).isEqualTo("comparison");
        assertThat(reason.contribution()).isCloseTo(first.confidence() - own, within(1e-12));
        assertThat(reason.value() * reason.weight()).isCloseTo(reason.contribution(), within(1e-12));
        String arithmetic = String.format(
                Locale.ROOT, "3 others: place 1 → %.3f, with its own %.3f makes %.3f", worth, own, first.confidence());
        assertThat(reason.text())
                .isEqualTo("compared with " + arithmetic + ": because of 100 (+"
                        + String.format(Locale.ROOT, "%.3f", reason.contribution()) + ")");
        assertThat(first.verdict().explanation()).endsWith("Compared with " + arithmetic + ".");
        assertThat(first.range()).isEqualTo(at(100, alone).range());
    }

    @Test
    void anOrderThatAgreesChangesNoConfidence() {
        assertThat(confidences(select(HYBRID, places(400, 300, 200, 100)))).isEqualTo(confidences(select(HYBRID)));
    }

    @Test
    void whoWasNotNamedKeepsItsConfidenceAndIsNotSaidToBeCompared() {
        Candidate unnamed = at(300, select(HYBRID, comparison(List.of(100, 200, 300, 400), 100, 400)));

        assertThat(unnamed).isEqualTo(at(300, select(HYBRID)));
    }

    @Test
    void theCutComesAfterComparing() {
        StreamOptions onlyOne = HYBRID.keeping(0.5, 1);
        assertThat(select(onlyOne).kept()).extracting(one -> (int) one.peak()).containsExactly(400);

        Selection compared = select(onlyOne, places(300, 400, 200, 100));

        assertThat(compared.kept())
                .extracting(one -> (int) one.peak())
                .hasSize(1)
                .containsAnyOf(300, 400);
        assertThat(compared.kept().getFirst().confidence())
                .isEqualTo(compared.candidates().stream()
                        .mapToDouble(Candidate::confidence)
                        .max()
                        .orElseThrow());
        assertThat(select(onlyOne, places(200, 300, 100, 400)).kept())
                .extracting(one -> (int) one.peak())
                .containsExactly(300);
    }

    @Test
    void oneOfOtherFinalistsIsPassedOverAndTheFirstThatFitsCounts() {
        Comparison ofOthers = comparison(List.of(100, 200), 100, 200);
        Comparison ofThese = comparison(List.of(300, 400), 300, 400);
        Comparison older = comparison(List.of(100, 200, 300, 400), 100, 200, 300, 400);

        assertThat(select(HYBRID, ofOthers)).isEqualTo(select(HYBRID));
        assertThat(select(HYBRID, ofOthers, ofThese, older)).isEqualTo(select(HYBRID, ofThese));
    }

    @Test
    void rulesAloneDoNotListenToIt() {
        StreamOptions rules = HYBRID.withStrategy(Strategy.RULE_BASED);

        assertThat(select(rules, places(100, 200, 300, 400))).isEqualTo(select(rules));
    }

    @Test
    void finalistsReachTheThresholdOrNearlyAndNobodyIsUpWhenNoneReachesIt() {
        List<Candidate> all = select(HYBRID.keeping(0.05, 12)).kept();
        double strongest = all.getFirst().confidence();
        double weakest = all.getLast().confidence();

        assertThat(finalists(HYBRID.keeping(strongest, 1)))
                .as("however few are kept")
                .isNotEmpty()
                .allMatch(one -> one.confidence() >= strongest - 0.2)
                .isEqualTo(all.stream()
                        .filter(one -> one.confidence() >= strongest - 0.2)
                        .map(one -> at((int) one.peak(), select(HYBRID.keeping(strongest - 0.2, 12))))
                        .toList());
        assertThat(finalists(HYBRID.keeping(weakest, 300))).hasSize(4);
        assertThat(finalists(HYBRID.keeping(Math.min(1, strongest + 0.001), 300)))
                .isEmpty();
    }

    @Test
    void oneMomentAloneIsNotCompared() {
        Signals one =
                MadeSignals.flat(600).more(SignalKind.LOUDNESS, 100, 110, 8).signals();

        assertThat(Finalists.of(one, 600, CHAIN, HYBRID, UNASKED)).isEmpty();
    }

    @Test
    void whoWasNotComparedSaysWhy() {
        List<Candidate> finalists = finalists(HYBRID.keeping(0.5, 2));
        Selection selection = select(HYBRID.keeping(0.5, 2));

        Selection told = Finalists.notCompared(selection, finalists, "the money is spent");

        assertThat(told.kept()).hasSize(2).allSatisfy(kept -> assertThat(
                        kept.verdict().explanation())
                .startsWith("Confidence ")
                .endsWith(" Not compared with the other finalists: the money is spent"));
        assertThat(confidences(told)).isEqualTo(confidences(selection));
    }

    /** The set goes by the sound alone, so that nothing else changes when the picture is off. */
    @Test
    void anOrderCountsOnlyWhereTheModelWouldBeShownTheSame() {
        Comparison seen = places(100, 400, 300, 200);
        StreamOptions unseen = HYBRID.withModules(new ProcessingModules(false, true, true, true));
        StreamOptions withoutChat = HYBRID.withModules(new ProcessingModules(true, true, false, true));

        assertThat(confidences(decided(unseen, seen))).isEqualTo(confidences(decided(unseen)));
        assertThat(confidences(decided(unseen))).isEqualTo(confidences(decided(HYBRID)));
        assertThat(confidences(decided(withoutChat, seen)))
                .isEqualTo(confidences(decided(HYBRID, seen)))
                .isNotEqualTo(confidences(decided(HYBRID)));
    }

    private static Selection decided(StreamOptions options, Comparison... comparisons) {
        return Decision.over(SIGNALS, 600, CHAIN, options, UNASKED, List.of(comparisons))
                .selection();
    }

    @Test
    void aPlaceBelongsToOneFinalist() {
        assertThatThrownBy(() -> comparison(List.of(1, 2), 3)).hasMessageContaining("[1, 2]");
        assertThatThrownBy(() -> comparison(List.of(1, 2), 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> comparison(List.of(1))).hasMessageContaining("at least two");
    }

    private static List<Candidate> finalists(StreamOptions options) {
        return Finalists.of(SIGNALS, 600, CHAIN, options, UNASKED);
    }

    private static Selection select(StreamOptions options, Comparison... comparisons) {
        return HighlightSelection.select(
                SIGNALS, 600, LOUDNESS, options, ModelScores.NONE, Transcript.EMPTY, List.of(comparisons));
    }

    private static Comparison places(Integer... bestFirst) {
        return comparison(List.of(bestFirst), bestFirst);
    }

    private static Comparison comparison(List<Integer> finalists, Integer... bestFirst) {
        List<Place> places = new ArrayList<>();
        for (int second : bestFirst) {
            places.add(new Place(second, "because of " + second));
        }
        return new Comparison(Set.copyOf(finalists), places, ProcessingModules.ALL);
    }

    private static Candidate at(int second, Selection selection) {
        return selection.candidates().stream()
                .filter(one -> (int) one.peak() == second)
                .findFirst()
                .orElseThrow();
    }

    private static Map<Integer, Double> confidences(Selection selection) {
        return selection.candidates().stream()
                .collect(Collectors.toMap(one -> (int) one.peak(), Candidate::confidence));
    }
}
