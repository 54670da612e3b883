package tv.tldr.workflows.stream;

import java.util.List;

/** How far has the recogniser listened? The bookkeeping of that stage, without any order of steps. */
final class ListeningLedger {
    private List<Integer> segments = List.of();
    private int started;
    private int done;

    /** @param unheard what is still to be listened to; empty where nobody listens */
    void found(List<Integer> unheard) {
        segments = List.copyOf(unheard);
    }

    /** Whether anything is, or was, to be listened to. */
    boolean isPlanned() {
        return !segments.isEmpty();
    }

    boolean hasSegmentLeft() {
        return started < segments.size();
    }

    /** The number within the stream of the segment that is next. */
    int startSegment() {
        return segments.get(started++);
    }

    /** A segment is heard, or given up. */
    void done() {
        done++;
    }

    int inFlight() {
        return started - done;
    }

    /** The part of it that is done, 0–1. */
    double share() {
        return (double) done / Math.max(1, segments.size());
    }
}
