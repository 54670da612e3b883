package tv.tldr.workflows.signal;

import java.util.Locale;

/** By which sense is something noticed? */
public enum Modality {
    VIDEO,
    AUDIO,
    TEXT;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
