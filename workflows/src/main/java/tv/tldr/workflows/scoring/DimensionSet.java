package tv.tldr.workflows.scoring;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for: dimensions with their weights, and the habits of that kind of content.
 *
 * @param id such as {@code gaming_default}
 * @param name for people
 * @param description which content it is for
 * @param dimensions 1 to 20
 * @param types what moments are called, in the order in which they were written; may be empty
 * @param normalizeWeights whether weights are shares of one whole; else each counts as it is, at most 1 together
 * @param minDimensionsRequired how many dimensions must have been scored for the set to be used, from 1
 * @param fallbackSetId the set that is used when fewer were; null: none, and the stream has no highlights
 * @param calibration what a whole score is worth
 * @param clip how long a moment of this kind is; the customer's limits go first
 * @param cooldown least seconds between two highlights
 */
public record DimensionSet(
        String id,
        String name,
        String description,
        List<Dimension> dimensions,
        List<HighlightType> types,
        boolean normalizeWeights,
        int minDimensionsRequired,
        @Nullable String fallbackSetId,
        Calibration calibration,
        ClipLength clip,
        double cooldown) {
    /** The most dimensions of a set. */
    public static final int MOST_DIMENSIONS = 20;

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
        types = List.copyOf(types);
        if (types.stream().map(HighlightType::id).distinct().count() < types.size()) {
            throw new IllegalArgumentException(id + " has two highlight types of the same name");
        }
        if (dimensions.stream().allMatch(dimension -> dimension.weight() == 0)) {
            throw new IllegalArgumentException("the weights of " + id + " are all zero: nothing would count");
        }
        if (minDimensionsRequired < 1 || minDimensionsRequired > dimensions.size()) {
            throw new IllegalArgumentException(
                    id + " must require from 1 to " + dimensions.size() + " dimensions, as many as it has");
        }
        if (!(cooldown >= 0) || !Double.isFinite(cooldown)) {
            throw new IllegalArgumentException("the cooldown of " + id + " must not be negative");
        }
    }

    /** The dimension with this id; empty when the set has none. */
    public Optional<Dimension> dimension(String wanted) {
        return dimensions.stream()
                .filter(dimension -> dimension.id().equals(wanted))
                .findFirst();
    }

    /**
     * The same with these dimensions in place of those with the same ids, and behind them those with new ids.
     *
     * @throws IllegalArgumentException when that makes too many dimensions or leaves no weight above 0
     */
    public DimensionSet with(List<Dimension> changed) {
        Map<String, Dimension> all = new LinkedHashMap<>();
        dimensions.forEach(dimension -> all.put(dimension.id(), dimension));
        changed.forEach(dimension -> all.put(dimension.id(), dimension));
        return new DimensionSet(
                id,
                name,
                description,
                List.copyOf(all.values()),
                types,
                normalizeWeights,
                minDimensionsRequired,
                fallbackSetId,
                calibration,
                clip,
                cooldown);
    }

    /** The same with other highlight types. */
    public DimensionSet withTypes(List<HighlightType> other) {
        return new DimensionSet(
                id,
                name,
                description,
                dimensions,
                other,
                normalizeWeights,
                minDimensionsRequired,
                fallbackSetId,
                calibration,
                clip,
                cooldown);
    }

    /** Whether rules can score a dimension that counts. */
    public boolean canBeScoredByRules() {
        return dimensions.stream().anyMatch(dimension -> dimension.weight() > 0 && dimension.canBeScoredByRules());
    }

    /** The same where only what {@code modules} leave on counts. */
    public boolean canBeScoredByRules(ProcessingModules modules) {
        return dimensions.stream()
                .anyMatch(dimension -> dimension.weight() > 0 && dimension.canBeScoredByRules(modules));
    }

    /**
     * The dimensions that a model is asked about, when one is: those that do not prefer rules and that can be noticed in what
     * {@code modules} let it see and hear.
     */
    public List<Dimension> askedDimensions(ProcessingModules modules) {
        return dimensions.stream()
                .filter(dimension -> dimension.isAskedAbout(modules))
                .toList();
    }

    /** A set of dimensions alone, with normalized weights and no types. */
    public static DimensionSet of(
            String id, List<Dimension> dimensions, Calibration calibration, ClipLength clip, double cooldown) {
        return new DimensionSet(id, id, "", dimensions, List.of(), true, 1, null, calibration, clip, cooldown);
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
