package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.tldr.api.http.FieldError;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Strategy;

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
        return new ValidationResponse(true, List.of(), warnings);
    }
}
