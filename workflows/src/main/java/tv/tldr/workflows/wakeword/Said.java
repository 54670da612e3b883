package tv.tldr.workflows.wakeword;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;

/** One line of a transcript, normalised: what is said in it, word by word, and when? */
record Said(int number, TranscriptLine line, NormalText text) {
    static List<Said> linesOf(Transcript transcript) {
        List<TranscriptLine> lines = transcript.lines();
        return IntStream.range(0, lines.size())
                .mapToObj(number -> new Said(
                        number,
                        lines.get(number),
                        NormalText.of(lines.get(number).text())))
                .toList();
    }

    /**
     * A word of a line.
     *
     * @param heard its letters and sound
     * @param said the line
     * @param place where in the line it stands
     */
    record SaidWord(Heard heard, Said said, NormalText.Place place) {
        TimeRange range() {
            return said.range(place);
        }
    }

    List<SaidWord> words() {
        return text.words().stream()
                .map(word -> new SaidWord(Heard.of(word.letters()), this, word.place()))
                .toList();
    }

    /** When a part of the line is said: people speak evenly enough within a line. */
    TimeRange range(NormalText.Place place) {
        double each = line.range().duration() / line.text().length();
        double start = line.range().start();
        double end = place.to() == line.text().length() ? line.range().end() : start + place.to() * each;
        return new TimeRange(start + place.from() * each, Math.max(end, start + place.from() * each));
    }

    /** The words from the first to the last of {@code words}, as they are written, across lines with a space. */
    static String written(List<SaidWord> words) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int index = 1; index <= words.size(); index++) {
            boolean ends = index == words.size()
                    || words.get(index).said().number()
                            != words.get(from).said().number();
            if (ends) {
                NormalText.Place place =
                        words.get(from).place().to(words.get(index - 1).place());
                parts.add(words.get(from).said().text().original(place));
                from = index;
            }
        }
        return String.join(" ", parts);
    }
}
