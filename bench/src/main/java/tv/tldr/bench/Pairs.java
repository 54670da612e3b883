package tv.tldr.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What does something cost? The same work with it and without it by turns, so that what else the machine does falls on both,
 * and whoever is second finds the caches warm as often.
 *
 * @param ratios the rate with it to the rate without it, of each pair, the least first
 */
record Pairs(List<Double> ratios) {
    private static final int ROUNDS = 12;
    private static final int WARMING_UP = 2;

    /** One turn: how much a second is done. */
    @FunctionalInterface
    interface Turn {
        /** @param warm before, the first requests may take longer than anybody waits for an answer */
        double rate(boolean warm) throws IOException, InterruptedException;
    }

    /** Prints a line for each pair. */
    static Pairs of(Turn with, Turn without) throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARMING_UP + ROUNDS; round++) {
            boolean first = round % 2 == 0;
            boolean warm = round >= WARMING_UP;
            double one = (first ? with : without).rate(warm);
            double other = (first ? without : with).rate(warm);
            double ratio = first ? one / other : other / one;
            if (warm) {
                ratios.add(ratio);
                System.out.printf(
                        Locale.ROOT,
                        "with %7.0f /s   without %7.0f /s   ratio %.3f%n",
                        first ? one : other,
                        first ? other : one,
                        ratio);
            }
        }
        return new Pairs(ratios.stream().sorted().toList());
    }

    /** In words: percent of what is done without it. */
    String cost() {
        return String.format(
                Locale.ROOT,
                "%.1f %% (median of %d pairs; middle half %.1f to %.1f %%)",
                cost(2),
                ratios.size(),
                cost(3),
                cost(1));
    }

    private double cost(int quarter) {
        return 100 * (1 - ratios.get(ratios.size() * quarter / 4));
    }
}
