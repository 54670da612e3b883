package tv.tldr.activities.speech;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class VoskAnswerTest {
    @Test
    void readsWordsWithTheirTimes() throws JsonProcessingException {
        assertThat(VoskAnswer.words("""
                {"result": [{"conf": 0.728376, "end": 0.316735, "start": 0.18, "word": "이"},
                            {"end": 0.6, "start": 0.4, "word": "go"}], "text": "이 go"}"""))
                .containsExactly(
                        new SpokenWord("이", new TimeRange(0.18, 0.316735), 0.728376),
                        new SpokenWord("go", new TimeRange(0.4, 0.6), 1));
    }

    @Test
    void silenceHasNoWords() throws JsonProcessingException {
        assertThat(VoskAnswer.words("{\"text\": \"\"}")).isEmpty();
    }
}
