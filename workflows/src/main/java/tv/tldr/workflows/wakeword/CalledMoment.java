package tv.tldr.workflows.wakeword;

import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A moment that somebody called for by voice.
 *
 * @param range stream time in which the moment lies, the call itself included
 * @param label the wake word, as it was configured: that of the surest hit
 * @param confidence that it was said at all, 0–1: the highest similarity of the hits
 * @param hits the calls for this moment, by time; at least one
 */
public record CalledMoment(TimeRange range, String label, double confidence, List<WakeWordHit> hits) {
    public CalledMoment {
        hits = List.copyOf(hits);
        if (hits.isEmpty()) {
            throw new IllegalArgumentException("a moment that nobody called for is none of these");
        }
    }
}
