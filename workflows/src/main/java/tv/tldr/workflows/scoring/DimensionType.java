package tv.tldr.workflows.scoring;

import java.util.Locale;

/** Which answers does a dimension have? */
public enum DimensionType {
    /** Any score from 0 to 1. */
    NUMERIC,
    /** Yes, 1, from the threshold on; else no, 0. */
    BINARY,
    /** One of several named steps, each with its score. */
    CATEGORICAL;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
