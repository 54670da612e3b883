package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
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

/** What a switched off sense shows changes nothing, whatever it shows. */
class ModulesPropertyTest {
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

    /** What is said is heard in the sound. */
    @Property(tries = 20, seed = "24")
    void withoutSoundNobodyCallsAndNothingIsSaid(
            @ForAll @IntRange(min = 60, max = 300) int seconds, @ForAll long seed) {
        Signals signals = Streams.anything(seconds, seed);
        Transcript talk = Streams.talk(seconds, seed);
        StreamOptions deaf = StreamOptions.DEFAULTS.withModules(new ProcessingModules(true, false, true, true));

        Selection selection = HighlightSelection.select(
                signals, seconds, Preset.GAMING_DEFAULT.dimensionSet(), deaf, ModelScores.NONE, talk, List.of());

        assertThat(selection.candidates())
                .allSatisfy(one -> assertThat(one.transcript()).isEmpty());
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
