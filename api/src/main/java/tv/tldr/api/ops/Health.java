package tv.tldr.api.ops;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How well is something, from best to worst? */
public enum Health {
    UP,
    DEGRADED,
    DOWN;

    /** The word on the wire, lower case. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
