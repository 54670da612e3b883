package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Outcome;

/**
 * What came of asking about a window.
 *
 * @param window number of the window within its stream, from 0
 * @param degraded on how much less than all of the window the answer rests, in a sentence; null when it saw all
 */
public record AskedWindow(
        int window,
        AskedKey asked,
        String model,
        Outcome<Answer> outcome,
        @Nullable String degraded) {}
