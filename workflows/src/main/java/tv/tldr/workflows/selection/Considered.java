package tv.tldr.workflows.selection;

import java.util.Optional;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A contender with the clip that it would give, whether or not it reaches the threshold.
 *
 * @param contender where something stands out, or is called for
 * @param placement its clip, in the room that stronger ones leave; in the whole stream when they leave none
 * @param inTheWay what leaves no room
 */
record Considered(Contender contender, Placement placement, Optional<InTheWay> inTheWay) {
    /** The clip of one that goes before it. */
    record InTheWay(TimeRange range, Contender first) {}

    Passage passage() {
        return contender.passage();
    }

    /** What it is called. */
    MomentType type() {
        return contender.type();
    }

    boolean standsForItself() {
        return !passage().isMerged() && inTheWay.isEmpty();
    }

    /** The same place for what is known better now. */
    Considered with(Contender other) {
        return new Considered(other, placement, inTheWay);
    }
}
