package tv.tldr.workflows.asking;

import tv.tldr.workflows.stream.TimeRange;

/**
 * A stretch of a stream that the model is asked about at once.
 *
 * @param number its place in the order of asking, from 0
 * @param range stream time, seconds
 * @param why what speaks for it
 */
public record Window(int number, TimeRange range, Why why) {
    /** What speaks for asking about a window? */
    public enum Why {
        /** All of the stream is asked about. */
        EVERYTHING,
        /** Rules expect a highlight in it. */
        PROMISING,
        /** Nothing is known of this part of the stream: what is quiet may still matter. */
        EXPLORING
    }
}
