package tv.tldr.workflows.selection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.stream.TimeRange;

/** Where is room for one more highlight, when those of one type may have to keep farther apart than others? */
final class Spacing {
    private final double duration;
    private final double cooldown;
    private final Room all;
    private final Map<String, Room> byType = new HashMap<>();

    /**
     * @param duration seconds of the stream
     * @param cooldown least seconds between two highlights of whatever type
     */
    Spacing(double duration, double cooldown) {
        this.duration = duration;
        this.cooldown = cooldown;
        this.all = new Room(duration, cooldown);
    }

    void take(TimeRange range, MomentType type) {
        all.take(range);
        ofType(type).ifPresent(room -> room.take(range));
    }

    /** The free stretch around {@code peak}; empty when the second of the peak is not free. */
    Optional<TimeRange> around(int peak, MomentType type) {
        Optional<TimeRange> space = all.around(peak);
        Optional<Room> own = ofType(type);
        return own.isEmpty()
                ? space
                : space.flatMap(free -> own.get().around(peak).map(free::intersection));
    }

    /** The highlight that leaves {@code range} no room: the nearest of all, or of its own type. */
    Optional<TimeRange> nearest(TimeRange range, int peak, MomentType type) {
        boolean general = all.around(peak).isEmpty();
        return general ? all.nearest(range) : ofType(type).orElse(all).nearest(range);
    }

    /** How far highlights of this type keep apart, seconds. */
    double cooldown(MomentType type) {
        Double own = type.criteria().cooldownPeriod();
        return own == null ? cooldown : Math.max(cooldown, own);
    }

    /** The room that only its own kind takes from it; empty when the type keeps no farther apart than all do. */
    private Optional<Room> ofType(MomentType type) {
        double own = cooldown(type);
        return own > cooldown
                ? Optional.of(byType.computeIfAbsent(type.name(), name -> new Room(duration, own)))
                : Optional.empty();
    }
}
