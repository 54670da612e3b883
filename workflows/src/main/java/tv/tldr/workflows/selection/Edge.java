package tv.tldr.workflows.selection;

import java.util.Locale;

/** What did a boundary snap to? */
public enum Edge {
    CUT,
    SPEECH_PAUSE,
    SILENCE,
    /** Nothing to snap to was near: where the score or a limit put it. */
    SCORE,
    /** Nothing: a person put it there. */
    MANUAL;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
