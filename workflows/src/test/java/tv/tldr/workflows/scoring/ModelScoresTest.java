package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.ModelScores.Degraded;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;

/** How do rules and the model become one score? Each number here is worked out by hand. */
class ModelScoresTest {
    private static final Signals SIGNALS =
            MadeSignals.flat(120).more(SignalKind.LOUDNESS, 20, 40, 4).signals();
    /** In second 30: 2 deviations, so that rules score logistic(-1 + 0.5 × 2) = 0.5. */
    private static final Dimension LOUD = Dimension.ofRules(
            "loud", "loud", 1, new RuleModel(1, "", -1, List.of(new Term(SignalKind.LOUDNESS, 1, 0.5))));

    /** Nothing that signals could tell. */
    private static final Dimension WITTY = Dimension.ofRules("witty", "witty", 1, RuleModel.NONE);

    private static final ModelScores ANSWERED = new ModelScores(
            List.of(new ModelAnswer(
                    new TimeRange(0, 60),
                    List.of(new ModelMoment(
                            new TimeRange(25, 35),
                            Map.of("loud", new ModelScore(0.9, 0.8, "everybody shouts")),
                            "A shout",
                            "Everybody shouts at once.")))),
            List.of(new Degraded(new TimeRange(60, 120), "the budget is spent")));

    @Test
    void aZeroThatTheModelGaveKeepsItsConfidenceAndItsSentence() {
        ModelScore zero = new ModelScore(0, 0.3, "nobody shouts");
        ModelMoment quiet = new ModelMoment(new TimeRange(25, 35), Map.of("loud", zero), "Quiet", "Nothing.");
        ModelMoment unsaid = new ModelMoment(new TimeRange(20, 30), Map.of(), "Unsaid", "Nothing of it.");
        ModelMoment loud = new ModelMoment(
                new TimeRange(33, 40), Map.of("loud", new ModelScore(0.5, 0.6, "some shout")), "Loud", "Some.");

        ModelCurve curve = new ModelScores(
                        List.of(new ModelAnswer(new TimeRange(0, 60), List.of(unsaid, quiet, loud))), List.of())
                .curve("loud", 120);

        assertThat(curve.at(26)).isEqualTo(zero);
        assertThat(curve.at(34)).as("the higher of two moments").isEqualTo(new ModelScore(0.5, 0.6, "some shout"));
        assertThat(curve.at(21)).isEqualTo(ModelScore.NOTHING);
        assertThat(curve.at(50)).isEqualTo(ModelScore.NOTHING);
        assertThat(curve.at(70)).isNull();
    }

    @Test
    void hybridIsSevenTenthsModelAndThreeTenthsRules() {
        DimensionScore score = at(Strategy.HYBRID, LOUD, 30);

        assertThat(score.score()).isCloseTo(0.7 * 0.9 + 0.3 * 0.5, within(1e-9));
        assertThat(score.rules()).isCloseTo(0.5, within(1e-9));
        assertThat(Objects.requireNonNull(score.model()).reason()).isEqualTo("everybody shouts");
        assertThat(score.confidence()).isCloseTo(0.7 * 0.8 + 0.3 * 1, within(1e-9));
    }

    @Test
    void whatIsWantedAndNeitherAnsweredNorTriedIsLeftToRules() {
        List<TimeRange> wanted = List.of(new TimeRange(30, 90), new TimeRange(100, 140));

        assertThat(ANSWERED.elsewhere(wanted, "not asked").degraded())
                .containsExactly(
                        new Degraded(new TimeRange(60, 120), "the budget is spent"),
                        new Degraded(new TimeRange(120, 140), "not asked"));
        assertThat(ModelScores.NONE.elsewhere(wanted, "not asked").degraded())
                .extracting(Degraded::window)
                .isEqualTo(wanted);
    }

    @Test
    void whatWasAnsweredAlongTheSameDimensionsIsNotOpen() {
        DimensionSet asked = Preset.GAMING_DEFAULT.dimensionSet();
        AskedModel model = new AskedModel(asked, ProcessingModules.ALL, ANSWERED, Transcript.EMPTY);
        TimeRange answered = new TimeRange(0, 60);
        TimeRange tried = new TimeRange(60, 120);
        TimeRange part = new TimeRange(10, 20);

        assertThat(model.open(List.of(answered, tried, part), asked, ProcessingModules.ALL, SIGNALS))
                .containsExactly(tried, part);
        assertThat(model.open(
                        List.of(answered), Preset.EDUCATION_DEFAULT.dimensionSet(), ProcessingModules.ALL, SIGNALS))
                .containsExactly(answered);
    }

    @Test
    void whatWasAnsweredFromFewerFramesIsOpenSinceANewAnalysisAsksItAgain() {
        DimensionSet asked = Preset.GAMING_DEFAULT.dimensionSet();
        TimeRange less = new TimeRange(0, 60);
        ModelScores scores = new ModelScores(
                ANSWERED.answers(), List.of(new Degraded(less, "the model was shown a third of the frames")));

        assertThat(new AskedModel(asked, ProcessingModules.ALL, scores, Transcript.EMPTY)
                        .open(List.of(less), asked, ProcessingModules.ALL, SIGNALS))
                .containsExactly(less);
    }

    @Test
    void aiOnlyIsTheModelAlone() {
        assertThat(at(Strategy.AI_ONLY, LOUD, 30).score()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void rulesAloneDoNotListen() {
        DimensionScore score = at(Strategy.RULE_BASED, LOUD, 30);

        assertThat(score.score()).isCloseTo(0.5, within(1e-9));
        assertThat(score.model()).isNull();
    }

    @Test
    void whatTheModelSawAndDidNotPickScoresNothing() {
        assertThat(at(Strategy.AI_ONLY, LOUD, 50).score()).isZero();
        assertThat(at(Strategy.HYBRID, LOUD, 50).score()).isCloseTo(0.3 * Logistic.of(-1), within(1e-9));
    }

    @Test
    void whereTheModelWasNotAskedRulesScoreAndTheReasonIsKept() {
        assertThat(at(Strategy.AI_ONLY, LOUD, 90).score()).isCloseTo(Logistic.of(-1), within(1e-9));
        assertThat(ANSWERED.degradedAt(90)).contains("the budget is spent");
        assertThat(ANSWERED.degradedAt(30)).isEmpty();
    }

    @Test
    void aDimensionThatPrefersRulesIsNotTheModels() {
        Dimension ownWay = new Dimension(
                LOUD.id(),
                LOUD.name(),
                "",
                1,
                Scale.NUMERIC,
                Aggregation.MAX,
                Dimension.ALL_MODALITIES,
                null,
                Examples.NONE,
                true,
                "loud",
                LOUD.rules());

        assertThat(at(Strategy.HYBRID, ownWay, 30).score()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void whatSignalsCannotTellIsAllTheModels() {
        DimensionScore score = at(Strategy.HYBRID, WITTY, 30);

        assertThat(score.modelShare()).isEqualTo(1);
        assertThat(score.score()).as("missing in the answer: 0").isZero();
    }

    @Test
    void whatNobodyScoredIsNothingAndSaysWhy() {
        DimensionScore score = at(Strategy.HYBRID, WITTY, 90);

        assertThat(score.score()).isZero();
        assertThat(score.rules()).isZero();
        assertThat(score.confidence()).isZero();
        assertThat(score.contributions()).singleElement().satisfies(one -> assertThat(one.text())
                .startsWith("not scored: signals tell nothing of it"));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void everyWholeScoreIsItsUsualAndItsReasons(Strategy strategy) {
        Scores scores = scores(strategy, LOUD, WITTY);

        for (int second = 0; second < 120; second++) {
            double sum = scores.usual(second)
                    + scores.reasons(second).stream()
                            .mapToDouble(Contribution::contribution)
                            .sum();
            assertThat(sum).isCloseTo(scores.total()[second], within(1e-9));
        }
    }

    @Test
    void theModelsPartIsSaidInItsOwnWords() {
        assertThat(scores(Strategy.AI_ONLY, LOUD).reasons(30))
                .extracting(Contribution::text)
                .anySatisfy(text -> assertThat(text).startsWith("the model scores loud 0.90: everybody shouts (+0.63"));
    }

    private static DimensionScore at(Strategy strategy, Dimension dimension, int second) {
        return Objects.requireNonNull(
                scores(strategy, dimension).dimensions(second).get(dimension.id()));
    }

    private static Scores scores(Strategy strategy, Dimension... dimensions) {
        DimensionSet set =
                DimensionSet.of("made", List.of(dimensions), new Calibration(0.5, 1.5), new ClipLength(15, 60), 0);
        return RuleScorer.score(SIGNALS, set, new Scoring(strategy, Fusion.DEFAULT, ANSWERED, ProcessingModules.ALL));
    }
}
