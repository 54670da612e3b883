package tv.tldr.workflows.selection;

import tv.tldr.workflows.selection.Anchors.Anchor;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Where exactly does the clip of a passage begin and end? The passage is padded, stretched or trimmed to the limits, and
 * then its edges snap. Snapping comes last, and only to where every limit still holds: a buffer or a limit applied after it
 * would move the edge off the cut again.
 */
final class Boundaries {
    /** How far an edge moves outwards to snap, seconds. */
    private static final double SNAP_OUTWARDS = 2;

    /** How far an edge moves inwards to snap, seconds. */
    private static final double SNAP_INWARDS = 1;

    /** A clip that must be longer takes more of what led to the moment than of what followed. */
    private static final double STRETCHED_BEFORE = 0.6;

    private final ClipLimits limits;
    private final Anchors anchors;

    Boundaries(ClipLimits limits, Anchors anchors) {
        this.limits = limits;
        this.anchors = anchors;
    }

    /** The clip of {@code passage} within {@code room}, which holds its peak; all of the room when that is too short. */
    Placement place(Passage passage, TimeRange room) {
        double shortest = Math.min(limits.shortest(), room.duration());
        TimeRange range = trim(stretch(pad(passage, room), shortest, room), passage.peak());
        Anchor start = start(range, shortest, room, passage.peak());
        Anchor end = end(new TimeRange(start.time(), range.end()), shortest, room, passage.peak());
        return new Placement(new TimeRange(start.time(), end.time()), start.edge(), end.edge());
    }

    private TimeRange pad(Passage passage, TimeRange room) {
        double start = Math.max(room.start(), passage.from() - limits.before());
        double end = Math.min(room.end(), passage.to() + limits.after());
        return new TimeRange(start, end);
    }

    private static TimeRange stretch(TimeRange range, double shortest, TimeRange room) {
        double missing = Math.max(0, shortest - range.duration());
        double before = Math.min(missing * STRETCHED_BEFORE, range.start() - room.start());
        double after = Math.min(missing - before, room.end() - range.end());
        before = Math.min(missing - after, range.start() - room.start());
        return new TimeRange(Math.max(room.start(), range.start() - before), Math.min(room.end(), range.end() + after));
    }

    /** Takes what is too much from both ends, in proportion to what lies on either side; the second of the peak stays. */
    private TimeRange trim(TimeRange range, int peak) {
        double tooMuch = range.duration() - limits.longest();
        if (tooMuch <= 0) {
            return range;
        }
        double share = Math.max(0, peak - range.start()) / range.duration();
        double lastShown = Math.min(peak + 1.0, range.end());
        double end = Math.max(lastShown, range.end() - tooMuch * (1 - share));
        return new TimeRange(Math.max(range.start(), end - limits.longest()), end);
    }

    private Anchor start(TimeRange range, double shortest, TimeRange room, int peak) {
        double earliest = Math.max(range.start() - SNAP_OUTWARDS, range.end() - limits.longest());
        double latest = Math.min(range.start() + SNAP_INWARDS, range.end() - shortest);
        return anchors.near(range.start(), Math.max(room.start(), earliest), Math.min(peak, latest))
                .orElse(new Anchor(range.start(), Edge.SCORE));
    }

    private Anchor end(TimeRange range, double shortest, TimeRange room, int peak) {
        double earliest = Math.max(range.end() - SNAP_INWARDS, range.start() + shortest);
        double latest = Math.min(range.end() + SNAP_OUTWARDS, range.start() + limits.longest());
        return anchors.near(range.end(), Math.max(peak + 1.0, earliest), Math.min(room.end(), latest))
                .orElse(new Anchor(range.end(), Edge.SCORE));
    }
}
