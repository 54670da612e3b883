package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;

/** What does a sense count for that is switched off? */
class ProcessingModulesTest {
    private static final ProcessingModules UNSEEN = new ProcessingModules(false, true, true, true);
    private static final ProcessingModules UNHEARD = new ProcessingModules(true, false, true, true);
    private static final ProcessingModules UNFUSED = new ProcessingModules(true, true, true, false);

    private static final int SECONDS = 120;
    private static final int LOUD_AND_BUSY = 30;
    private static final Signals SIGNALS = MadeSignals.flat(SECONDS)
            .more(SignalKind.LOUDNESS, 25, 35, 8)
            .more(SignalKind.MOTION, 25, 35, 3)
            .signals();
    private static final Dimension ACTION = dimension(
            "action",
            Dimension.ALL_MODALITIES,
            new Term(SignalKind.LOUDNESS, 1, 0.8),
            new Term(SignalKind.MOTION, 1, 0.4));
    private static final Dimension SHOUT =
            dimension("shout", Set.of(Modality.AUDIO, Modality.TEXT), new Term(SignalKind.LOUDNESS, 1, 0.8));

    @Test
    void withoutAnySenseThereIsNothingToScoreBy() {
        assertThatThrownBy(() -> new ProcessingModules(false, false, false, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("video, audio and chat");
        assertThat(new ProcessingModules(false, false, true, true).senses()).containsExactly(Modality.TEXT);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIDEO", "AUDIO"})
    void whatIsOffIsScoredAsIfTheStreamHadNoSuchSense(Modality off) {
        Signals gameplay = SignalDump.read("game_d1");
        Signals without = gameplay.only(EnumSet.complementOf(EnumSet.of(off)));
        DimensionSet gaming = Preset.GAMING_DEFAULT.dimensionSet();

        Scores switchedOff = RuleScorer.score(gameplay, gaming, by(off == Modality.VIDEO ? UNSEEN : UNHEARD));
        Scores neverThere = RuleScorer.score(without, gaming);

        assertThat(switchedOff.total()).isEqualTo(neverThere.total());
        assertThat(switchedOff.reasons(40)).isEqualTo(neverThere.reasons(40));
        assertThat(switchedOff.type(40)).isEqualTo(neverThere.type(40));
    }

    @Test
    void aDimensionOfSeveralSensesGoesByWhatIsLeftAndIsLessSure() {
        DimensionScore all = at(ACTION, ProcessingModules.ALL);
        DimensionScore seen = at(ACTION, UNHEARD);

        assertThat(seen.confidence()).isCloseTo(all.confidence() / 3, within(1e-9));
        assertThat(seen.modalities()).containsOnlyKeys(Modality.VIDEO);
        assertThat(seen.contributions())
                .extracting(Contribution::feature)
                .containsExactlyInAnyOrder("usual", "motion.1s", "audio_analysis");
        assertThat(seen.contributions())
                .extracting(Contribution::text)
                .contains("sound not counted: audio_analysis is off");
    }

    @Test
    void aDimensionWithoutASenseLeftScoresNothingAndSaysWhy() {
        DimensionScore score = at(SHOUT, UNHEARD);

        assertThat(score.score()).isZero();
        assertThat(score.confidence()).isZero();
        assertThat(score.contributions())
                .extracting(Contribution::text)
                .containsExactly(
                        "not scored: the senses whose signals tell of it are off, and the model is not asked about it,"
                                + " since it is shown none of the senses by which it shows",
                        "sound not counted: audio_analysis is off");
    }

    @Test
    void theModelIsAskedAboutWhatItCanSeeOrHear() {
        Dimension look = dimension("look", Set.of(Modality.VIDEO));
        Dimension words = dimension("words", Set.of(Modality.TEXT));
        DimensionSet set = set(ACTION, SHOUT, look, words);

        assertThat(asked(set, ProcessingModules.ALL)).containsExactly("action", "shout", "look", "words");
        assertThat(asked(set, UNHEARD)).containsExactly("action", "look");
        assertThat(asked(set, UNSEEN)).as("words are heard").containsExactly("action", "shout", "words");
        assertThat(asked(set, new ProcessingModules(false, false, true, true))).isEmpty();
    }

    @Test
    void anAnswerSaysNothingOfADimensionThatWasNotAskedAbout() {
        ModelScores said = new ModelScores(
                List.of(new ModelAnswer(
                        new TimeRange(0, SECONDS),
                        List.of(new ModelMoment(
                                new TimeRange(25, 35), Map.of("action", new ModelScore(0.9, 0.8, "a jump")), "", "")))),
                List.of());
        Scores scores = RuleScorer.score(
                SIGNALS, set(ACTION, SHOUT), new Scoring(Strategy.AI_ONLY, Fusion.DEFAULT, said, UNHEARD));

        assertThat(scores.dimensions(LOUD_AND_BUSY).get("action"))
                .extracting(DimensionScore::score)
                .isEqualTo(0.9);
        assertThat(scores.dimensions(LOUD_AND_BUSY).get("shout"))
                .as("a dimension that is missing in an answer would be 0 with confidence 1")
                .extracting(DimensionScore::confidence)
                .isEqualTo(0.0);
    }

    @Test
    void whatTheModelSaidOfMoreOrLessThanItIsShownDoesNotCount() {
        DimensionSet set = set(ACTION);
        List<TimeRange> wanted = List.of(new TimeRange(0, 60));
        ModelScores said = new ModelScores(List.of(new ModelAnswer(wanted.getFirst(), List.of())), List.of());
        AskedModel seenAndHeard = new AskedModel(set, ProcessingModules.ALL, said, Transcript.EMPTY);
        AskedModel seen = new AskedModel(set, UNHEARD, said, Transcript.EMPTY);

        assertThat(seenAndHeard.along(set, UNFUSED, SIGNALS, SECONDS)).isEqualTo(said);
        assertThat(seenAndHeard.along(set, UNHEARD, SIGNALS, SECONDS).answers()).isEmpty();
        assertThat(seenAndHeard.along(set, UNHEARD, SIGNALS, SECONDS).degradedAt(1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("other processing modules"));
        assertThat(seenAndHeard.open(wanted, set, UNHEARD, SIGNALS)).isEqualTo(wanted);
        assertThat(seen.along(set, UNHEARD, SIGNALS, SECONDS)).isEqualTo(said);
        assertThat(seen.open(wanted, set, UNHEARD, SIGNALS)).isEmpty();
        assertThat(seen.along(set, ProcessingModules.ALL, SIGNALS, SECONDS).answers())
                .isEmpty();
    }

    @Test
    void ofASilentStreamTheModelIsShownTheSameWithSoundOnOrOff() {
        DimensionSet set = set(ACTION);
        Signals silent = SIGNALS.only(Set.of(Modality.VIDEO));
        ModelScores said = new ModelScores(List.of(new ModelAnswer(new TimeRange(0, 60), List.of())), List.of());

        assertThat(new AskedModel(set, ProcessingModules.ALL, said, Transcript.EMPTY)
                        .along(set, UNHEARD, silent, SECONDS))
                .isEqualTo(said);
        assertThat(UNSEEN.showsAnythingOf(silent)).isFalse();
        assertThat(UNHEARD.showsAnythingOf(silent)).isTrue();
        assertThat(UNHEARD.leftOut(silent)).as("there is none to leave out").isEmpty();
        assertThat(UNHEARD.leftOut(SIGNALS)).isEqualTo(" The processing modules leave out its sound (audio_analysis).");
    }

    /** Along the same set, but without those that show in the sound alone: the dimensions are not other ones. */
    @Test
    void whereAllIsShownOfASilentStreamTheModulesAreToldToBeOthersNotTheDimensions() {
        DimensionSet set = set(ACTION, SHOUT);
        Signals silent = SIGNALS.only(Set.of(Modality.VIDEO));
        ModelScores said = new ModelScores(List.of(new ModelAnswer(new TimeRange(0, 60), List.of())), List.of());
        AskedModel seen = new AskedModel(set, UNHEARD, said, Transcript.EMPTY);
        AskedModel ofOthers = new AskedModel(set(ACTION), UNHEARD, said, Transcript.EMPTY);

        assertThat(seen.along(set, ProcessingModules.ALL, silent, SECONDS).degradedAt(1))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("other processing modules").doesNotContain("as they were"));
        assertThat(ofOthers.along(set, ProcessingModules.ALL, silent, SECONDS).degradedAt(1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("as they were"));
    }

    @Test
    void unfusedEachDimensionHasTheScoreOfItsSurestSense() {
        Scores unfused = RuleScorer.score(SIGNALS, set(ACTION), by(UNFUSED));
        Scores surest = RuleScorer.score(SIGNALS, set(ACTION), Scoring.rules(Fusion.of(FusionStrategy.MAX_CONFIDENCE)));

        DimensionScore action = action(unfused);
        assertThat(unfused.total()).isEqualTo(surest.total());
        assertThat(action.score()).isEqualTo(action(surest).score());
        assertThat(action.contributions())
                .extracting(Contribution::text)
                .anyMatch(text -> text.endsWith("not counted: multimodal_fusion is off, and another sense is surer"));
    }

    @Test
    void fewerSensesCanAgreeThanThereAre() {
        assertThat(Fusion.DEFAULT.voices(set(ACTION), ProcessingModules.ALL)).isEqualTo(2);
        assertThat(Fusion.DEFAULT.voices(set(ACTION), UNHEARD)).isEqualTo(1);
    }

    private static List<String> asked(DimensionSet set, ProcessingModules modules) {
        return set.askedDimensions(modules).stream().map(Dimension::id).toList();
    }

    private static DimensionScore at(Dimension dimension, ProcessingModules modules) {
        return Objects.requireNonNull(RuleScorer.score(SIGNALS, set(dimension), by(modules))
                .dimensions(LOUD_AND_BUSY)
                .get(dimension.id()));
    }

    private static DimensionScore action(Scores scores) {
        return Objects.requireNonNull(scores.dimensions(LOUD_AND_BUSY).get("action"));
    }

    private static Scoring by(ProcessingModules modules) {
        return new Scoring(Strategy.RULE_BASED, Fusion.DEFAULT, ModelScores.NONE, modules);
    }

    private static Dimension dimension(String id, Set<Modality> modalities, Term... terms) {
        return new Dimension(
                id,
                id,
                "",
                1,
                Scale.NUMERIC,
                Aggregation.MAX,
                modalities,
                null,
                Examples.NONE,
                false,
                id,
                new RuleModel(0.9, "by hand", -1, List.of(terms)));
    }

    private static DimensionSet set(Dimension... dimensions) {
        return DimensionSet.of(
                "made", List.of(dimensions), new Calibration(0.65, 2.4), new DimensionSet.ClipLength(15, 60), 0);
    }
}
