package tv.tldr.activities.store;

import java.time.Duration;
import java.util.Locale;

/** How long is one step of a usage report? */
public enum Granularity {
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7)),
    MONTH(Duration.ofDays(28));

    private final Duration shortest;

    Granularity(Duration shortest) {
        this.shortest = shortest;
    }

    /** The least that one step lasts. */
    public Duration shortest() {
        return shortest;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
