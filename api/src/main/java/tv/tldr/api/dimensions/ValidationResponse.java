package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tv.tldr.api.http.FieldError;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Could a set be saved, and would it do what it says?
 *
 * @param errors for which it would be refused
 * @param warnings for which it would not, although nobody can want them
 */
record ValidationResponse(boolean valid, List<FieldError> errors, List<FieldError> warnings) {
    private static final FieldError NO_RULES = new FieldError(
            "dimensions",
            "cannot be used with the strategy rule_based: no dimension that counts has rules for a signal of its"
                    + " modalities");

    /** Sums of weights are exact to about this. */
    private static final double EXACT = 1e-9;

    static ValidationResponse faulty(List<FieldError> errors) {
        return new ValidationResponse(false, errors, List.of());
    }

    /** @param strategy a set that it cannot use is a fault then, unless it has another one to fall back on */
    static ValidationResponse sound(DimensionSet set, Optional<Strategy> strategy) {
        boolean unusable = !set.canBeScoredByRules() && set.fallbackSetId() == null;
        return unusable && strategy.equals(Optional.of(Strategy.RULE_BASED)) ? faulty(List.of(NO_RULES)) : sound(set);
    }

    static ValidationResponse sound(DimensionSet set) {
        List<FieldError> warnings = new ArrayList<>();
        for (int i = 0; i < set.dimensions().size(); i++) {
            Dimension dimension = set.dimensions().get(i);
            if (!dimension.canBeScoredByRules()) {
                warnings.add(new FieldError(
                        "dimensions[" + i + "].rules",
                        "tell nothing of " + dimension.id() + ": it has no part where rules alone score"));
            }
        }
        if (!set.canBeScoredByRules()) {
            warnings.add(NO_RULES);
        }
        double weights =
                set.dimensions().stream().mapToDouble(Dimension::weight).sum();
        if (!set.normalizeWeights() && weights > 1 + EXACT) {
            warnings.add(new FieldError(
                    "normalize_weights",
                    String.format(
                            Locale.ROOT,
                            "is false, and the weights add up to %.3f: they count as they are up to 1 together, and as"
                                    + " shares of their sum beyond",
                            weights)));
        }
        for (int i = 0; i < set.types().size(); i++) {
            limits(
                    "highlight_types[" + i + "].criteria.",
                    set,
                    set.types().get(i).criteria(),
                    warnings);
        }
        return new ValidationResponse(true, List.of(), warnings);
    }

    /** What a type asks of its clips counts within the options of the stream, and within the set's cooldown. */
    private static void limits(String place, DimensionSet set, Criteria criteria, List<FieldError> warnings) {
        double shortest = StreamOptions.DEFAULTS.minDuration();
        double longest = StreamOptions.DEFAULTS.maxDuration();
        Double least = criteria.minDuration();
        Double most = criteria.maxDuration();
        Double cooldown = criteria.cooldownPeriod();
        if (most != null && most < shortest) {
            warnings.add(new FieldError(
                    place + "max_duration",
                    "is less than a stream's min_duration, which goes first and is " + shortest
                            + " s by default: its options must give a smaller one"));
        }
        if (least != null && least > longest) {
            warnings.add(new FieldError(
                    place + "min_duration",
                    "is more than a stream's max_duration, which goes first and is " + longest
                            + " s by default: its options must give a larger one"));
        }
        if (cooldown != null && cooldown < set.cooldown()) {
            warnings.add(new FieldError(
                    place + "cooldown_period",
                    "is less than the cooldown of the set, " + set.cooldown()
                            + " s, which lies between any two highlights"));
        }
    }
}
