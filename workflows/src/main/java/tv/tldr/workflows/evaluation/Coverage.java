package tv.tldr.workflows.evaluation;

import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** Which time do several ranges cover together, counted once? */
final class Coverage {
    private Coverage() {}

    /** Seconds that {@code ranges} cover. */
    static double seconds(List<TimeRange> ranges) {
        return TimeRange.union(ranges).stream().mapToDouble(TimeRange::duration).sum();
    }

    /** Seconds that both cover. */
    static double shared(List<TimeRange> some, List<TimeRange> others) {
        List<TimeRange> otherUnion = TimeRange.union(others);
        double shared = 0;
        for (TimeRange one : TimeRange.union(some)) {
            for (TimeRange other : otherUnion) {
                shared += one.shared(other);
            }
        }
        return shared;
    }
}
