package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** What a switched off sense shows changes nothing, whatever it shows. */
class ModulesPropertyTest {
    private static final ProcessingModules UNHEARD = new ProcessingModules(true, false, true, true);

    /** Two streams that look and sound the same but for one sense, and where that is off. */
    record Twins(Signals one, Signals other, ProcessingModules modules, Modality off, Preset preset) {}

    /** What was decided over a moment and why; but not what its edges and its best second were measured to be. */
    private record Decided(
            TimeRange range,
            double peak,
            double confidence,
            String type,
            Map<String, DimensionScore> dimensions,
            List<Contribution> reasons,
            Verdict verdict) {
        static Decided of(Candidate one) {
            return new Decided(
                    one.range(),
                    one.peak(),
                    one.confidence(),
                    one.type(),
                    one.dimensions(),
                    one.reasons(),
                    one.verdict());
        }
    }

    @Property(tries = 60, seed = "21")
    void nothingThatIsDecidedDependsOnWhatIsOff(@ForAll("twins") Twins twins) {
        Selection one = select(twins.one(), twins);
        Selection other = select(twins.other(), twins);

        assertThat(one.candidates().stream().map(Decided::of))
                .containsExactlyElementsOf(
                        other.candidates().stream().map(Decided::of).toList());
        assertThat(one.emptyReason()).isEqualTo(other.emptyReason());
    }

    @Property(tries = 30, seed = "22")
    void norDoesWhatTheModelIsAskedAbout(@ForAll("twins") Twins twins) {
        StreamOptions hybrid = options(twins).withStrategy(Strategy.HYBRID);

        List<Window> one = plan(twins.one(), twins, hybrid);

        assertThat(one).isNotEmpty().isEqualTo(plan(twins.other(), twins, hybrid));
    }

    @Property(tries = 30, seed = "23")
    void noFeatureOfItIsAReason(@ForAll("twins") Twins twins) {
        List<String> features = List.of(SignalKind.values()).stream()
                .filter(kind -> kind.modality() == twins.off())
                .map(SignalKind::wire)
                .toList();

        assertThat(select(twins.one(), twins).candidates()).allSatisfy(candidate -> {
            assertThat(candidate.reasons())
                    .noneMatch(reason -> features.contains(reason.feature().split("\\.", 2)[0]));
            candidate.dimensions().values().forEach(score -> assertThat(score.contributions())
                    .noneMatch(one -> features.contains(one.feature().split("\\.", 2)[0])));
        });
    }

    /** What is said is heard in the sound: without it the stream is decided over as if nobody had said anything. */
    @Property(tries = 40, seed = "24")
    void withoutSoundNobodyCallsAndNothingIsSaid(
            @ForAll @IntRange(min = 60, max = 300) int seconds, @ForAll long seed) {
        Transcript talk = Streams.talk(seconds, seed);
        Statistics.label("called for while the sound counts")
                .collect(listening(ProcessingModules.ALL, talk, seconds, seed).candidates().stream()
                        .anyMatch(ModulesPropertyTest::isCalledFor))
                .coverage(calls -> calls.check(true).percentage(share -> share >= 50));

        Selection deaf = listening(UNHEARD, talk, seconds, seed);

        assertThat(deaf.candidates())
                .noneMatch(ModulesPropertyTest::isCalledFor)
                .allSatisfy(one -> assertThat(one.transcript()).isEmpty());
        assertThat(deaf).isEqualTo(listening(UNHEARD, Transcript.EMPTY, seconds, seed));
    }

    @Example
    void theSameCallIsHeardWithSoundAndNotWithout() {
        Transcript call = new Transcript(
                List.of(new TranscriptLine(new TimeRange(100, 101), "clip that", TranscriptSource.MODEL)));

        assertThat(listening(ProcessingModules.ALL, call, 200, 1).candidates())
                .anyMatch(ModulesPropertyTest::isCalledFor);
        assertThat(listening(UNHEARD, call, 200, 1).candidates()).noneMatch(ModulesPropertyTest::isCalledFor);
    }

    private static Selection listening(ProcessingModules modules, Transcript said, int seconds, long seed) {
        StreamOptions usual = StreamOptions.DEFAULTS;
        StreamOptions options = new StreamOptions(
                usual.highlightThreshold(),
                usual.minDuration(),
                usual.maxDuration(),
                usual.mergeThreshold(),
                usual.bufferBefore(),
                usual.bufferAfter(),
                usual.maxHighlights(),
                usual.dimensionSetId(),
                usual.strategy(),
                usual.aiBudgetUsd(),
                usual.fusion(),
                usual.highlightTypes(),
                List.of("clip that"),
                usual.thorough(),
                modules);
        return HighlightSelection.select(
                Streams.anything(seconds, seed),
                seconds,
                Preset.GAMING_DEFAULT.dimensionSet(),
                options,
                ModelScores.NONE,
                said,
                List.of());
    }

    private static boolean isCalledFor(Candidate one) {
        return one.reasons().stream().anyMatch(reason -> reason.feature().equals("wake_word"));
    }

    @Provide
    Arbitrary<Twins> twins() {
        return Combinators.combine(
                        Arbitraries.integers().between(30, 400),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.of(Modality.VIDEO, Modality.AUDIO),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Preset.class))
                .as((seconds, seed, otherSeed, off, fusion, preset) -> {
                    Signals one = Streams.anything(seconds, seed);
                    Signals other = Streams.anything(seconds, otherSeed);
                    ProcessingModules modules =
                            new ProcessingModules(off != Modality.VIDEO, off != Modality.AUDIO, true, fusion);
                    return new Twins(one, with(one, other, off), modules, off, preset);
                });
    }

    private static Signals with(Signals one, Signals other, Modality sense) {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        curves.putAll(one.only(EnumSet.complementOf(EnumSet.of(sense))).curves());
        curves.putAll(other.only(EnumSet.of(sense)).curves());
        return new Signals(0, one.seconds(), curves, one.cuts(), one.pauses());
    }

    private static StreamOptions options(Twins twins) {
        return StreamOptions.DEFAULTS.keeping(0.5, 10).withModules(twins.modules());
    }

    private static Selection select(Signals signals, Twins twins) {
        return HighlightSelection.select(
                signals, signals.seconds(), twins.preset().dimensionSet(), options(twins));
    }

    private static List<Window> plan(Signals signals, Twins twins, StreamOptions options) {
        return WindowPlan.of(signals, signals.seconds(), twins.preset().dimensionSet(), options);
    }
}
