package tv.tldr.activities.gemini;

import tv.tldr.workflows.activity.StreamRef;

/**
 * @param window number of the window within its stream, from 0
 * @param mostOutput tokens where the answer is cut off, thoughts included: so many are reserved for it
 */
public record WindowRequest(StreamRef stream, int window, Question question, ProxyClip clip, int mostOutput) {}
