package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Outcome;

/**
 * What came of asking about a window.
 *
 * @param window number of the window within its stream, from 0
 * @param degraded which cheaper way of asking was taken, such as {@code fewer_frames}; null: none
 */
public record AskedWindow(
        int window,
        AskedKey asked,
        String model,
        Outcome<Answer> outcome,
        @Nullable String degraded) {}
