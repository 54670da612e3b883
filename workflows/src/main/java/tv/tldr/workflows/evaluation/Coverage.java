package tv.tldr.workflows.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** Which time do several ranges cover together, counted once? */
final class Coverage {
    private Coverage() {}

    /** The same time as {@code ranges}, ascending and without overlap. */
    static List<TimeRange> union(List<TimeRange> ranges) {
        List<TimeRange> union = new ArrayList<>();
        for (TimeRange range : ranges.stream()
                .sorted(Comparator.comparingDouble(TimeRange::start))
                .toList()) {
            TimeRange last = union.isEmpty() ? null : union.getLast();
            if (last == null || range.start() > last.end()) {
                union.add(range);
            } else {
                union.set(union.size() - 1, new TimeRange(last.start(), Math.max(last.end(), range.end())));
            }
        }
        return union;
    }

    /** Seconds that {@code ranges} cover. */
    static double seconds(List<TimeRange> ranges) {
        return union(ranges).stream().mapToDouble(TimeRange::duration).sum();
    }

    /** Seconds that both cover. */
    static double shared(List<TimeRange> some, List<TimeRange> others) {
        List<TimeRange> otherUnion = union(others);
        double shared = 0;
        for (TimeRange one : union(some)) {
            for (TimeRange other : otherUnion) {
                shared += shared(one, other);
            }
        }
        return shared;
    }

    static double shared(TimeRange one, TimeRange other) {
        return Math.max(0, Math.min(one.end(), other.end()) - Math.max(one.start(), other.start()));
    }

    /** Intersection over union of two ranges, 0–1. */
    static double intersectionOverUnion(TimeRange one, TimeRange other) {
        double shared = shared(one, other);
        double union = one.duration() + other.duration() - shared;
        return union == 0 ? 0 : shared / union;
    }
}
