package tv.tldr.activities.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedDimension;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.Scale.Categorical;
import tv.tldr.activities.gemini.Unit;
import tv.tldr.activities.gemini.Words;
import tv.tldr.activities.store.WindowAnswer;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.ModelMoment;
import tv.tldr.workflows.scoring.ModelScore;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;

/** What is the model asked about a window, and what does its answer mean in the stream? */
class WindowQuestionTest {
    private static final TimeRange WINDOW = new TimeRange(60, 90);
    private static final Signals SIGNALS = new Signals(0, 120, Map.of(), List.of(30.0, 70.0, 80.0), List.of());

    @Test
    void numbersTheShotsOfTheWindowInItsOwnSeconds() {
        assertThat(asked(dimension("mood", Scale.NUMERIC, false)).units())
                .extracting(Unit::number, Unit::start, Unit::end)
                .containsExactly(tuple(1, 0.0, 10.0), tuple(2, 10.0, 20.0), tuple(3, 20.0, 30.0));
    }

    @Test
    void categoriesKeepTheirOwnScoresAndComeLeastFirst() {
        Map<String, Double> categories = new LinkedHashMap<>();
        categories.put("wild", 1.0);
        categories.put("calm", 0.0);
        categories.put("tense", 0.6);
        Scale scale = new Scale(DimensionType.CATEGORICAL, 0, 1, categories, 0.5);

        assertThat(asked(dimension("mood", scale, false)).dimensions())
                .singleElement()
                .extracting(AskedDimension::scale)
                .isInstanceOfSatisfying(Categorical.class, levels -> {
                    assertThat(levels.scores().keySet()).containsExactly("calm", "tense", "wild");
                    assertThat(levels.scores()).containsEntry("tense", 0.6);
                });
    }

    @Test
    void dimensionsThatPreferRulesAreNotAskedAbout() {
        assertThat(asked(dimension("mood", Scale.NUMERIC, false), dimension("own", Scale.NUMERIC, true))
                        .dimensions())
                .extracting(AskedDimension::id)
                .containsExactly("mood");
    }

    @Test
    void anAnswersNumbersMeanTimesOfTheStreamAndWhatItRestsOnGoesAlong() {
        Answer.Moment picked = new Answer.Moment(
                2,
                3,
                Map.of("mood", new Answer.Score(0.7, 0.9, "they laugh", null)),
                "A laugh",
                "They laugh.",
                List.of());

        WindowAnswer meant = question(dimension("mood", Scale.NUMERIC, false))
                .meaning(4, new Answer(List.of(picked), List.of(), List.of()), "a third of the frames");

        assertThat(meant.window()).isEqualTo(4);
        assertThat(meant.reason()).isEqualTo("a third of the frames");
        assertThat(meant.moments())
                .singleElement()
                .extracting(ModelMoment::range)
                .isEqualTo(new TimeRange(70, 90));
    }

    @Test
    void aScoreThatHadToBePutRightSaysSoBesideItsReason() {
        Answer.Moment picked = new Answer.Moment(
                1,
                1,
                Map.of(
                        "mood", new Answer.Score(1, 0.9, "they laugh", Answer.Flag.CLAMPED),
                        "noise", new Answer.Score(0, 0, "", Answer.Flag.MISSING)),
                "A laugh",
                "They laugh.",
                List.of());

        WindowAnswer meant = question(dimension("mood", Scale.NUMERIC, false), dimension("noise", Scale.NUMERIC, false))
                .meaning(0, new Answer(List.of(picked), List.of(), List.of()), null);

        assertThat(meant.moments()).singleElement().satisfies(moment -> {
            assertThat(moment.scores().get("mood"))
                    .isEqualTo(new ModelScore(
                            1,
                            0.9,
                            "they laugh (the model's score lay outside of the scale: it was moved to the nearer end)"));
            assertThat(moment.scores().get("noise"))
                    .isEqualTo(new ModelScore(0, 1, "the model gave no score: it counts as 0"));
        });
    }

    @Test
    void whatIsSaidGoesToItsUnitAndWhatTwoMomentsShareIsSaidOnce() {
        Answer.Line shared = new Answer.Line(2, "clip that");
        Answer.Moment one = moment(1, 2, List.of(shared));
        Answer.Moment other = moment(2, 3, List.of(shared, new Answer.Line(3, "again")));
        WindowQuestion question = question(dimension("mood", Scale.NUMERIC, false));

        WindowAnswer ofMoments = question.meaning(0, new Answer(List.of(one, other), List.of(), List.of()), null);
        WindowAnswer ofAll =
                question.meaning(0, new Answer(List.of(), List.of(new Answer.Line(1, "hello")), List.of()), null);

        Answer.Line call = new Answer.Line(1, "go");
        WindowAnswer twice = question.meaning(
                0, new Answer(List.of(moment(1, 1, List.of(call))), List.of(call, call), List.of()), null);

        assertThat(twice.transcript().lines())
                .as("said twice, and told of in a moment, too")
                .extracting(TranscriptLine::text)
                .containsExactly("go", "go");
        assertThat(ofMoments.transcript().lines())
                .extracting(TranscriptLine::text, TranscriptLine::range)
                .containsExactly(tuple("clip that", new TimeRange(70, 80)), tuple("again", new TimeRange(80, 90)));
        assertThat(ofAll.transcript().lines())
                .extracting(TranscriptLine::text, TranscriptLine::range)
                .containsExactly(tuple("hello", new TimeRange(60, 70)));
    }

    private static Answer.Moment moment(int first, int last, List<Answer.Line> lines) {
        return new Answer.Moment(first, last, Map.of(), "", "", lines);
    }

    private static Question asked(Dimension... dimensions) {
        return question(dimensions).question(Words.OF_MOMENTS);
    }

    private static WindowQuestion question(Dimension... dimensions) {
        DimensionSet set =
                DimensionSet.of("made", List.of(dimensions), new Calibration(0.5, 1.5), new ClipLength(15, 60), 0);
        return new WindowQuestion(WINDOW, SIGNALS, set, ProcessingModules.ALL);
    }

    private static Dimension dimension(String id, Scale scale, boolean preferRules) {
        return new Dimension(
                id,
                id,
                "",
                1,
                scale,
                Aggregation.MAX,
                Dimension.ALL_MODALITIES,
                null,
                Examples.NONE,
                preferRules,
                id,
                RuleModel.NONE);
    }
}
