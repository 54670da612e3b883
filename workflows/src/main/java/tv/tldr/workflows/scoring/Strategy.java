package tv.tldr.workflows.scoring;

import java.util.Locale;

/** Who scores a stream? */
public enum Strategy {
    /** The model, all of the stream; rules only where the model gave no answer. */
    AI_ONLY,
    /** Rules over signals alone: nothing is paid for. */
    RULE_BASED,
    /** Rules over everything, and the model where they expect the most. */
    HYBRID;

    /** The part of the model's score in a dimension's score where both have one, 0–1. */
    double modelShare() {
        return switch (this) {
            case AI_ONLY -> 1;
            case RULE_BASED -> 0;
            case HYBRID -> 0.7;
        };
    }

    /** Whether the model is asked. */
    public boolean asksModel() {
        return this != RULE_BASED;
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
