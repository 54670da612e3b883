package tv.tldr.workflows.scoring;

import java.util.Locale;

/** How do several senses become one score along a dimension? */
public enum FusionStrategy {
    /** All together, each by its weight. */
    WEIGHTED,
    /** Those that agree on a high score; as high as enough of them go when too few agree. */
    CONSENSUS,
    /** The first in order that is sure decides alone; all by weight when none is. */
    CASCADE,
    /** The surest decides alone. */
    MAX_CONFIDENCE;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
