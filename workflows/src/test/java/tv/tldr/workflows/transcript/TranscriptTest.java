package tv.tldr.workflows.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class TranscriptTest {
    @Test
    void linesStandInTheOrderOfTheirTimes() {
        TranscriptLine early = line(1, 3, "hello");
        TranscriptLine late = line(7, 9, "clip that");

        assertThat(new Transcript(List.of(late, early)).lines()).containsExactly(early, late);
        assertThat(new Transcript(List.of(late))
                        .and(new Transcript(List.of(early)))
                        .lines())
                .containsExactly(early, late);
    }

    @Test
    void linesOfTheSameTimeStayAsTheyWereWritten() {
        TranscriptLine one = line(1, 3, "second in the alphabet");
        TranscriptLine other = line(1, 3, "first in the alphabet");

        assertThat(new Transcript(List.of(one, other)).lines()).containsExactly(one, other);
    }

    @Test
    void aLineSaysSomething() {
        assertThat(line(1, 2, "  oh \n").text()).isEqualTo("oh");
        assertThatThrownBy(() -> line(1, 2, "  ")).hasMessage("the line at 1.0 s says nothing");
    }

    @Test
    void goesThroughJsonUnchanged() throws JsonProcessingException {
        Transcript transcript = new Transcript(List.of(line(1, 3, "切り抜いて"), line(4, 5.5, "¡clip \"that\"!")));
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue(json.writeValueAsString(transcript), Transcript.class))
                .isEqualTo(transcript);
    }

    @Test
    void isFilledFromAnotherWhereItSaysNothing() {
        Transcript model = new Transcript(List.of(line(10, 12, "clip that"), line(40, 42, "what a save")));
        Transcript recogniser = new Transcript(List.of(
                line(8, 8.9, "before"),
                line(9.5, 11, "click that"),
                line(12.9, 14, "hat"),
                line(13, 14, "after"),
                line(41, 43, "shave")));

        assertThat(model.filledFrom(recogniser).lines())
                .extracting(TranscriptLine::text)
                .containsExactly("before", "clip that", "after", "what a save");
        assertThat(Transcript.EMPTY.filledFrom(recogniser)).isEqualTo(recogniser);
        assertThat(model.filledFrom(Transcript.EMPTY)).isEqualTo(model);
    }

    private static TranscriptLine line(double start, double end, String text) {
        return new TranscriptLine(new TimeRange(start, end), text, TranscriptSource.RECOGNIZER);
    }
}
