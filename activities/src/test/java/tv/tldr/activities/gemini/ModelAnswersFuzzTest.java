package tv.tldr.activities.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the model writes is usable as far as it can be used, or malformed; it never ends the reading. */
class ModelAnswersFuzzTest {
    private static final Question QUESTION = new Question(
            Asked.question().dimensions(),
            Asked.question().units(),
            Asked.question().mostMoments(),
            Words.ALL);

    @FuzzTest
    void anAnswerHasScoresFromZeroToOneAndUnitsThatWereShown(byte[] bytes) {
        if (AnswerReader.read(QUESTION, new String(bytes, UTF_8)) instanceof Reading.Usable<Answer>(Answer answer)) {
            assertThat(answer.moments()).hasSizeLessThanOrEqualTo(QUESTION.mostMoments());
            answer.moments().forEach(moment -> {
                assertThat(moment.firstUnit()).isBetween(1, moment.lastUnit());
                assertThat(moment.lastUnit()).isLessThanOrEqualTo(4);
                moment.scores().values().forEach(score -> assertThat(score.value())
                        .isBetween(0.0, 1.0));
            });
        }
    }
}
