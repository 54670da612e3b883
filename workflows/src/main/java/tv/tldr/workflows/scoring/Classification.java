package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of which highlight types is a moment, and which of them names it? */
public final class Classification {
    /** The name of the whole score in formulas. */
    public static final String TOTAL = "total_score";

    private final List<Rule> rules;
    private final Map<String, Double> thresholds;

    private record Rule(HighlightType type, @Nullable ScoreFormula formula) {}

    private Classification(List<Rule> rules, Map<String, Double> thresholds) {
        this.rules = rules;
        this.thresholds = thresholds;
    }

    /**
     * Reads the types' formulas.
     *
     * @param types in the order in which they were written
     * @param dimensions of the set
     * @throws IllegalArgumentException when a formula is faulty; sets and types are checked when they are saved
     */
    static Classification of(List<HighlightType> types, List<Dimension> dimensions) {
        Set<String> names = names(dimensions);
        Map<String, Double> thresholds = new HashMap<>();
        dimensions.forEach(
                dimension -> thresholds.put(dimension.id(), dimension.scale().threshold()));
        return new Classification(
                types.stream().map(type -> new Rule(type, formula(type, names))).toList(), thresholds);
    }

    /** What a formula may name: the dimensions and the whole score. */
    public static Set<String> names(List<Dimension> dimensions) {
        Set<String> names = new HashSet<>(Set.of(TOTAL));
        dimensions.forEach(dimension -> names.add(dimension.id()));
        return names;
    }

    private static @Nullable ScoreFormula formula(HighlightType type, Set<String> names) {
        String text = type.criteria().scoreFormula();
        try {
            return text == null ? null : ScoreFormula.of(text, names);
        } catch (FaultyFormulaException fault) {
            throw new IllegalArgumentException(
                    "the formula of " + type.id() + " " + fault.fault() + ", at character " + fault.position(), fault);
        }
    }

    /**
     * The type that names the moment: of those that fit, by priority, then score, then specificity, then the one that was
     * written first. Empty when none fits.
     *
     * @param scores of each dimension that was scored
     * @param total the whole score, 0–1
     */
    Optional<MomentType> of(Map<String, Double> scores, double total) {
        return fitting(scores, total).findFirst();
    }

    private Stream<MomentType> fitting(Map<String, Double> scores, double total) {
        Map<String, Double> named = new HashMap<>(scores);
        named.put(TOTAL, total);
        return rules.stream().flatMap(rule -> match(rule, named, total)).sorted(MomentType.CONFLICT_ORDER);
    }

    /**
     * Why {@link #of} names the moment so: what its type asks for and what there is, and why it goes before each other type
     * that fits. Empty when none fits.
     */
    Optional<String> reason(Map<String, Double> scores, double total) {
        List<MomentType> fitting = fitting(scores, total).toList();
        return fitting.stream().findFirst().map(first -> {
            List<String> found = found(first, scores);
            String reason = first.name() + ": " + (found.isEmpty() ? "fits every moment" : String.join(", ", found));
            return Stream.concat(Stream.of(reason), fitting.stream().skip(1).map(first::before))
                    .collect(Collectors.joining("; "));
        });
    }

    private List<String> found(MomentType type, Map<String, Double> scores) {
        Criteria criteria = type.criteria();
        List<String> found = new ArrayList<>();
        criteria.minScores().entrySet().forEach(least -> found.add(found(scores, least)));
        criteria.anyOfScores().entrySet().stream()
                .filter(least -> reaches(scores, least))
                .findFirst()
                .ifPresent(least -> found.add("one of several: " + found(scores, least)));
        criteria.requiredDimensions()
                .forEach(one -> found.add(
                        form("%s %.4f reaches its threshold %.4f", one, scores.get(one), thresholds.get(one))));
        String value = criteria.scoreFormula() == null ? TOTAL : criteria.scoreFormula();
        if (criteria.minTotalScore() != null) {
            found.add(form("%s = %.4f ≥ %.4f", value, type.score(), criteria.minTotalScore()));
        } else if (criteria.scoreFormula() != null) {
            found.add(form("%s = %.4f > 0", value, type.score()));
        }
        return found;
    }

    private static String found(Map<String, Double> scores, Map.Entry<String, Double> least) {
        return form("%s %.4f ≥ %.4f", least.getKey(), scores.get(least.getKey()), least.getValue());
    }

    private static String form(String pattern, @Nullable Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private Stream<MomentType> match(Rule rule, Map<String, Double> scores, double total) {
        Criteria criteria = rule.type().criteria();
        boolean fits = criteria.minScores().entrySet().stream().allMatch(least -> reaches(scores, least))
                && (criteria.anyOfScores().isEmpty()
                        || criteria.anyOfScores().entrySet().stream().anyMatch(least -> reaches(scores, least)))
                && criteria.requiredDimensions().stream().allMatch(one -> reachesItsThreshold(scores, one));
        if (!fits) {
            return Stream.empty();
        }
        double value = value(rule, scores, total);
        return isEnough(value, criteria)
                ? Stream.of(new MomentType(rule.type().id(), rule.type(), value))
                : Stream.empty();
    }

    private static boolean reaches(Map<String, Double> scores, Map.Entry<String, Double> least) {
        Double score = scores.get(least.getKey());
        return score != null && score >= least.getValue();
    }

    private boolean reachesItsThreshold(Map<String, Double> scores, String dimension) {
        Double score = scores.get(dimension);
        Double threshold = thresholds.get(dimension);
        return score != null && threshold != null && score >= threshold;
    }

    private static boolean isEnough(double value, Criteria criteria) {
        if (Double.isNaN(value)) {
            return false;
        }
        if (criteria.minTotalScore() != null) {
            return value >= criteria.minTotalScore();
        }
        return criteria.scoreFormula() == null || value > 0;
    }

    /** NaN when the formula has no value for these scores: a division by zero makes no highlight. */
    private static double value(Rule rule, Map<String, Double> named, double total) {
        return rule.formula() == null ? total : rule.formula().worth(named);
    }
}
