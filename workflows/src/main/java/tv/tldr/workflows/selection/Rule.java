package tv.tldr.workflows.selection;

import java.util.Locale;

/** Which rule of selection decided over a candidate? */
public enum Rule {
    SELECTED,
    BELOW_THRESHOLD,
    CROWDED,
    OTHER_TYPE,
    MERGED,
    TOO_SHORT,
    OVERLAP,
    COOLDOWN,
    BEYOND_MAX_HIGHLIGHTS;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
