package tv.tldr.workflows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class EvaluationTest {
    /** Two spans; the first highlight overlaps one, the second lies near it, the third near nothing. */
    @Test
    void aWorkedExample() {
        List<TimeRange> truth = List.of(range(100, 120), range(300, 310));
        List<TimeRange> bestFirst = List.of(range(110, 130), range(125, 140), range(200, 220));

        Evaluation evaluation = Evaluation.of(bestFirst, truth, 400);

        assertThat(evaluation.highlights()).isEqualTo(3);
        assertThat(evaluation.truth()).isEqualTo(2);
        assertThat(evaluation.hitAt1()).isTrue();
        assertThat(evaluation.hitAtK()).as("both of the first two").isEqualTo(1);
        // The second one's middle is 132.5, 12.5 s after the span.
        assertThat(evaluation.hits()).isEqualTo(new Accuracy(2 / 3.0, 0.5));
        assertThat(evaluation.hits().f1()).isCloseTo(4 / 7.0, within(1e-12));
        // 10 s shared of 30: IoU 1/3; the second shares nothing.
        assertThat(evaluation.overlaps()).isEqualTo(new Accuracy(1 / 3.0, 0.5));
        assertThat(evaluation.meanOverlap()).isCloseTo((1 / 3.0 + 0) / 2, within(1e-12));
        // 110–140 and 200–220 are 50 s, 10 of them in the 30 true seconds.
        assertThat(evaluation.secondsDelivered()).isEqualTo(50);
        assertThat(evaluation.seconds()).isEqualTo(new Accuracy(10 / 50.0, 10 / 30.0));
        assertThat(evaluation.duration()).isEqualTo(400);
    }

    @Test
    void theToleranceIsCountedFromTheMiddleOfTheHighlight() {
        List<TimeRange> truth = List.of(range(100, 110));

        assertThat(hits(range(120, 130), truth)).as("middle 15 s away").isTrue();
        assertThat(hits(range(120, 130.2), truth)).as("middle 15.1 s away").isFalse();
        assertThat(hits(range(109, 170), truth))
                .as("long, but it shows a part of it")
                .isTrue();
        assertThat(hits(range(80, 90), truth)).as("middle 15 s before").isTrue();
    }

    @Test
    void eachSpanAndEachHighlightIsPairedOnce() {
        List<TimeRange> truth = List.of(range(0, 20));
        List<TimeRange> twice = List.of(range(0, 19), range(1, 20));

        assertThat(Evaluation.of(twice, truth, 60).overlaps()).isEqualTo(new Accuracy(0.5, 1));
    }

    @Test
    void fewerHighlightsThanSpansAreMissesInHitAtK() {
        List<TimeRange> truth = List.of(range(0, 10), range(100, 110), range(200, 210), range(300, 310));

        assertThat(Evaluation.of(List.of(range(0, 15)), truth, 400).hitAtK()).isEqualTo(0.25);
    }

    @Test
    void nothingGivenAndNothingTrueIsPerfect() {
        Evaluation nothing = Evaluation.of(List.of(), List.of(), 60);

        assertThat(nothing.hits().f1()).isEqualTo(1);
        assertThat(nothing.hitAt1()).isFalse();
        assertThat(nothing.hitAtK()).isEqualTo(1);
        assertThat(nothing.meanOverlap()).isZero();
    }

    @Test
    void nothingGivenFindsNothing() {
        Evaluation nothing = Evaluation.of(List.of(), List.of(range(5, 9)), 60);

        assertThat(nothing.hits()).isEqualTo(new Accuracy(0, 0));
        assertThat(nothing.hits().f1()).isZero();
        assertThat(nothing.secondsDelivered()).isZero();
    }

    @Test
    void highlightsWhereThereIsNoTruthAreAllWrong() {
        assertThat(Evaluation.of(List.of(range(0, 9)), List.of(), 60).hits()).isEqualTo(new Accuracy(0, 1));
    }

    private static boolean hits(TimeRange highlight, List<TimeRange> truth) {
        return Evaluation.of(List.of(highlight), truth, 500).hitAt1();
    }

    private static TimeRange range(double start, double end) {
        return new TimeRange(start, end);
    }
}
