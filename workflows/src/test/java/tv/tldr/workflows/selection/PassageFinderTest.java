package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PassageFinderTest {
    private static final double USUAL = 0.2;
    private static final int LONGEST = 55;

    @Test
    void aPassageGoesAsFarAsHalfOfItsHeight() {
        double[] score = score(100);
        Arrays.fill(score, 48, 55, 0.55);
        Arrays.fill(score, 46, 48, 0.45);
        score[50] = 0.8;

        assertThat(new PassageFinder(score, LONGEST, 5).find()).containsExactly(new Passage(50, 0.8, 48, 55, 50));
    }

    @Test
    void noPassageIsLongerThanTheLimit() {
        double[] score = score(300);
        Arrays.fill(score, 100, 140, 0.8);
        score[130] = 0.9;

        Passage passage = new PassageFinder(score, 20, 5).find().getFirst();

        assertThat(passage.to() - passage.from()).isEqualTo(20);
        assertThat(passage.from()).isLessThanOrEqualTo(130);
        assertThat(passage.to()).isGreaterThan(130);
    }

    @Test
    void aPeakOnTheSlopeOfAStrongerOneIsPartOfIt() {
        double[] score = score(100);
        Arrays.fill(score, 40, 60, 0.6);
        score[42] = 0.9;
        score[55] = 0.7;

        List<Passage> passages = new PassageFinder(score, LONGEST, 0).find();

        assertThat(passages).extracting(Passage::peak).containsExactly(42, 55);
        assertThat(passages.get(1).isMerged()).isTrue();
        assertThat(passages.get(1).mergedInto()).isEqualTo(42);
    }

    @Test
    void aNearlyAsStrongNeighbourJoinsAcrossAShortGap() {
        double[] score = twoHumps(0.9, 0.8, 3);

        Passage first = new PassageFinder(score, LONGEST, 5).find().getFirst();

        assertThat(first).isEqualTo(new Passage(30, 0.9, 30, 63, 30));
    }

    @Test
    void aWeakOrADistantOrATooLongNeighbourStaysAlone() {
        assertThat(standing(twoHumps(0.9, 0.8, 6), LONGEST, 5)).as("distant").isEqualTo(2);
        assertThat(standing(twoHumps(0.9, 0.7, 3), LONGEST, 5)).as("weak").isEqualTo(2);
        assertThat(standing(twoHumps(0.9, 0.8, 3), 32, 5)).as("33 s together").isEqualTo(2);
        assertThat(standing(twoHumps(0.9, 0.8, 3), 33, 5)).as("33 s together").isEqualTo(1);
        assertThat(standing(twoHumps(0.9, 0.8, 3), LONGEST, 0))
                .as("nothing merges")
                .isEqualTo(2);
    }

    @Test
    void nothingJoinsAcrossAGapInTheMeasuring() {
        double[] score = twoHumps(0.9, 0.8, 3);
        score[46] = Double.NaN;

        assertThat(standing(score, LONGEST, 5)).isEqualTo(2);
    }

    @Test
    void whereNothingIsAboveTheUsualTheBestSecondIsAllThereIs() {
        assertThat(new PassageFinder(score(100), LONGEST, 5).find()).hasSize(1);
        assertThat(new PassageFinder(new double[] {Double.NaN}, LONGEST, 5).find())
                .isEmpty();
        assertThat(new PassageFinder(new double[] {Double.NaN}, LONGEST, 5).usual())
                .isNaN();
    }

    @Property(tries = 200, seed = "1")
    void passagesComeStrongestFirstShareNoSecondAndMergeOnlyIntoOneThatStands(@ForAll long seed) {
        Random random = new Random(seed);
        double[] score = random.doubles(400, 0, 1).toArray();
        for (int second = 1; second < score.length; second++) {
            score[second] = 0.8 * score[second - 1] + 0.2 * score[second];
        }

        List<Passage> passages = new PassageFinder(score, 1 + random.nextInt(60), random.nextInt(15)).find();

        boolean[] taken = new boolean[score.length];
        double last = 1;
        for (Passage passage : passages) {
            assertThat(passage.score()).isLessThanOrEqualTo(last);
            last = passage.score();
            if (passage.isMerged()) {
                assertThat(passages).anyMatch(one -> one.peak() == passage.mergedInto() && !one.isMerged());
                continue;
            }
            for (int second = passage.from(); second < passage.to(); second++) {
                assertThat(taken[second]).isFalse();
                taken[second] = true;
            }
        }
    }

    private static long standing(double[] score, int longest, double mergeThreshold) {
        return new PassageFinder(score, longest, mergeThreshold)
                .find().stream().filter(passage -> !passage.isMerged()).count();
    }

    /** 15 s with the peak in second 30, then a gap, then 15 s with the peak in the eleventh of them. */
    private static double[] twoHumps(double first, double second, int gap) {
        double[] score = score(200);
        Arrays.fill(score, 30, 45, first - 0.05);
        Arrays.fill(score, 45 + gap, 60 + gap, second - 0.05);
        score[30] = first;
        score[55 + gap] = second;
        return score;
    }

    private static double[] score(int seconds) {
        double[] score = new double[seconds];
        Arrays.fill(score, USUAL);
        return score;
    }
}
