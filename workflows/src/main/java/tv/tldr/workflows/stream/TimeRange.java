package tv.tldr.workflows.stream;

import java.util.Locale;

/**
 * An interval of stream time, start included, end excluded.
 *
 * @param start seconds from the beginning of the stream, finite and not negative
 * @param end seconds from the beginning of the stream, not before {@code start}
 */
public record TimeRange(double start, double end) {
    public TimeRange {
        if (!(start >= 0) || !(end >= start) || Double.isInfinite(end)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s–%s is not a range of stream time", start, end));
        }
    }

    /** Length in seconds. */
    public double duration() {
        return end - start;
    }

    /** The instant halfway. */
    public double middle() {
        return (start + end) / 2;
    }

    public boolean contains(double time) {
        return time >= start && time < end;
    }

    /** Whether the two share more than a border. */
    public boolean overlaps(TimeRange other) {
        return start < other.end && other.start < end;
    }

    /** Seconds between the two; 0 when they touch or overlap. */
    public double gapTo(TimeRange other) {
        return Math.max(0, Math.max(start, other.start) - Math.min(end, other.end));
    }
}
