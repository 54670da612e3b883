package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

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
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelMoment;
import tv.tldr.workflows.scoring.ModelScore;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** Whatever steps the scores of a set have, and however often the model says the same, a confidence is a number from 0 to 1. */
class ConfidencePropertyTest {
    private static final int SECONDS = 240;

    @Property(tries = 150, seed = "1")
    void aConfidenceIsANumberFromZeroToOne(
            @ForAll("scales") Scale scale,
            @ForAll("constants") double said,
            @ForAll Strategy strategy,
            @ForAll @IntRange(min = 0, max = 500) int seed) {
        Selection selection = select(scale, said, strategy, seed);

        assertThat(selection.candidates()).allSatisfy(one -> {
            assertThat(one.confidence()).isFinite().isBetween(0.0, 1.0);
            assertThat(one.verdict().distance()).isFinite();
            assertThat(one.reckoning()).isNotNull();
        });
    }

    @Example
    void nothingStandsOutWhereTheUsualSecondIsAYes() {
        Scale almostAlways = new Scale(DimensionType.BINARY, 0, 1, Map.of(), 0.1);

        Selection selection = select(almostAlways, 0, Strategy.RULE_BASED, 1);

        assertThat(selection.kept()).isEmpty();
        assertThat(selection.emptyReason()).startsWith("Nothing stands out");
    }

    private static Selection select(Scale scale, double said, Strategy strategy, int seed) {
        ModelScore score = new ModelScore(said, 1, "");
        ModelMoment moment = new ModelMoment(new TimeRange(0, SECONDS - 20), Map.of("on_air", score), "always", "");
        ModelScores model =
                new ModelScores(List.of(new ModelAnswer(new TimeRange(0, SECONDS), List.of(moment))), List.of());
        return HighlightSelection.select(
                Streams.anything(SECONDS, seed),
                SECONDS,
                set(scale),
                StreamOptions.DEFAULTS.withStrategy(strategy),
                model);
    }

    private static DimensionSet set(Scale scale) {
        Dimension onAir = new Dimension(
                "on_air",
                "On air",
                "Somebody can be heard.",
                1,
                scale,
                Aggregation.MAX,
                EnumSet.allOf(Modality.class),
                null,
                Examples.NONE,
                false,
                "on_air",
                new RuleModel(1, "made", -1, Term.each(SignalKind.LOUDNESS, List.of(0.3, 0.3, 0.3))));
        return DimensionSet.of("on_air", List.of(onAir), new Calibration(0.5, 1.5), new ClipLength(15, 60), 10);
    }

    @Provide
    Arbitrary<Double> constants() {
        return Arbitraries.of(0.0, 1e-15, 0.5, 0.9, 1 - 1e-15, 1.0);
    }

    @Provide
    Arbitrary<Scale> scales() {
        Arbitrary<Double> steps = Arbitraries.of(0.0, 0.1, 0.5, 0.9, 1.0);
        Arbitrary<Scale> binary = steps.map(from -> new Scale(DimensionType.BINARY, 0, 1, Map.of(), from));
        Arbitrary<Scale> categorical = Combinators.combine(steps, steps)
                .as((calm, wild) ->
                        new Scale(DimensionType.CATEGORICAL, 0, 1, Map.of("calm", calm, "wild", wild), 0.5));
        return Arbitraries.oneOf(binary, categorical, Arbitraries.just(Scale.NUMERIC));
    }
}
