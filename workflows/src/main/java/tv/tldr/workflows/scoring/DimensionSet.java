package tv.tldr.workflows.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is looked for: dimensions with their weights, and the habits of that kind of content.
 *
 * @param id such as {@code gaming_default}
 * @param name for people
 * @param description which content it is for
 * @param dimensions 1 to 20
 * @param calibration what a whole score is worth
 * @param clip how long a moment of this kind is; the customer's limits go first
 * @param cooldown least seconds between two highlights
 */
public record DimensionSet(
        String id,
        String name,
        String description,
        List<Dimension> dimensions,
        Calibration calibration,
        ClipLength clip,
        double cooldown) {
    private static final int MOST_DIMENSIONS = 20;

    public DimensionSet {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(id + " must have from 1 to " + MOST_DIMENSIONS + " dimensions");
        }
        Set<String> seen = new HashSet<>();
        for (Dimension dimension : dimensions) {
            if (!seen.add(dimension.id())) {
                throw new IllegalArgumentException(id + " has two dimensions named " + dimension.id());
            }
        }
        if (!(cooldown >= 0) || !Double.isFinite(cooldown)) {
            throw new IllegalArgumentException("the cooldown of " + id + " must not be negative");
        }
    }

    /**
     * @param shortest seconds
     * @param longest seconds
     */
    public record ClipLength(double shortest, double longest) {
        public ClipLength {
            if (!(shortest >= 1) || !(longest >= shortest)) {
                throw new IllegalArgumentException("1 ≤ shortest ≤ longest seconds must hold");
            }
        }
    }
}
