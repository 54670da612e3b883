package tv.tldr.workflows.selection;

import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.signal.Deviations;

/**
 * What is always there in a stream, so that a highlight must be more than it?
 *
 * @param usual score of the stream's usual second
 * @param least the lowest score that stands out from the usual and from chance
 * @param waves how high the stream's own ups and downs reach: what is higher has a cause
 */
record Background(double usual, double least, double waves) {
    /** What stands out from the stream's usual second, logits of score: about two deviations of half of the signals. */
    private static final double ABOVE_USUAL = 1.1;

    /** What is more than a coincidence of seconds, logits of score. */
    private static final double ABOVE_CHANCE = 0.2;

    /** The highest of an hour's waves, in {@link Swing}s. */
    private static final double SWINGS_IN_AN_HOUR = 3.2;

    private static final double HOUR = 3600;

    /**
     * Measures.
     *
     * @param score of each second
     * @param usual the score of the usual second
     * @param duration seconds of the stream
     */
    static Background of(double[] score, double usual, Deviations deviations, DimensionSet set, double duration) {
        double chance = ChanceLevel.of(deviations, set, ConfidenceScale.fewest(duration));
        return of(usual, Swing.of(score) * swings(duration), chance);
    }

    /**
     * From what was measured.
     *
     * @param wave how far the stream's own ups and downs reach above its usual, logits of score
     * @param chance score of as good a peak among the same seconds in random order
     */
    static Background of(double usual, double wave, double chance) {
        double least = Math.max(Logistic.moved(usual, ABOVE_USUAL), Logistic.moved(chance, ABOVE_CHANCE));
        return new Background(usual, least, Math.max(least, Logistic.moved(usual, wave)));
    }

    /** The preset's sure score; more where the usual is so high that even that does not stand out from it. */
    double sure(Calibration calibration) {
        return Math.max(calibration.sure(), Logistic.moved(usual, ABOVE_USUAL));
    }

    /** A shorter stream has fewer waves, and a clip was made because something happens in it. */
    private static double swings(double duration) {
        return SWINGS_IN_AN_HOUR * Math.min(1, Math.sqrt(Math.sqrt(duration / HOUR)));
    }
}
