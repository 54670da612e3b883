package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;

/**
 * A moment with its confidence.
 *
 * @param rank its place among those that stand for themselves, from 1; what is called for has none of its own
 * @param confidence 0–1, after comparing
 * @param standing among the finalists; null when it was not compared
 */
record Rated(
        Considered moment,
        int rank,
        double confidence,
        @Nullable Standing standing) {
    /** Of equally sure ones those that are called for first, as they come; the others stay in the order of their scores. */
    static final Comparator<Rated> SUREST_FIRST = Comparator.comparingDouble((Rated one) -> -one.confidence)
            .thenComparing(one -> !one.isCalled())
            .thenComparingInt(one -> one.isCalled() ? one.second() : 0);

    Rated {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is from 0 to 1, not " + confidence);
        }
    }

    /**
     * Each by itself, the most confident first. What is called for does not stand in the crowd, and nobody stands behind it.
     */
    static List<Rated> all(List<Considered> strongestFirst, ConfidenceScale scale) {
        List<Rated> rated = new ArrayList<>();
        int rank = 0;
        for (Considered one : strongestFirst) {
            boolean called = one.contender().isCalled();
            rank += one.standsForItself() && !called ? 1 : 0;
            double confidence = called
                    ? scale.strength(one.contender())
                    : scale.confidence(one.passage().score(), rank);
            rated.add(new Rated(one, rank, confidence, null));
        }
        rated.sort(SUREST_FIRST);
        return rated;
    }

    /**
     * What is a highlight by itself: only such a one takes the room of a stronger one because of its type. Below the threshold it
     * would take the room and then be none.
     */
    static Predicate<Contender> sure(List<Considered> strongestFirst, ConfidenceScale scale, double threshold) {
        double least = Math.max(ConfidenceScale.CONFIDENCE_AT_LEVEL, threshold);
        Set<Integer> peaks = all(strongestFirst, scale).stream()
                .filter(one -> one.confidence() >= least)
                .map(Rated::second)
                .collect(Collectors.toSet());
        return one -> one.isCalled()
                ? scale.strength(one) >= least
                : peaks.contains(one.passage().peak());
    }

    private boolean isCalled() {
        return moment.contender().isCalled();
    }

    /** The second of its peak. */
    int second() {
        return moment.passage().peak();
    }

    /** The same after comparing; unchanged when it has no place. */
    Rated standing(@Nullable Standing compared) {
        return compared == null ? this : new Rated(moment, rank, compared.confidence(), compared);
    }

    /** What decided over its score, and then what comparing did. */
    List<Contribution> reasons(List<Contribution> ofScore) {
        if (standing == null) {
            return ofScore;
        }
        List<Contribution> all = new ArrayList<>(ofScore);
        all.add(standing.contribution());
        return all;
    }

    Verdict explained(Verdict verdict) {
        return standing == null ? verdict : standing.explaining(verdict);
    }
}
