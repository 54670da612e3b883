package tv.tldr.workflows.selection;

import java.util.List;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.scoring.Scores;

/**
 * How sure is a score in this stream? The score that counts as confidence 0.8 is the preset's, unless that gave a stream of
 * this length too many highlights or too few: then it moves to the stream's own strongest moments — down never below what
 * stands out from the stream's {@link Background}, so that a stream in which nothing happens has none; up, beyond the first
 * few, at least to what is higher than the stream's own ups and downs.
 *
 * @param level the score that has confidence 0.8
 * @param most how many moments may have it
 * @param steepness confidence logits for each logit of score
 * @param background what has no confidence
 */
record ConfidenceScale(double level, int most, double steepness, Background background) {
    static final double CONFIDENCE_AT_LEVEL = Reckoning.AT_LEVEL;

    /** A moment that the level moved for lies this far on its side of it, logits of score. */
    private static final double MARGIN = 0.1;

    private static final double HOUR = 3600;
    private static final double CLIP_OF_ACTION = 180;
    private static final double FEWEST_AN_HOUR = 3;
    private static final double MOST_AN_HOUR = 12;
    private static final double MOST_IN_A_CLIP = 4;

    /**
     * The scale of one stream.
     *
     * @param scores of its moments that do not exclude each other, best first
     * @param duration seconds of the stream
     */
    static ConfidenceScale of(List<Double> scores, Background background, double duration, Calibration calibration) {
        int fewest = Math.min(fewest(duration), scores.size());
        int most = most(duration);
        double sure = background.sure(calibration);
        double lastOfFewest = Logistic.moved(scores.get(fewest - 1), -MARGIN);
        double level = scores.get(fewest - 1) < sure
                ? Math.min(sure, Math.max(background.least(), lastOfFewest))
                : Math.max(sure, Math.min(background.waves(), lastOfFewest));
        if (scores.size() > most && scores.get(most) >= level) {
            level = Math.max(level, Logistic.moved(scores.get(most - 1), -MARGIN));
        }
        return new ConfidenceScale(level, most, calibration.steepness(), background);
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

    /**
     * 0–1, rising with the score; 0 for what is not above the usual.
     *
     * @param rank of the moment among those that do not exclude each other, from 1
     */
    double confidence(double score, int rank) {
        double alone = alone(score);
        return rank > most ? ofTheCrowd(alone) : alone;
    }

    /** The confidence of the score by itself, however many are stronger. */
    double alone(double score) {
        double evidence = Logistic.evidence(score);
        double above = evidence - Logistic.evidence(level);
        return standsOut(evidence) * Logistic.of(Logistic.evidence(CONFIDENCE_AT_LEVEL) + steepness * above);
    }

    /**
     * The way to {@link #confidence}.
     *
     * @param second of the peak, whose score {@code score} is
     * @param naming why it is called what it is called
     */
    Reckoning reckon(Scores scores, int second, double score, int rank, String naming) {
        return new Reckoning(
                scores.shares(second),
                score,
                level,
                steepness,
                standsOut(Logistic.evidence(score)),
                rank,
                most,
                alone(score),
                confidence(score, rank),
                scores.weights(),
                scores.together(second),
                naming);
    }

    /** The confidence of a contender by itself: by its score and by the calls for it. */
    double strength(Contender contender) {
        double measured = contender.measured() ? alone(contender.passage().score()) : 0;
        return contender.raised(measured);
    }

    private static double ofTheCrowd(double confidence) {
        double from = Reckoning.SQUEEZED_FROM;
        return Math.min(confidence, from + Reckoning.SQUEEZE * Math.max(0, confidence - from));
    }

    /**
     * 0 at the usual, 1 from the lowest score that stands out. Where the usual second is as high as scores go, as in most of
     * a stream that a binary dimension calls a yes, nothing is above it and nothing stands out.
     */
    private double standsOut(double evidence) {
        double usual = Logistic.evidence(background.usual());
        double least = Logistic.evidence(Math.min(level, background.least()));
        if (least <= usual) {
            return 0;
        }
        return Math.max(0, Math.min(1, (evidence - usual) / (least - usual)));
    }
}
