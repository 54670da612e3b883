package tv.tldr.workflows.signal;

import java.util.Arrays;
import java.util.Locale;

/** What do markers of a kind count, and over which seconds, where the sender does not say? The table of the defaults. */
public enum MarkerKind {
    /** The attack comes before it, the cheering after it. */
    GOAL(12, 8, 0.9),
    /** One of many: alone it makes no highlight, several close together do. */
    KILL(8, 4, 0.5),
    /** The raising hand, the price that is called, the pause. */
    BID(6, 10, 0.6),
    /** What is said about a slide comes after it. */
    SLIDE(2, 20, 0.3),
    /** Who asks for a clip has just seen it: as with wake words. */
    CLIP_THAT(20, 5, 1),
    /** Any other word. */
    OTHER(10, 5, 0.6);

    private final double lead;
    private final double lag;
    private final double weight;

    MarkerKind(double lead, double lag, double weight) {
        this.lead = lead;
        this.lag = lag;
        this.weight = weight;
    }

    /** The row of the table for a marker's word. */
    public static MarkerKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.wire().equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    /** Seconds before the marker in which the moment begins. */
    public double lead() {
        return lead;
    }

    /** Seconds after the marker in which the moment ends. */
    public double lag() {
        return lag;
    }

    /** How sure it makes that there is a highlight, 0–1. */
    public double weight() {
        return weight;
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
