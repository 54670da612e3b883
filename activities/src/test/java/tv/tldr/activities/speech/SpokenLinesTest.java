package tv.tldr.activities.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

class SpokenLinesTest {
    private static final TimeRange WINDOW = new TimeRange(60, 120);

    @Test
    void wordsWithoutAPauseAreOneLineFromTheFirstToTheLast() {
        assertThat(lines(word("clip", 61, 1), word("that", 61.6, 0.8), word("please", 63, 1)))
                .containsExactly(
                        new TranscriptLine(new TimeRange(61, 62), "clip that", TranscriptSource.RECOGNIZER),
                        new TranscriptLine(new TimeRange(63, 63.4), "please", TranscriptSource.RECOGNIZER));
    }

    @Test
    void aWordOnTheEdgeBelongsToTheWindowOfItsMiddle() {
        assertThat(lines(word("before", 59.7, 1), word("in", 59.9, 1), word("last", 119.7, 1), word("after", 119.9, 1)))
                .extracting(TranscriptLine::text)
                .containsExactly("in", "last");
    }

    @Test
    void leavesOutMarksOfTheModelAndWhatItDoubtsItself() {
        assertThat(lines(
                        word("[unk]", 61, 1),
                        word("<noise>", 62, 1),
                        word("-", 63, 1),
                        word("maybe", 65, 0.4),
                        word("라디오", 67, 1)))
                .extracting(TranscriptLine::text)
                .containsExactly("라디오");
    }

    @Test
    void dividesSpeechThatNeverPauses() {
        List<SpokenWord> words = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            words.add(word("go", 61 + 0.5 * i, 1));
        }

        assertThat(SpokenLines.of(words, WINDOW))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.range().duration()).isLessThanOrEqualTo(10));
    }

    @Property
    void everyConfidentWordOfTheWindowIsInExactlyOneLine(
            @ForAll @Size(max = 40) List<@DoubleRange(min = 50, max = 130) Double> starts) {
        List<SpokenWord> words =
                starts.stream().sorted().map(start -> word("go", start, 1)).toList();

        List<TranscriptLine> lines = SpokenLines.of(words, WINDOW);

        assertThat(lines.stream()
                        .mapToLong(line -> line.text().split(" ").length)
                        .sum())
                .isEqualTo(words.stream()
                        .filter(word -> WINDOW.contains(word.range().middle()))
                        .count());
    }

    private static List<TranscriptLine> lines(SpokenWord... words) {
        return SpokenLines.of(List.of(words), WINDOW);
    }

    private static SpokenWord word(String text, double start, double confidence) {
        return new SpokenWord(text, new TimeRange(start, start + 0.4), confidence);
    }
}
