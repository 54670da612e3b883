package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where is a curve higher than all around? */
final class Peaks {
    /** Seconds on either side in which a peak is the highest: bounds the candidates to 400 an hour. */
    private static final int RADIUS = 8;

    private Peaks() {}

    /** The seconds of the peaks of {@code curve}, highest first, equal ones in the order of time. */
    static List<Integer> of(double[] curve) {
        List<Integer> peaks = new ArrayList<>();
        for (int second = 0; second < curve.length; second++) {
            if (isPeak(curve, second)) {
                peaks.add(second);
            }
        }
        peaks.sort(Comparator.comparingDouble((Integer peak) -> -curve[peak]).thenComparing(peak -> peak));
        return peaks;
    }

    /** Of a plateau the first second is the peak; what was not measured is none. */
    private static boolean isPeak(double[] curve, int second) {
        if (!Double.isFinite(curve[second])) {
            return false;
        }
        int to = Math.min(curve.length, second + RADIUS + 1);
        for (int other = Math.max(0, second - RADIUS); other < to; other++) {
            boolean higher = other < second ? curve[other] >= curve[second] : curve[other] > curve[second];
            if (higher) {
                return false;
            }
        }
        return true;
    }
}
