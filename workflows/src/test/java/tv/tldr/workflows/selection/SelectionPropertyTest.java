package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scores;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.wakeword.CalledMoments;
import tv.tldr.workflows.wakeword.WakeWords;

/** What holds for every selection, whatever the signals, the options and the preset. */
class SelectionPropertyTest {
    /** Sums of a few hundred seconds are exact to about this. */
    private static final double EXACT = 1e-9;

    record Stream(Signals signals, double duration, Preset preset, Transcript transcript) {
        DimensionSet set() {
            return preset.dimensionSet();
        }

        Selection select(StreamOptions options) {
            return HighlightSelection.select(
                    signals, duration, set(), options, ModelScores.NONE, transcript, List.of());
        }
    }

    @Property(tries = 200, seed = "1")
    void highlightsLieWithinTheStreamAndAroundTheirPeak(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        assertThat(stream.select(options).candidates()).allSatisfy(one -> {
            assertThat(one.range().start()).isNotNegative();
            assertThat(one.range().end()).isLessThanOrEqualTo(stream.duration());
            assertThat(one.peak()).isBetween(one.range().start(), one.range().end());
            assertThat(one.confidence()).isBetween(0.0, 1.0);
        });
    }

    @Property(tries = 200, seed = "2")
    void highlightsNeverOverlapAndKeepTheCooldown(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        List<TimeRange> kept = stream.select(options).kept().stream()
                .map(Candidate::range)
                .sorted(Comparator.comparingDouble(TimeRange::start))
                .toList();
        for (int index = 1; index < kept.size(); index++) {
            double gap = kept.get(index).start() - kept.get(index - 1).end();
            assertThat(gap).isGreaterThanOrEqualTo(stream.set().cooldown() - EXACT);
        }
    }

    /** A stream that is shorter than the shortest highlight is shown whole: that is all there is. */
    @Property(tries = 200, seed = "3")
    void everyLengthIsWithinTheLimitsUnlessTheStreamIsShorter(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        assertThat(stream.select(options).kept()).allSatisfy(one -> {
            double atLeast = Math.min(options.minDuration(), stream.duration());
            assertThat(one.range().duration()).isBetween(atLeast - EXACT, options.maxDuration() + EXACT);
        });
    }

    /**
     * The very same highlights, not only the same moments: a lower threshold adds some and changes none. Above what is surely a
     * highlight a lower one also lets in what goes before others by its type.
     */
    @Property(tries = 200, seed = "4")
    void aLowerThresholdKeepsAllThatAHigherOneKeeps(
            @ForAll("streams") Stream stream,
            @ForAll("options") StreamOptions options,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        double sure = ConfidenceScale.CONFIDENCE_AT_LEVEL;
        double higher = Math.min(sure, Math.max(options.highlightThreshold(), other));
        double lower = Math.min(higher, Math.min(options.highlightThreshold(), other));

        List<Place> few = places(stream.select(with(options, higher, options.limit())));
        List<Place> many = places(stream.select(with(options, lower, options.limit())));

        assertThat(many.stream().limit(few.size()).toList()).isEqualTo(few);
    }

    @Property(tries = 300, seed = "13")
    void whatIsNoHighlightTakesNoRoom(
            @ForAll("streams") Stream stream,
            @ForAll("options") StreamOptions options,
            @ForAll @DoubleRange(min = 0.5, max = 1) double threshold) {
        Selection selection = stream.select(with(options, threshold, 300));

        List<TimeRange> kept = selection.kept().stream().map(Candidate::range).toList();
        assertThat(selection.candidates())
                .filteredOn(one -> Set.of(Rule.OVERLAP, Rule.COOLDOWN)
                        .contains(one.verdict().rule()))
                .allSatisfy(
                        one -> assertThat(kept).as(one.verdict().explanation()).anySatisfy(other -> assertThat(
                                        one.range().gapTo(other))
                                .isLessThan(stream.set().cooldown() + EXACT)));
    }

    @Property(tries = 100, seed = "5")
    void fewerAllowedAreTheFirstOfThoseThatMoreWouldGive(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        List<Place> all = places(stream.select(with(options, options.highlightThreshold(), 300)));

        List<Place> two = places(stream.select(with(options, options.highlightThreshold(), 2)));

        assertThat(two).isEqualTo(all.stream().limit(2).toList());
    }

    @Property(tries = 100, seed = "6")
    void theSameInputGivesTheSameSelection(@ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        assertThat(stream.select(options)).isEqualTo(stream.select(options));
    }

    @Property(tries = 200, seed = "7")
    void everyDecisionIsExplainedWithNumbers(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        assertThat(stream.select(options).candidates()).allSatisfy(one -> {
            Verdict verdict = one.verdict();
            assertThat(verdict.explanation()).containsPattern("\\d");
            assertThat(verdict.distance()).isFinite();
            if (verdict.kept()) {
                assertThat(verdict.distance()).isNotNegative();
                assertThat(one.reasons()).isNotEmpty();
                assertThat(one.dimensions()).isNotEmpty();
            } else if (verdict.rule() == Rule.BEYOND_MAX_HIGHLIGHTS) {
                assertThat(verdict.distance()).as("0 when as confident").isNotPositive();
            } else {
                assertThat(verdict.distance()).isNegative();
            }
        });
    }

    @Property(tries = 200, seed = "8")
    void anEmptyResultAndOnlyThatHasAReason(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        Selection selection = stream.select(options);

        assertThat(selection.emptyReason() != null).isEqualTo(selection.kept().isEmpty());
    }

    @Property(tries = 100, seed = "9")
    void candidatesAreNumberedByTimeAndTheKeptOnesComeBestFirst(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        Selection selection = stream.select(options);

        assertThat(selection.candidates()).isSortedAccordingTo(Comparator.comparingDouble(Candidate::peak));
        for (int number = 0; number < selection.candidates().size(); number++) {
            assertThat(selection.candidates().get(number).number()).isEqualTo(number);
        }
        assertThat(selection.kept())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Candidate::confidence).reversed());
        assertThat(selection.kept()).hasSizeLessThanOrEqualTo(options.limit());
    }

    /** No moment vanishes: what one threshold considers, every other one considers too. */
    @Property(tries = 50, seed = "10")
    void theThresholdDoesNotChangeWhatIsConsidered(@ForAll("streams") Stream stream) {
        Set<Double> strict = peaks(stream.select(with(StreamOptions.DEFAULTS, 1, 300)));

        assertThat(peaks(stream.select(with(StreamOptions.DEFAULTS, 0.1, 300)))).isEqualTo(strict);
    }

    /** The whole score of the best second is what is usual, and all that lifts it. */
    @Property(tries = 100, seed = "11")
    void theReasonsAddUpWhetherSomebodyCalledOrNot(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        Scores scores = RuleScorer.score(stream.signals(), stream.set(), Scoring.RULES);
        assertThat(stream.select(options).candidates()).allSatisfy(one -> {
            int second = (int) one.peak();
            double measured = scores.total()[second];
            double likeness = one.reasons().stream()
                    .filter(reason -> reason.feature().equals("wake_word"))
                    .mapToDouble(Contribution::value)
                    .findFirst()
                    .orElse(0);
            double sum = one.reasons().stream()
                    .mapToDouble(Contribution::contribution)
                    .sum();
            if (Double.isFinite(measured)) {
                assertThat(scores.usual(second) + sum).isCloseTo(Math.max(measured, likeness), within(1e-6));
            }
            assertThat(one.confidence()).isGreaterThanOrEqualTo(likeness);
        });
    }

    /** A call that is heard in a measured second is told of once: as a moment of its own, or by the one that it is for. */
    @Property(tries = 100, seed = "12")
    void noCallVanishesAndNoneMakesTwoClips(
            @ForAll("streams") Stream stream, @ForAll("options") StreamOptions options) {
        double end = Math.min(stream.duration(), stream.signals().seconds());
        long calls =
                CalledMoments.of(WakeWords.find(stream.transcript(), options.wakeWords()), stream.duration()).stream()
                        .filter(call -> call.hits().getFirst().range().start() < end)
                        .count();
        Selection selection = stream.select(options);
        List<Candidate> called = selection.candidates().stream()
                .filter(one -> one.labels().tags().contains("wake_word"))
                .toList();

        assertThat((long) called.size()).isBetween(selection.candidates().isEmpty() ? 0 : Math.min(1, calls), calls);
        assertThat(called).allSatisfy(one -> {
            assertThat(one.reasons().getFirst().feature()).isEqualTo("wake_word");
            assertThat(one.labels().metadata()).containsEntry("wake_word", "clip that");
        });
    }

    @Provide
    Arbitrary<Stream> streams() {
        Arbitrary<Integer> seconds = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(1, 30)),
                Tuple.of(4, Arbitraries.integers().between(31, 600)));
        Arbitrary<Double> beyond = Arbitraries.doubles().between(-0.99, 3);
        return Combinators.combine(seconds, beyond, Arbitraries.longs(), Arbitraries.of(Preset.class))
                .as((length, more, seed, preset) -> new Stream(
                        Streams.anything(length, seed), length + more, preset, Streams.talk(length + more, seed)));
    }

    /** A threshold of 0 keeps even what is as usual; {@link HighlightSelectionTest} tells of it. */
    @Provide
    Arbitrary<StreamOptions> options() {
        Arbitrary<Double> buffers = Arbitraries.doubles().between(0, 40);
        return Combinators.combine(
                        Arbitraries.doubles().between(0.01, 1),
                        Arbitraries.doubles().between(1, 40),
                        Arbitraries.doubles().between(0, 60),
                        Arbitraries.doubles().between(0, 20),
                        buffers,
                        buffers,
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(List.<String>of(), List.of("clip that")))
                .as((threshold, least, more, merge, before, after, most, wakeWords) -> new StreamOptions(
                        threshold,
                        least,
                        least + more,
                        merge,
                        before,
                        after,
                        most,
                        "gaming_default",
                        Strategy.RULE_BASED,
                        null,
                        Fusion.DEFAULT,
                        List.of(),
                        wakeWords,
                        false,
                        ProcessingModules.ALL));
    }

    private record Place(double peak, TimeRange range, double confidence, String type) {}

    private static List<Place> places(Selection selection) {
        return selection.kept().stream()
                .map(one -> new Place(one.peak(), one.range(), one.confidence(), one.type()))
                .toList();
    }

    private static Set<Double> peaks(Selection selection) {
        return selection.candidates().stream().map(Candidate::peak).collect(Collectors.toSet());
    }

    static StreamOptions with(StreamOptions options, double threshold, int most) {
        return new StreamOptions(
                threshold,
                options.minDuration(),
                options.maxDuration(),
                options.mergeThreshold(),
                options.bufferBefore(),
                options.bufferAfter(),
                most,
                options.dimensionSetId(),
                options.strategy(),
                options.aiBudgetUsd(),
                options.fusion(),
                options.highlightTypes(),
                options.wakeWords(),
                options.thorough(),
                options.modules());
    }
}
