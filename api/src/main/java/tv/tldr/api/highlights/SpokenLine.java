package tv.tldr.api.highlights;

import java.util.List;
import tv.tldr.workflows.transcript.TranscriptLine;

/**
 * Something that is said, as a client sees it. Times are seconds of the stream.
 *
 * @param source who wrote it down: {@code model} or {@code recognizer}
 */
record SpokenLine(double startTime, double endTime, String text, String source) {
    static List<SpokenLine> of(List<TranscriptLine> lines) {
        return lines.stream()
                .map(line -> new SpokenLine(
                        line.range().start(),
                        line.range().end(),
                        line.text(),
                        line.source().wire()))
                .toList();
    }
}
