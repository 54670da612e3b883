package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tv.tldr.workflows.signal.Baseline;

/**
 * Where does the score rise and fall? Each local peak, strongest first, takes the seconds around it that stay above half of
 * its height over the stream's usual; weaker peaks on its slopes are part of it, and a nearly as strong neighbour that is
 * nearer than the merge threshold joins it. Nothing here knows the confidence threshold, so that a lower one only ever adds
 * highlights and never changes the others.
 */
final class PassageFinder {
    /** A passage ends where the score has lost this share of its peak's height over the usual. */
    private static final double LOST_AT_EDGE = 0.5;

    /** A neighbour joins when it has at least this share of the stronger one's height. */
    private static final double NEARLY_AS_STRONG = 0.75;

    private static final int NOBODY = -1;

    private final double[] score;
    private final double usual;
    private final int longest;
    private final double mergeThreshold;
    private final int[] owner;

    /**
     * @param score one value a second, NaN where nothing was measured
     * @param longest most seconds of one passage
     * @param mergeThreshold passages nearer than this become one, seconds
     */
    PassageFinder(double[] score, int longest, double mergeThreshold) {
        this.score = score;
        this.usual = Baseline.of(score, 1).median();
        this.longest = longest;
        this.mergeThreshold = mergeThreshold;
        this.owner = new int[score.length];
        Arrays.fill(owner, NOBODY);
    }

    /** The score of the stream's usual second; NaN when nothing was measured. */
    double usual() {
        return usual;
    }

    /** All passages, strongest first; equal ones in the order of time. When none is above the usual, the best one. */
    List<Passage> find() {
        List<Integer> peaks = Peaks.of(score);
        List<Integer> above = peaks.stream().filter(peak -> score[peak] > usual).toList();
        List<Integer> considered = above.isEmpty() ? peaks.stream().limit(1).toList() : above;
        int[] mergedInto = considered.stream().mapToInt(this::claim).toArray();
        List<Passage> passages = new ArrayList<>();
        for (int index = 0; index < mergedInto.length; index++) {
            passages.add(passage(considered.get(index), mergedInto[index]));
        }
        return passages;
    }

    /** Gives the seconds around {@code peak} to it, or it to a stronger one; answers whose it is. */
    private int claim(int peak) {
        if (owner[peak] != NOBODY) {
            return owner[peak];
        }
        int[] reach = grow(peak);
        int neighbour = neighbour(reach[0], reach[1], peak);
        int whose = neighbour == NOBODY ? peak : neighbour;
        int from = neighbour == NOBODY ? reach[0] : Math.min(reach[0], edge(neighbour, -1));
        int to = neighbour == NOBODY ? reach[1] : Math.max(reach[1], edge(neighbour, 1) + 1);
        Arrays.fill(owner, from, to, whose);
        return whose;
    }

    /** From {@code peak} to the higher side, second by second, while it is high enough, nobody's and not too long. */
    private int[] grow(int peak) {
        double enough = usual + (1 - LOST_AT_EDGE) * (score[peak] - usual);
        int from = peak;
        int to = peak + 1;
        while (to - from < longest) {
            double before = free(from - 1) ? score[from - 1] : Double.NEGATIVE_INFINITY;
            double after = free(to) ? score[to] : Double.NEGATIVE_INFINITY;
            if (Math.max(before, after) < enough) {
                break;
            }
            if (before >= after) {
                from--;
            } else {
                to++;
            }
        }
        return new int[] {from, to};
    }

    private boolean free(int second) {
        return second >= 0 && second < score.length && owner[second] == NOBODY && Double.isFinite(score[second]);
    }

    /** The strongest passage that {@code [from, to)} with its {@code peak} should join. */
    private int neighbour(int from, int to, int peak) {
        int before = ownerWithin(from, -1);
        int after = ownerWithin(to - 1, 1);
        int stronger = after == NOBODY || (before != NOBODY && score[before] >= score[after]) ? before : after;
        int weaker = stronger == before ? after : before;
        if (joins(from, to, peak, stronger)) {
            return stronger;
        }
        return joins(from, to, peak, weaker) ? weaker : NOBODY;
    }

    private int ownerWithin(int edge, int direction) {
        for (int gap = 0; gap < mergeThreshold; gap++) {
            int second = edge + direction * (gap + 1);
            if (second < 0 || second >= score.length || !Double.isFinite(score[second])) {
                return NOBODY;
            }
            if (owner[second] != NOBODY) {
                return owner[second];
            }
        }
        return NOBODY;
    }

    private boolean joins(int from, int to, int peak, int neighbour) {
        if (neighbour == NOBODY || score[peak] - usual < NEARLY_AS_STRONG * (score[neighbour] - usual)) {
            return false;
        }
        int first = Math.min(from, edge(neighbour, -1));
        int last = Math.max(to - 1, edge(neighbour, 1));
        return last + 1 - first <= longest;
    }

    /** The last second that belongs to the passage of {@code peak} in that direction. */
    private int edge(int peak, int direction) {
        int second = peak;
        while (second + direction >= 0
                && second + direction < owner.length
                && owner[second + direction] == owner[peak]) {
            second += direction;
        }
        return second;
    }

    private Passage passage(int peak, int mergedInto) {
        int from = mergedInto == peak ? edge(peak, -1) : peak;
        int to = mergedInto == peak ? edge(peak, 1) + 1 : peak + 1;
        return new Passage(peak, score[peak], from, to, mergedInto);
    }
}
