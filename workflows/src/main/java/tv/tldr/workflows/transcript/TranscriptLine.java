package tv.tldr.workflows.transcript;

import tv.tldr.workflows.stream.TimeRange;

/**
 * Something that is said in one go.
 *
 * @param range stream time from its first to its last word
 * @param text the words as they were written down, without white space around them; not empty
 * @param source who wrote them down
 */
public record TranscriptLine(TimeRange range, String text, TranscriptSource source) {
    public TranscriptLine {
        text = text.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the line at " + range.start() + " s says nothing");
        }
    }
}
