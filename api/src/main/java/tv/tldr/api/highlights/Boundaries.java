package tv.tldr.api.highlights;

import tv.tldr.workflows.selection.Edge;

/** What did each edge snap to? {@code cut}, {@code speech_pause}, {@code silence}, {@code score} when nothing was near, or {@code manual}. */
record Boundaries(String start, String end) {
    static Boundaries of(Edge start, Edge end) {
        return new Boundaries(start.wire(), end.wire());
    }
}
