package tv.tldr.workflows.selection;

/**
 * A stretch of seconds around a local peak of the score, before any limit, buffer or snapping.
 *
 * @param peak its best second
 * @param score the whole score of that second
 * @param from first second
 * @param to the second after the last
 * @param mergedInto the peak of the stronger passage that this one is part of; its own peak when it stands for itself
 */
record Passage(int peak, double score, int from, int to, int mergedInto) {
    boolean isMerged() {
        return mergedInto != peak;
    }
}
