package tv.tldr.workflows.selection;

import java.util.List;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Logistic;

/**
 * How sure is a score in this stream? The score that counts as confidence 0.8 is the preset's, unless that gave a stream of
 * this length too many highlights or too few: then it moves to the stream's own strongest moments — down never below what
 * stands out from the stream's usual and from chance, so that a stream in which nothing happens has none.
 *
 * @param level the score that has confidence 0.8
 * @param steepness confidence logits for each logit of score
 */
record ConfidenceScale(double level, double steepness) {
    private static final double CONFIDENCE_AT_LEVEL = 0.8;

    /** A moment that the scale moved for lies this far on its side of the level, logits of score. */
    private static final double MARGIN = 0.1;

    /** What stands out from the stream's usual second, logits of score: about two deviations of half of the signals. */
    private static final double ABOVE_USUAL = 0.8;

    /** What is more than a coincidence of seconds, logits of score. */
    private static final double ABOVE_CHANCE = 0.1;

    private static final double HOUR = 3600;
    private static final double CLIP_OF_ACTION = 180;
    private static final double FEWEST_AN_HOUR = 3;
    private static final double MOST_AN_HOUR = 12;
    private static final double MOST_IN_A_CLIP = 4;

    /**
     * The scale of one stream.
     *
     * @param scores of its moments that do not exclude each other, best first
     * @param least the lowest score that stands out, see {@link #least}
     * @param duration seconds of the stream
     */
    static ConfidenceScale of(List<Double> scores, double least, double duration, Calibration calibration) {
        long sure = scores.stream().filter(score -> score >= calibration.sure()).count();
        int fewest = Math.min(fewest(duration), scores.size());
        int most = most(duration);
        double level = calibration.sure();
        if (sure < fewest) {
            level = Math.min(level, Math.max(least, justBelow(scores.get(fewest - 1))));
        } else if (sure > most) {
            level = crowdedLevel(scores, most);
        }
        return new ConfidenceScale(level, calibration.steepness());
    }

    /**
     * The lowest score that stands out.
     *
     * @param usual score of the stream's usual second
     * @param chance best score of the same seconds in random order
     */
    static double least(double usual, double chance) {
        return Logistic.of(Math.max(Logistic.evidence(usual) + ABOVE_USUAL, Logistic.evidence(chance) + ABOVE_CHANCE));
    }

    /** How many highlights a stream in which something happens has at least. */
    static int fewest(double duration) {
        return (int) Math.max(1, Math.round(FEWEST_AN_HOUR * duration / HOUR));
    }

    /** How many highlights an eventful stream has at most: four in three minutes, twelve in an hour. */
    static int most(double duration) {
        if (duration <= CLIP_OF_ACTION) {
            return (int) Math.max(1, Math.ceil(MOST_IN_A_CLIP * duration / CLIP_OF_ACTION));
        }
        if (duration <= HOUR) {
            double share = (duration - CLIP_OF_ACTION) / (HOUR - CLIP_OF_ACTION);
            return (int) (MOST_IN_A_CLIP + share * (MOST_AN_HOUR - MOST_IN_A_CLIP));
        }
        return (int) (MOST_AN_HOUR * duration / HOUR);
    }

    /** Where the best scores part most clearly from the rest, between half of the most highlights and all of them. */
    private static double crowdedLevel(List<Double> scores, int most) {
        int cut = most;
        double widest = 0;
        for (int count = most; count >= (most + 1) / 2; count--) {
            double gap = Logistic.evidence(scores.get(count - 1)) - Logistic.evidence(scores.get(count));
            if (gap > widest) {
                widest = gap;
                cut = count;
            }
        }
        double above = Logistic.evidence(scores.get(cut - 1));
        double below = Logistic.evidence(scores.get(cut));
        return Logistic.of(Math.max((above + below) / 2, above - MARGIN));
    }

    private static double justBelow(double score) {
        return Logistic.of(Logistic.evidence(score) - MARGIN);
    }

    /** 0–1, rising with the score. */
    double confidence(double score) {
        double above = Logistic.evidence(score) - Logistic.evidence(level);
        return Logistic.of(Logistic.evidence(CONFIDENCE_AT_LEVEL) + steepness * above);
    }
}
