package tv.tldr.workflows.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An interval of stream time, start included, end excluded.
 *
 * @param start seconds from the beginning of the stream, finite and not negative
 * @param end seconds from the beginning of the stream, not before {@code start}
 */
public record TimeRange(double start, double end) {
    /** No stream has later seconds: it would have run for a week. */
    public static final int LATEST = 7 * 24 * 3600;

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

    /** Seconds that both cover. */
    public double shared(TimeRange other) {
        return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    }

    /**
     * The time that both cover.
     *
     * @throws IllegalArgumentException when they do not even touch
     */
    public TimeRange intersection(TimeRange other) {
        return new TimeRange(Math.max(start, other.start), Math.min(end, other.end));
    }

    /** What part of the time that they cover together do both cover? 0–1. */
    public double intersectionOverUnion(TimeRange other) {
        double shared = shared(other);
        double union = duration() + other.duration() - shared;
        return union == 0 ? 0 : shared / union;
    }

    /** What of it none of {@code others} covers, ascending. */
    public List<TimeRange> without(List<TimeRange> others) {
        List<TimeRange> left = new ArrayList<>();
        double from = start;
        for (TimeRange other : union(others)) {
            if (other.start > from && from < end) {
                left.add(new TimeRange(from, Math.min(end, other.start)));
            }
            from = Math.max(from, other.end);
        }
        if (from < end) {
            left.add(new TimeRange(from, end));
        }
        return left;
    }

    /** The same time as {@code ranges}, ascending and without overlap. */
    public static List<TimeRange> union(List<TimeRange> ranges) {
        List<TimeRange> union = new ArrayList<>();
        for (TimeRange range : ranges.stream()
                .sorted(Comparator.comparingDouble(TimeRange::start))
                .toList()) {
            TimeRange last = union.isEmpty() ? null : union.getLast();
            if (last == null || range.start > last.end) {
                union.add(range);
            } else {
                union.set(union.size() - 1, new TimeRange(last.start, Math.max(last.end, range.end)));
            }
        }
        return union;
    }
}
