package tv.tldr.activities.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** Which words make one line? What is said without a pause, as long as it can still be read at a glance. */
final class SpokenLines {
    /** Between two sentences people stop for longer, within one of them mostly for less. */
    private static final double PAUSE_SECONDS = 0.7;

    private static final double LONGEST_SECONDS = 10;

    /** Out of music and noise a recogniser makes words, too, and doubts them itself. */
    private static final double LEAST_CONFIDENCE = 0.5;

    private SpokenLines() {}

    /**
     * @param words in stream time, ascending
     * @param window a word belongs to the window that its middle lies in, so that each is told of one window alone
     */
    static List<TranscriptLine> of(List<SpokenWord> words, TimeRange window) {
        List<List<SpokenWord>> lines = new ArrayList<>();
        for (SpokenWord word : words) {
            if (word.isSpeech() && window.contains(word.range().middle())) {
                if (lines.isEmpty() || !continues(lines.getLast(), word)) {
                    lines.add(new ArrayList<>());
                }
                lines.getLast().add(word);
            }
        }
        return lines.stream().flatMap(SpokenLines::line).toList();
    }

    private static boolean continues(List<SpokenWord> line, SpokenWord word) {
        return word.range().start() - line.getLast().range().end() < PAUSE_SECONDS
                && word.range().end() - line.getFirst().range().start() <= LONGEST_SECONDS;
    }

    private static Stream<TranscriptLine> line(List<SpokenWord> words) {
        double confidence =
                words.stream().mapToDouble(SpokenWord::confidence).average().orElse(0);
        if (confidence < LEAST_CONFIDENCE) {
            return Stream.empty();
        }
        TimeRange range = new TimeRange(
                words.getFirst().range().start(), words.getLast().range().end());
        String text = String.join(" ", words.stream().map(SpokenWord::text).toList());
        return Stream.of(new TranscriptLine(range, text, TranscriptSource.RECOGNIZER));
    }
}
