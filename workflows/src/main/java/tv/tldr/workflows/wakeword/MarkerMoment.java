package tv.tldr.workflows.wakeword;

import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A moment that somebody pointed at by voice: what selection may treat as a marker.
 *
 * @param range stream time in which the moment lies, the call itself included
 * @param label the wake word, as it was configured: that of the surest hit
 * @param confidence that it was said at all, 0–1: the highest similarity of the hits
 * @param hits the calls for this moment, by time; at least one
 */
public record MarkerMoment(TimeRange range, String label, double confidence, List<WakeWordHit> hits) {
    public MarkerMoment {
        hits = List.copyOf(hits);
        if (hits.isEmpty()) {
            throw new IllegalArgumentException("a moment that nobody called for is no marker");
        }
    }
}
