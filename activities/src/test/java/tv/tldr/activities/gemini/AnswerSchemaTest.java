package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class AnswerSchemaTest {
    private final JsonNode moment = AnswerSchema.of(Asked.question()).at("/properties/moments/items/properties");

    @Test
    void asksForEachDimensionOnItsOwnScale() {
        JsonNode scores = moment.at("/scores/properties");

        assertThat(scores.at("/action/properties/score").toString())
                .isEqualTo("{\"type\":\"number\",\"minimum\":0.0,\"maximum\":10.0}");
        assertThat(scores.at("/goal/properties/score").toString()).isEqualTo("{\"type\":\"boolean\"}");
        assertThat(scores.at("/mood/properties/score/enum").toString()).isEqualTo("[\"dull\",\"lively\",\"wild\"]");
        assertThat(moment.at("/scores/required").toString()).isEqualTo("[\"action\",\"goal\",\"mood\"]");
    }

    @Test
    void asksForNumbersOfUnitsAndNeverForATime() {
        assertThat(moment.at("/first_unit/type").asText()).isEqualTo("integer");
        assertThat(moment.toString()).doesNotContain("time").doesNotContain("second");
    }

    @Test
    void hasTheModelSayWhatItSawBeforeItScores() {
        assertThat(moment.at("/scores/properties/action/required").toString())
                .isEqualTo("[\"reason\",\"confidence\",\"score\"]");
    }

    @Test
    void asksForWordsOnlyWhenTheyAreWanted() {
        Question silent =
                new Question(Asked.question().dimensions(), Asked.question().units(), 3, Words.NONE);

        assertThat(moment.has("transcript")).isTrue();
        assertThat(AnswerSchema.of(silent).toString()).doesNotContain("transcript");
    }

    @Test
    void allWordsAreWrittenDownBeforeAnythingIsPicked() {
        Question listening =
                new Question(Asked.question().dimensions(), Asked.question().units(), 3, Words.ALL);
        JsonNode schema = AnswerSchema.of(listening);

        assertThat(schema.path("required").toString()).isEqualTo("[\"transcript\",\"moments\"]");
        assertThat(schema.at("/properties/moments/items/properties").has("transcript"))
                .isFalse();
    }
}
