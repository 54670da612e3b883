package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Classification;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.FaultyFormulaException;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.ScoreFormula;
import tv.tldr.workflows.selection.Labels;
import tv.tldr.workflows.stream.StreamOptions;

/** Which highlight type does a request describe? Like {@link DimensionReader}: faults are noted where they are. */
final class HighlightTypeReader {
    /** The most types of a set. */
    static final int MOST_TYPES = 50;

    private static final int USUAL_PRIORITY = 100;
    private static final int MOST_TAGS = 20;
    private static final int MOST_METADATA = 20;
    private static final int LONGEST_TAG = 50;
    private static final int LONGEST_TEMPLATE = 500;
    private static final double LONGEST_COOLDOWN = 86_400;
    private static final double MOST_VALUE = 1e6;

    private final Set<String> dimensions;

    /**
     * @param dimensions the ids that criteria, formulas and templates may name; none: the set is at fault itself, and what
     *     names its dimensions is not judged
     */
    HighlightTypeReader(Set<String> dimensions) {
        this.dimensions = new TreeSet<>(dimensions);
    }

    HighlightType read(Fields fields) {
        fields.passOver("dimension_set_id", "dimension_set_version", "preset");
        String id = Names.read(fields);
        String name = Names.orStandIn(id);
        return new HighlightType(
                name,
                fields.text("name", Names.LONGEST_NAME)
                        .filter(text -> !text.isBlank())
                        .orElse(name),
                fields.text("description", Names.LONGEST_DESCRIPTION).orElse(""),
                fields.object("criteria").map(this::criteria).orElse(Criteria.NONE),
                fields.integer("priority", 1, HighlightType.LOWEST_PRIORITY).orElse(USUAL_PRIORITY),
                tags(fields),
                fields.object("metadata_template").map(this::templates).orElse(Map.of()));
    }

    private static List<String> tags(Fields fields) {
        return fields.texts("auto_tag", MOST_TAGS, LONGEST_TAG).orElse(List.of());
    }

    private Criteria criteria(Fields criteria) {
        Optional<Double> least = criteria.number("min_duration", 1, StreamOptions.LONGEST_HIGHLIGHT);
        Optional<Double> most = criteria.number("max_duration", 1, StreamOptions.LONGEST_HIGHLIGHT);
        if (least.isPresent() && most.isPresent() && most.get() < least.get()) {
            criteria.refuse("max_duration", "must not be less than min_duration");
        }
        Optional<String> formula = criteria.text("score_formula", Integer.MAX_VALUE);
        formula.filter(text -> !dimensions.isEmpty()).ifPresent(text -> check(criteria, text));
        Map<String, Double> all = scores(criteria, "min_scores");
        Map<String, Double> any = scores(criteria, "any_of_scores");
        List<String> required = required(criteria);
        Optional<Double> total = criteria.number("min_total_score", -MOST_VALUE, MOST_VALUE);
        Optional<Double> cooldown = criteria.number("cooldown_period", 0, LONGEST_COOLDOWN);
        return criteria.isSound()
                ? new Criteria(
                        all,
                        any,
                        required,
                        total.orElse(null),
                        formula.orElse(null),
                        least.orElse(null),
                        most.orElse(null),
                        cooldown.orElse(null))
                : Criteria.NONE;
    }

    private void check(Fields criteria, String formula) {
        Set<String> names = new TreeSet<>(dimensions);
        names.add(Classification.TOTAL);
        try {
            ScoreFormula.checked(formula, names);
        } catch (FaultyFormulaException fault) {
            criteria.refuse("score_formula", fault.fault() + " (at character " + fault.position() + ")");
        }
    }

    private Map<String, Double> scores(Fields criteria, String name) {
        Map<String, Double> scores = new LinkedHashMap<>();
        criteria.object(name).ifPresent(given -> {
            for (String dimension : given.names()) {
                if (isUnknown(dimension)) {
                    given.refuse(dimension, unknown());
                }
                given.number(dimension, 0, 1).ifPresent(score -> scores.put(dimension, score));
            }
        });
        return scores;
    }

    private List<String> required(Fields criteria) {
        List<String> required = criteria.texts("required_dimensions", DimensionSet.MOST_DIMENSIONS, Names.LONGEST)
                .orElse(List.of());
        for (int i = 0; i < required.size(); i++) {
            if (isUnknown(required.get(i))) {
                criteria.refuse("required_dimensions[" + i + "]", unknown());
            }
        }
        return required;
    }

    private boolean isUnknown(String dimension) {
        return !dimensions.isEmpty() && !dimensions.contains(dimension);
    }

    private String unknown() {
        return "is not a dimension of the set; there are " + String.join(", ", dimensions);
    }

    private Map<String, String> templates(Fields given) {
        Map<String, String> templates = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(given.names());
        for (String name : names) {
            if (name.isBlank()
                    || name.length() > Names.LONGEST_NAME
                    || name.indexOf('\0') >= 0
                    || names.size() > MOST_METADATA) {
                given.refuse(
                        name,
                        "must have a name of 1 to " + Names.LONGEST_NAME + " characters, and be one of at most "
                                + MOST_METADATA);
            }
            given.text(name, LONGEST_TEMPLATE).ifPresent(template -> {
                List<String> unknown = Labels.unknownPlaceholders(template, dimensions);
                if (!unknown.isEmpty() && !dimensions.isEmpty()) {
                    given.refuse(
                            name,
                            "has nothing for {{" + String.join("}}, {{", unknown) + "}}; there are "
                                    + String.join(", ", Labels.placeholders()));
                }
                templates.put(name, template);
            });
        }
        return templates;
    }
}
