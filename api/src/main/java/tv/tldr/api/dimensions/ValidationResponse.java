package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.api.http.FieldError;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;

/**
 * Could a set be saved, and would it do what it says?
 *
 * @param errors for which it would be refused
 * @param warnings for which it would not, although nobody can want them
 */
record ValidationResponse(boolean valid, List<FieldError> errors, List<FieldError> warnings) {
    static ValidationResponse faulty(List<FieldError> errors) {
        return new ValidationResponse(false, errors, List.of());
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
            warnings.add(new FieldError(
                    "dimensions",
                    "cannot be used with the strategy rule_based: no dimension that counts has rules for a signal of its"
                            + " modalities"));
        }
        return new ValidationResponse(true, List.of(), warnings);
    }
}
