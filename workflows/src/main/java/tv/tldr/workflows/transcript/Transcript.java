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

    /** As near as two sources may tell the time of the same words. */
    private static final double NEAR_SECONDS = 1;

    public static final Transcript EMPTY = new Transcript(List.of());

    public Transcript {
        lines = lines.stream().sorted(BY_TIME).toList();
    }

    /** The lines of which something is said in {@code range}. */
    public List<TranscriptLine> within(TimeRange range) {
        return lines.stream().filter(line -> line.range().overlaps(range)).toList();
    }

    /**
     * These lines, and of {@code other} those where nobody wrote anything down here: lines of ours are right to about a
     * second, so that what is nearer to one of them is told by it.
     */
    public Transcript filledFrom(Transcript other) {
        return and(new Transcript(other.lines.stream()
                .filter(line -> lines.stream().noneMatch(ours -> ours.range().gapTo(line.range()) < NEAR_SECONDS))
                .toList()));
    }

    /** Both in one: of two windows, or of two sources. */
    public Transcript and(Transcript other) {
        return new Transcript(
                Stream.concat(lines.stream(), other.lines.stream()).toList());
    }
}
