package tv.tldr.activities.gemini;

import tv.tldr.workflows.activity.StreamRef;

/** @param window number of the window within its stream, from 0 */
public record WindowRequest(StreamRef stream, int window, Question question, ProxyClip clip) {}
