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
    /** Seconds of a recording in which one moment may be worth naming; more would be paid for and dropped. */
    private static final double SECONDS_A_MOMENT = 15;

    /** How many moments an answer about so many seconds may name. */
    public static int mostMoments(double seconds) {
        return (int) Math.max(1, Math.ceil(seconds / SECONDS_A_MOMENT));
    }

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
