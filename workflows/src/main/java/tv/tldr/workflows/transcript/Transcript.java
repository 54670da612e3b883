package tv.tldr.workflows.transcript;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What is said in a stream, or in a part of it?
 *
 * @param lines by time; lines may overlap, since people do
 */
public record Transcript(List<TranscriptLine> lines) {
    /** Stable: lines of the same time stay in the order in which they were written down. */
    private static final Comparator<TranscriptLine> BY_TIME = Comparator.comparingDouble(
                    (TranscriptLine line) -> line.range().start())
            .thenComparingDouble(line -> line.range().end());

    public static final Transcript EMPTY = new Transcript(List.of());

    public Transcript {
        lines = lines.stream().sorted(BY_TIME).toList();
    }

    /** The lines of which something is said in {@code range}. */
    public List<TranscriptLine> within(TimeRange range) {
        return lines.stream().filter(line -> line.range().overlaps(range)).toList();
    }

    /** Both in one: of two windows, or of two sources. */
    public Transcript and(Transcript other) {
        return new Transcript(
                Stream.concat(lines.stream(), other.lines.stream()).toList());
    }
}
