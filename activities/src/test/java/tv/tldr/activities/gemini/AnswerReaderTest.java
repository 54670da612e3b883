package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.gemini.Answer.Flag;
import tv.tldr.activities.gemini.Answer.Line;
import tv.tldr.activities.gemini.Answer.Moment;
import tv.tldr.activities.gemini.Answer.Score;

class AnswerReaderTest {
    private static final String GOOD = """
            {"moments": [{"first_unit": 2, "last_unit": 3, "title": "A goal", "reason": "The ball is in.",
              "scores": {"action": {"reason": "a shot", "confidence": 0.9, "score": 8},
                         "goal": {"reason": "net", "confidence": 1, "score": true},
                         "mood": {"reason": "cheers", "confidence": 0.5, "score": "lively"}},
              "transcript": [{"unit": 2, "text": "he shoots"}, {"unit": 4, "text": "not in this moment"}]}]}
            """;

    @Test
    void readsEveryScaleAsZeroToOne() {
        Moment moment = moment(GOOD);

        assertThat(moment.firstUnit()).isEqualTo(2);
        assertThat(moment.lastUnit()).isEqualTo(3);
        assertThat(moment.scores().keySet()).containsExactly("action", "goal", "mood");
        assertThat(score(moment, "action")).isEqualTo(new Score(0.8, 0.9, "a shot", null));
        assertThat(score(moment, "goal").value()).isEqualTo(1);
        assertThat(score(moment, "mood").value()).isEqualTo(0.5);
        assertThat(moment.transcript()).containsExactly(new Line(2, "he shoots"));
        assertThat(usable(GOOD).notes()).isEmpty();
    }

    @Test
    void allWordsOfTheWindowAreReadWhenTheyAreAskedFor() {
        String answer = """
                {"transcript": [{"unit": 4, "text": "clip that"}, {"unit": 9, "text": "nowhere"}, {"unit": 1, "text": " "}],
                 "moments": []}""";
        Question listening =
                new Question(Asked.question().dimensions(), Asked.question().units(), 3, Words.ALL);

        assertThat(AnswerReader.read(listening, answer))
                .isEqualTo(new Reading.Usable<>(new Answer(List.of(), List.of(new Line(4, "clip that")), List.of())));
        assertThat(usable(answer).transcript()).as("not asked for").isEmpty();
    }

    @Test
    void takesOffTheFenceThatModelsLikeToPutAroundJson() {
        assertThat(usable("Here you are:\n```json\n" + GOOD + "```")).isEqualTo(usable(GOOD));
    }

    @Test
    void everyAskedDimensionIsScoredAndNoOther() {
        Moment moment = moment("""
                {"moments": [{"first_unit": 1, "last_unit": 1, "scores": {"action": {"score": 5}, "beauty": {"score": 1}}}]}
                """);

        assertThat(moment.scores().keySet()).containsExactly("action", "goal", "mood");
        assertThat(score(moment, "goal")).isEqualTo(new Score(0, 1, "", Flag.MISSING));
        assertThat(score(moment, "mood").flag()).isEqualTo(Flag.MISSING);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'\"confidence\": null,', 1", "'\"confidence\": \"high\",', 1", "'\"confidence\": 0,', 0"})
    void aScoreWithoutAConfidenceIsOneThatIsSure(String confidence, double expected) {
        Score score = score(
                moment("{\"moments\": [{\"first_unit\": 1, \"last_unit\": 1, \"scores\": {\"action\": {" + confidence
                        + "\"score\": 8}}}]}"),
                "action");

        assertThat(score).isEqualTo(new Score(0.8, expected, "", null));
    }

    @ParameterizedTest(name = "{0} of a scale from 0 to 10")
    @CsvSource({
        "11, 1, CLAMPED",
        "-3, 0, CLAMPED",
        "1e300, 1, CLAMPED",
        "'\"7\"', 0.7,",
        "'\"high\"', 0, UNREADABLE",
        "null, 0, MISSING",
        "{}, 0, UNREADABLE",
        "[8], 0, UNREADABLE",
        "'\"NaN\"', 0, UNREADABLE"
    })
    void aScoreOutsideOfItsScaleIsMovedIntoItAndFlagged(String written, double value, Flag flag) {
        Score score = score(
                moment("{\"moments\": [{\"first_unit\": 1, \"last_unit\": 1, \"scores\": {\"action\": {\"score\": "
                        + written + "}}}]}"),
                "action");

        assertThat(score.value()).isCloseTo(value, within(1e-12));
        assertThat(score.flag()).isEqualTo(flag);
        assertThat(score.confidence()).as("a 0 of ours holds").isEqualTo(1);
    }

    @Test
    void aMomentOfUnitsThatWereNotShownIsLeftOut() {
        Answer answer = usable("""
                {"moments": [{"first_unit": 3, "last_unit": 9}, {"first_unit": 0, "last_unit": 1},
                             {"first_unit": 4, "last_unit": 2}]}
                """);

        assertThat(answer.moments()).hasSize(1);
        assertThat(answer.moments().getFirst().firstUnit()).isEqualTo(2);
        assertThat(answer.moments().getFirst().lastUnit()).isEqualTo(4);
        assertThat(answer.notes()).anyMatch(note -> note.contains("3 to 9"));
    }

    @Test
    void noMomentIsAnAnswer() {
        assertThat(usable("{\"moments\": []}").moments()).isEmpty();
    }

    @Test
    void momentsBeyondTheAskedNumberAndLongTextsAreCut() {
        String moment = "{\"first_unit\": 1, \"last_unit\": 1, \"title\": \"" + "long \\u0007".repeat(200) + "\"}";

        Answer answer = usable("{\"moments\": [" + String.join(",", moment, moment, moment, moment) + "]}");

        assertThat(answer.moments()).hasSize(3);
        assertThat(answer.moments().getFirst().title())
                .hasSizeLessThanOrEqualTo(AnswerReader.LONGEST_TITLE)
                .startsWith("long long")
                .endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I cannot help with that.",
                "{",
                "{\"moments\": {}}",
                "{\"highlights\": []}",
                "[1, 2]",
                "{\"moments\": [{\"first_unit\": 99, \"last_unit\": 99}]}",
                "{\"moments\": [{\"first_unit\": 1,"
            })
    void whatHasNotTheAskedFormIsMalformed(String text) {
        assertThat(AnswerReader.read(Asked.question(), text))
                .isInstanceOfSatisfying(Reading.Malformed.class, malformed -> assertThat(malformed.told())
                        .as("for whoever has not seen the question")
                        .doesNotContainPattern("JSON|unit|array"));
    }

    @Property(tries = 500)
    void noTextBreaksTheReader(@ForAll String text) {
        assertThat(AnswerReader.read(Asked.question(), "{\"moments\": [" + text + "]}"))
                .isNotNull();
    }

    private static Answer usable(String text) {
        Reading<Answer> reading = AnswerReader.read(Asked.question(), text);
        assertThat(reading).isInstanceOf(Reading.Usable.class);
        return ((Reading.Usable<Answer>) reading).answer();
    }

    private static Moment moment(String text) {
        return usable(text).moments().getFirst();
    }

    private static Score score(Moment moment, String dimension) {
        Score score = moment.scores().get(dimension);
        assertThat(score).isNotNull();
        return score == null ? new Score(-1, 0, "", null) : score;
    }
}
