package tv.tldr.workflows.selection;

import java.util.List;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.signal.Deviations;

/**
 * How high would the peaks of a stream be if the same seconds came in a random order? What happens lasts, and what belongs
 * together happens together in time; a peak that a shuffle reaches as well is a coincidence of noise.
 */
final class ChanceLevel {
    private static final int SHUFFLES = 3;

    private ChanceLevel() {}

    /**
     * Score of the {@code rank}-th highest peak, the mean of several shuffles, always the same ones; 0 when there are fewer.
     *
     * @param rank from 1
     */
    static double of(Deviations deviations, DimensionSet set, int rank) {
        double evidence = 0;
        for (int shuffle = 1; shuffle <= SHUFFLES; shuffle++) {
            Deviations shuffled = deviations.inOrder(order(deviations.seconds(), shuffle));
            double[] score = RuleScorer.score(shuffled, set, Scoring.RULES).total();
            List<Integer> peaks = Peaks.of(score);
            evidence += Logistic.evidence(peaks.size() < rank ? 0 : score[peaks.get(rank - 1)]) / SHUFFLES;
        }
        return Logistic.of(evidence);
    }

    private static int[] order(int seconds, int shuffle) {
        int[] order = new int[seconds];
        for (int second = 0; second < seconds; second++) {
            int place = (int) Long.remainderUnsigned(mixed(shuffle * 0x1_0000_0000L + second), second + 1L);
            order[second] = order[place];
            order[place] = second;
        }
        return order;
    }

    /** SplitMix64: scatters neighbouring numbers, the same way on every platform. */
    private static long mixed(long number) {
        long bits = number * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }
}
