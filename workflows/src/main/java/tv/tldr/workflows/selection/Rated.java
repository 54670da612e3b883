package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;

/**
 * A moment with its confidence.
 *
 * @param confidence 0–1, after comparing
 * @param standing among the finalists; null when it was not compared
 */
record Rated(Considered moment, double confidence, @Nullable Standing standing) {
    /** By their scores and how many are stronger alone; in the same order, the strongest first. */
    static List<Rated> byScore(List<Considered> strongestFirst, ConfidenceScale scale) {
        List<Rated> rated = new ArrayList<>();
        int rank = 0;
        for (Considered one : strongestFirst) {
            rank += one.standsForItself() ? 1 : 0;
            rated.add(new Rated(one, scale.confidence(one.passage().score(), rank), null));
        }
        return rated;
    }

    /** The second of its peak. */
    int second() {
        return moment.passage().peak();
    }

    /** The same after comparing; unchanged when it has no place. */
    Rated standing(@Nullable Standing compared) {
        return compared == null ? this : new Rated(moment, compared.confidence(), compared);
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
