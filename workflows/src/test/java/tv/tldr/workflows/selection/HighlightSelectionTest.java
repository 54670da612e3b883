package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.workflows.selection.Moments.at;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** The story of a candidate, rule by rule: made streams that are loud here and there. */
class HighlightSelectionTest {
    private static final ClipLength CLIP = new ClipLength(15, 60);
    private static final double LOUD = 8;
    private static final double LOUDER = 8.5;

    @Test
    void aLoudMomentIsKeptWithWhatMadeItOne() {
        Selection selection = select(quiet(600).more(SignalKind.LOUDNESS, 100, 110, LOUD), StreamOptions.DEFAULTS);

        Candidate kept = selection.kept().getFirst();
        assertThat(selection.kept()).hasSize(1);
        assertThat(selection.emptyReason()).isNull();
        assertThat(kept.peak()).isBetween(100.0, 110.0);
        assertThat(kept.type()).isEqualTo("loud");
        assertThat(kept.reasons().getFirst().text()).startsWith("loudness (1 s) 4.0 deviations above");
        assertThat(kept.dimensions()).containsOnlyKeys("loud");
        assertThat(kept.verdict().rule()).isEqualTo(Rule.SELECTED);
        assertThat(kept.verdict().distance()).isCloseTo(kept.confidence() - 0.8, within(1e-12));
        assertThat(kept.verdict().explanation()).contains("reaches the threshold 0.800");
    }

    @Test
    void theClipHasItsBuffersAndIsStretchedToTheShortestLength() {
        StreamOptions buffers = options(1, 60, 5, 4, 6, null);

        Candidate padded = select(
                        quiet(600).more(SignalKind.LOUDNESS, 100, 130, LOUD), set(new ClipLength(1, 60), 0), buffers)
                .kept()
                .getFirst();
        Candidate stretched = select(quiet(600).more(SignalKind.LOUDNESS, 100, 104, LOUD), StreamOptions.DEFAULTS)
                .kept()
                .getFirst();

        assertThat(padded.range().start()).as("4 s before it gets loud").isEqualTo(96);
        assertThat(padded.range().end()).as("6 s after it was loud").isEqualTo(136);
        assertThat(stretched.range().duration()).isCloseTo(15, within(1e-9));
        assertThat(stretched.range().start()).isLessThan(100);
        assertThat(stretched.range().end()).isGreaterThan(104);
    }

    @Test
    void theClipIsTrimmedToTheLongestLength() {
        Candidate kept = select(quiet(900).more(SignalKind.LOUDNESS, 100, 250, LOUD), StreamOptions.DEFAULTS)
                .kept()
                .getFirst();

        assertThat(kept.range().duration()).isCloseTo(60, within(1e-9));
    }

    @Test
    void aWeakMomentIsBelowTheThreshold() {
        Selection selection = select(
                quiet(600).more(SignalKind.LOUDNESS, 100, 110, LOUD).more(SignalKind.LOUDNESS, 300, 310, 2),
                StreamOptions.DEFAULTS);

        Candidate weak = at(selection, 300, 310);
        assertThat(weak.verdict().rule()).isEqualTo(Rule.BELOW_THRESHOLD);
        assertThat(weak.verdict().distance()).isCloseTo(weak.confidence() - 0.8, within(1e-12));
        assertThat(weak.verdict().explanation()).contains("below the threshold 0.800");
    }

    @Test
    void ofManyEqualMomentsThoseBeyondWhatAnHourHasSayThatItIsCrowded() {
        MadeSignals hour = quiet(3600);
        for (int moment = 0; moment < 20; moment++) {
            hour.more(SignalKind.LOUDNESS, 100 + 170 * moment, 110 + 170 * moment, LOUD);
        }

        Selection selection = select(hour, StreamOptions.DEFAULTS);

        assertThat(selection.kept()).hasSize(12);
        assertThat(selection.candidates())
                .filteredOn(candidate -> candidate.verdict().rule() == Rule.CROWDED)
                .hasSize(8)
                .allSatisfy(candidate -> {
                    assertThat(candidate.verdict().distance()).isNegative();
                    assertThat(candidate.verdict().explanation())
                            .contains("By itself it would have confidence")
                            .contains("12 are as strong or stronger");
                });
    }

    @Test
    void momentsNearerThanTheMergeThresholdBecomeOne() {
        MadeSignals twice =
                quiet(600).more(SignalKind.LOUDNESS, 100, 112, LOUDER).more(SignalKind.LOUDNESS, 117, 129, LOUD);
        DimensionSet set = set(new ClipLength(1, 60), 0);

        Selection merged = select(twice, set, options(1, 60, 6, 0, 0, null));
        Selection apart = select(twice, set, options(1, 60, 3, 0, 0, null));

        assertThat(merged.kept()).hasSize(1);
        assertThat(merged.kept().getFirst().range().start()).isEqualTo(100);
        assertThat(merged.kept().getFirst().range().end()).isEqualTo(129);
        Candidate second = at(merged, 117, 129);
        assertThat(second.verdict().rule()).isEqualTo(Rule.MERGED);
        assertThat(second.verdict().distance()).isNegative();
        assertThat(second.verdict().explanation()).contains("which runs from 0:01:40–0:02:09");
        assertThat(apart.kept()).hasSize(2);
    }

    @Test
    void aMuchWeakerNeighbourDoesNotStretchAStrongMoment() {
        MadeSignals strongAndWeak =
                quiet(600).more(SignalKind.LOUDNESS, 100, 112, LOUD).more(SignalKind.LOUDNESS, 117, 129, 2.5);

        Selection selection = select(strongAndWeak, set(new ClipLength(1, 60), 0), options(1, 60, 6, 0, 0, null));

        assertThat(selection.kept()).hasSize(1);
        assertThat(selection.kept().getFirst().range().end()).isEqualTo(112);
    }

    @Test
    void whereAStrongerOneLeavesNoRoomAMomentOverlaps() {
        MadeSignals twice = quiet(28).more(SignalKind.LOUDNESS, 4, 9, LOUD).more(SignalKind.LOUDNESS, 19, 22, 7);

        Selection selection = select(twice, threshold(0.3));

        assertThat(selection.kept()).singleElement().satisfies(first -> assertThat(
                        28 - first.range().end())
                .as("what is left is shorter than a highlight")
                .isLessThan(15));
        Candidate second = at(selection, 19, 22);
        assertThat(second.verdict().rule()).isEqualTo(Rule.OVERLAP);
        assertThat(second.verdict().distance()).isNegative();
        assertThat(second.verdict().explanation()).contains("Shares").contains("has no room beside it");
    }

    @Test
    void aMomentSoonAfterAStrongerOneIsCooledDown() {
        MadeSignals twice =
                quiet(600).more(SignalKind.LOUDNESS, 100, 110, LOUD).more(SignalKind.LOUDNESS, 150, 160, 7.5);

        Selection selection = select(twice, set(CLIP, 60), StreamOptions.DEFAULTS);

        Candidate first = at(selection, 100, 110);
        Candidate second = at(selection, 150, 160);
        double gap = second.range().start() - first.range().end();
        assertThat(first.verdict().kept()).isTrue();
        assertThat(second.verdict().rule()).isEqualTo(Rule.COOLDOWN);
        assertThat(second.verdict().distance()).isCloseTo(gap - 60, within(1e-9));
        assertThat(second.verdict().explanation()).contains("highlights keep 60.0 s apart");
    }

    @Test
    void ofMoreThanAreAllowedTheLeastConfidentAreDropped() {
        MadeSignals thrice = quiet(900)
                .more(SignalKind.LOUDNESS, 100, 110, 7)
                .more(SignalKind.LOUDNESS, 300, 310, LOUD)
                .more(SignalKind.LOUDNESS, 500, 510, 7.5);

        Selection selection = select(thrice, options(15, 60, 5, 2, 3, 2));

        assertThat(selection.kept())
                .extracting(one -> Math.floor(one.peak() / 100))
                .as("best first")
                .containsExactly(3.0, 5.0);
        Candidate weakest = at(selection, 100, 110);
        assertThat(weakest.verdict().rule()).isEqualTo(Rule.BEYOND_MAX_HIGHLIGHTS);
        assertThat(weakest.verdict().distance())
                .isCloseTo(weakest.confidence() - selection.kept().getLast().confidence(), within(1e-12));
        assertThat(weakest.verdict().explanation()).contains("2 more confident highlights are the most");
    }

    @Test
    void inAStreamOfAFewSecondsNothingCanBeToldApart() {
        Selection selection = select(quiet(4).more(SignalKind.LOUDNESS, 2, 3, LOUD), StreamOptions.DEFAULTS);

        assertThat(selection.candidates()).isNotEmpty();
        assertThat(selection.candidates()).allSatisfy(one -> {
            assertThat(one.verdict().rule()).isEqualTo(Rule.TOO_SHORT);
            assertThat(one.verdict().distance()).isEqualTo(-1);
        });
        assertThat(selection.emptyReason()).contains("The stream is 4.0 s long");
    }

    @Test
    void aStreamShorterThanTheShortestHighlightIsShownWhole() {
        Selection selection = select(quiet(9).more(SignalKind.LOUDNESS, 4, 6, LOUD), StreamOptions.DEFAULTS);

        Candidate only = selection.kept().getFirst();
        assertThat(only.range().start()).isZero();
        assertThat(only.range().end()).isEqualTo(9);
    }

    @Test
    void theLastSecondMayBeAPartOfOne() {
        Signals signals = quiet(300).more(SignalKind.LOUDNESS, 296, 300, LOUD).signals();

        Candidate last = HighlightSelection.select(signals, 299.2, set(CLIP, 0), StreamOptions.DEFAULTS)
                .kept()
                .getFirst();

        assertThat(last.range().end()).isEqualTo(299.2);
        assertThat(last.peak()).isLessThan(299.2);
    }

    @Test
    void nothingStandsOutWhereAllIsAsUsual() {
        Selection selection = select(quiet(600), StreamOptions.DEFAULTS);

        assertThat(selection.kept()).isEmpty();
        assertThat(selection.candidates()).as("the nearest miss").hasSize(1);
        assertThat(selection.candidates().getFirst().confidence()).isZero();
        assertThat(selection.emptyReason())
                .startsWith("Nothing stands out: the best moment")
                .contains("0.27");
    }

    /** Such as a set that customers make: what is always high is usual all the same. */
    @Test
    void nothingStandsOutWhereTheUsualItselfScoresHigh() {
        Dimension high = Dimension.ofRules(
                "high", "high", 1, new RuleModel(1, "made", 2, List.of(new Term(SignalKind.LOUDNESS, 1, 0.5))));
        DimensionSet set = DimensionSet.of("made", List.of(high), new Calibration(0.65, 2.43), CLIP, 0);

        assertThat(select(quiet(600), set, StreamOptions.DEFAULTS).emptyReason())
                .startsWith("Nothing stands out");
        assertThat(select(quiet(600).more(SignalKind.LOUDNESS, 100, 110, LOUD), set, StreamOptions.DEFAULTS)
                        .kept())
                .hasSize(1);
    }

    /** Whoever sets no threshold gets the best there is. */
    @Test
    void onlyWithoutAThresholdIsTheUsualKept() {
        assertThat(select(quiet(600), threshold(0.01)).kept()).isEmpty();
        assertThat(select(quiet(600), threshold(0)).kept()).hasSize(1);
    }

    @Test
    void anUnreachedThresholdIsTheReasonWhereSomethingDoesStandOut() {
        Selection selection = select(quiet(600).more(SignalKind.LOUDNESS, 100, 110, 4), threshold(0.999));

        assertThat(selection.emptyReason())
                .startsWith("The best moment, at 0:01:4")
                .endsWith("the threshold is 0.999.");
    }

    @Test
    void aStreamWithoutMeasurementsSaysSo() {
        Signals nothing = new Signals(0, 100, Map.of(), List.of(), List.of());

        for (Preset preset : Preset.values()) {
            Selection selection =
                    HighlightSelection.select(nothing, 100, preset.dimensionSet(), StreamOptions.DEFAULTS);
            assertThat(selection.candidates()).isEmpty();
            assertThat(selection.emptyReason()).startsWith("Nothing could be scored");
        }
        assertThat(HighlightSelection.select(quiet(100).signals(), 0, set(CLIP, 0), StreamOptions.DEFAULTS)
                        .emptyReason())
                .startsWith("Nothing could be scored");
    }

    @Test
    void refusesSignalsThatAreNotThoseOfAWholeStream() {
        Signals second = new Signals(60, 1, Map.of(), List.of(), List.of());

        assertThatThrownBy(() -> HighlightSelection.select(second, 61, set(CLIP, 0), StreamOptions.DEFAULTS))
                .hasMessageContaining("start at 0, not 60");
        assertThatThrownBy(() ->
                        HighlightSelection.select(quiet(9).signals(), Double.NaN, set(CLIP, 0), StreamOptions.DEFAULTS))
                .hasMessageContaining("NaN is not the duration");
    }

    private static MadeSignals quiet(int seconds) {
        return MadeSignals.flat(seconds);
    }

    private static DimensionSet set(ClipLength clip, double cooldown) {
        return Streams.loudness(clip, cooldown);
    }

    private static Selection select(MadeSignals made, StreamOptions options) {
        return select(made, set(CLIP, 0), options);
    }

    private static Selection select(MadeSignals made, DimensionSet set, StreamOptions options) {
        return HighlightSelection.select(made.signals(), made.signals().seconds(), set, options);
    }

    /** The candidate with its peak in these seconds. */
    private static StreamOptions threshold(double threshold) {
        return SelectionPropertyTest.with(StreamOptions.DEFAULTS, threshold, 300);
    }

    private static StreamOptions options(
            double shortest, double longest, double merge, double before, double after, @Nullable Integer most) {
        return new StreamOptions(
                0.8,
                shortest,
                longest,
                merge,
                before,
                after,
                most,
                "made",
                Strategy.RULE_BASED,
                null,
                Fusion.DEFAULT,
                List.of(),
                List.of(),
                false,
                ProcessingModules.ALL);
    }
}
