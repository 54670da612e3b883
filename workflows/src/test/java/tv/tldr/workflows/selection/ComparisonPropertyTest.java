package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.selection.Comparison.Place;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;

/** What holds whatever order the model puts the finalists of whatever stream in. */
class ComparisonPropertyTest {
    private static final double EXACT = 1e-9;

    /** A stream whose finalists are the strongest {@code count} moments, some of them in a random order. */
    record Case(Signals signals, double duration, DimensionSet set, StreamOptions options, int count, long seed) {
        Selection alone(StreamOptions how) {
            return HighlightSelection.select(signals, duration, set, how, ModelScores.NONE);
        }

        Selection compared(StreamOptions how) {
            List<Comparison> comparisons = finalists().size() < 2 ? List.of() : List.of(comparison());
            return HighlightSelection.select(
                    signals, duration, set, how, ModelScores.NONE, Transcript.EMPTY, comparisons);
        }

        List<Candidate> finalists() {
            return alone(options.keeping(0.01, count)).kept();
        }

        private Comparison comparison() {
            List<Integer> seconds = Finalists.seconds(finalists());
            List<Integer> order = new ArrayList<>(seconds);
            Random random = new Random(seed);
            Collections.shuffle(order, random);
            List<Integer> named = order.subList(0, 1 + random.nextInt(order.size()));
            return new Comparison(
                    Set.copyOf(seconds),
                    named.stream().map(second -> new Place(second, "so")).toList(),
                    ProcessingModules.ALL);
        }
    }

    @Property(tries = 100, seed = "1")
    void theSumStaysAndNobodyLeavesTheSpanOfTheFinalists(@ForAll("cases") Case one) {
        Map<Double, Double> before = confidences(one.alone(one.options()));
        Map<Double, Double> after = confidences(one.compared(one.options()));
        List<Double> own = one.finalists().stream().map(Candidate::confidence).toList();
        Set<Double> peaks =
                Set.copyOf(one.finalists().stream().map(Candidate::peak).toList());

        assertThat(sum(after)).isCloseTo(sum(before), within(EXACT));
        after.forEach((peak, confidence) -> {
            if (peaks.contains(peak)) {
                assertThat(confidence).isBetween(Collections.min(own), Collections.max(own));
            } else {
                assertThat(confidence).isEqualTo(before.get(peak));
            }
        });
    }

    @Property(tries = 100, seed = "2")
    void whoIsPlacedHigherAndWasAsStrongStaysAtLeastAsStrong(@ForAll("cases") Case one) {
        if (one.finalists().size() < 2) {
            return;
        }
        List<Place> places = one.comparison().places();
        Map<Integer, Double> before = bySecond(one.alone(one.options()));
        Map<Integer, Double> after = bySecond(one.compared(one.options()));
        for (int place = 1; place < places.size(); place++) {
            int higher = places.get(place - 1).second();
            int lower = places.get(place).second();
            if (before.getOrDefault(higher, 0.0) >= before.getOrDefault(lower, 0.0)) {
                assertThat(after.getOrDefault(higher, 0.0)).isGreaterThanOrEqualTo(after.getOrDefault(lower, 0.0));
            }
        }
    }

    @Property(tries = 100, seed = "3")
    void aLowerThresholdKeepsAllThatAHigherOneKeeps(
            @ForAll("cases") Case one, @ForAll @DoubleRange(min = 0.01, max = 1) double other) {
        double own = one.options().highlightThreshold();
        int most = one.options().limit();

        List<TimeRange> few = ranges(one.compared(one.options().keeping(Math.max(own, other), most)));
        List<TimeRange> many = ranges(one.compared(one.options().keeping(Math.min(own, other), most)));

        assertThat(many.stream().limit(few.size()).toList()).isEqualTo(few);
    }

    @Property(tries = 100, seed = "4")
    void noEdgeMovesAndNothingElseIsConsidered(@ForAll("cases") Case one) {
        Selection before = one.alone(one.options());
        Selection after = one.compared(one.options());

        assertThat(after.candidates().stream().map(Candidate::range).toList())
                .isEqualTo(before.candidates().stream().map(Candidate::range).toList());
        List<TimeRange> kept = after.kept().stream()
                .map(Candidate::range)
                .sorted(Comparator.comparingDouble(TimeRange::start))
                .toList();
        for (int index = 1; index < kept.size(); index++) {
            double gap = kept.get(index).start() - kept.get(index - 1).end();
            assertThat(gap).isGreaterThanOrEqualTo(one.set().cooldown() - EXACT);
        }
    }

    @Property(tries = 100, seed = "5")
    void noneIsLiftedOverAThresholdThatNoFinalistReached(@ForAll("cases") Case one) {
        List<Candidate> finalists = one.finalists();
        double strongest = finalists.isEmpty() ? 0 : finalists.getFirst().confidence();
        StreamOptions beyond = one.options().keeping(Math.min(1, strongest + EXACT), 300);

        assertThat(ranges(one.compared(beyond))).isEqualTo(ranges(one.alone(beyond)));
    }

    @Property(tries = 100, seed = "6")
    void everyDecisionIsTrueOfTheConfidenceThatIsTold(@ForAll("cases") Case one) {
        Selection selection = one.compared(one.options());
        double threshold = one.options().highlightThreshold();

        assertThat(selection).isEqualTo(one.compared(one.options()));
        assertThat(selection.emptyReason() == null)
                .isNotEqualTo(selection.kept().isEmpty());
        assertThat(selection.candidates()).allSatisfy(candidate -> {
            switch (candidate.verdict().rule()) {
                case SELECTED -> assertThat(candidate.confidence()).isGreaterThanOrEqualTo(threshold);
                case BELOW_THRESHOLD, CROWDED ->
                    assertThat(candidate.confidence()).isLessThan(threshold);
                case BEYOND_MAX_HIGHLIGHTS ->
                    assertThat(candidate.verdict().distance()).isNotPositive();
                case OTHER_TYPE, MERGED, TOO_SHORT, OVERLAP, COOLDOWN -> {}
            }
        });
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.integers().between(60, 600),
                        Arbitraries.longs(),
                        Arbitraries.of(Preset.class),
                        Arbitraries.doubles().between(0.01, 1),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(2, 12))
                .as((seconds, seed, preset, threshold, most, count) -> new Case(
                        Streams.anything(seconds, seed),
                        seconds,
                        preset.dimensionSet(),
                        StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID).keeping(threshold, most),
                        count,
                        seed));
    }

    private static Map<Double, Double> confidences(Selection selection) {
        Map<Double, Double> confidences = new HashMap<>();
        selection.candidates().forEach(one -> confidences.put(one.peak(), one.confidence()));
        return confidences;
    }

    private static Map<Integer, Double> bySecond(Selection selection) {
        Map<Integer, Double> confidences = new HashMap<>();
        selection.candidates().forEach(one -> confidences.put((int) one.peak(), one.confidence()));
        return confidences;
    }

    private static double sum(Map<Double, Double> confidences) {
        return confidences.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static List<TimeRange> ranges(Selection selection) {
        return selection.kept().stream().map(Candidate::range).toList();
    }
}
