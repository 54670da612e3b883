package tv.tldr.workflows.selection;

import java.util.Optional;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A passage with the clip that it would give, before any threshold.
 *
 * @param passage where the score stands out
 * @param placement its clip, in the room that stronger ones leave; in the whole stream when they leave none
 * @param type what it is called
 * @param inTheWay the stronger clip that leaves no room
 */
record Considered(Passage passage, Placement placement, MomentType type, Optional<TimeRange> inTheWay) {
    boolean standsForItself() {
        return !passage.isMerged() && inTheWay.isEmpty();
    }
}
