package tv.tldr.workflows.selection;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tv.tldr.workflows.stream.TimeRange;

/** Where in the stream is room for one more highlight, beside those that are there and the rest between them? */
final class Room {
    private final double duration;
    private final double cooldown;
    private final TreeMap<Double, TimeRange> taken = new TreeMap<>();

    /**
     * @param duration seconds of the stream
     * @param cooldown least seconds between two highlights
     */
    Room(double duration, double cooldown) {
        this.duration = duration;
        this.cooldown = cooldown;
    }

    void take(TimeRange range) {
        taken.put(range.start(), range);
    }

    /** The free stretch around {@code peak}, cooldown kept; empty when the second of the peak is not free. */
    Optional<TimeRange> around(int peak) {
        Map.Entry<Double, TimeRange> before = taken.floorEntry((double) peak);
        Map.Entry<Double, TimeRange> after = taken.higherEntry((double) peak);
        double start = before == null ? 0 : before.getValue().end() + cooldown;
        double end = after == null ? duration : after.getValue().start() - cooldown;
        boolean free = start <= peak && Math.min(peak + 1.0, duration) <= end;
        return free ? Optional.of(new TimeRange(start, end)) : Optional.empty();
    }

    /** The highlight nearest to {@code range}; the earlier one when two are as near. */
    Optional<TimeRange> nearest(TimeRange range) {
        Map.Entry<Double, TimeRange> before = taken.floorEntry(range.start());
        Map.Entry<Double, TimeRange> after = taken.higherEntry(range.start());
        if (before == null || after == null) {
            return Optional.ofNullable(before == null ? after : before).map(Map.Entry::getValue);
        }
        boolean earlier = before.getValue().gapTo(range) <= after.getValue().gapTo(range);
        return Optional.of(earlier ? before.getValue() : after.getValue());
    }
}
