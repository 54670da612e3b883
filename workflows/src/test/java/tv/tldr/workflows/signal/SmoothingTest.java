package tv.tldr.workflows.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SmoothingTest {
    @Test
    void takesTheMeanAroundASecondAndOfLessAtTheEnds() {
        assertThat(Smoothing.mean(new double[] {0, 3, 6, 9}, 3)).containsExactly(1.5, 3, 6, 7.5);
    }

    @Test
    void aGapStaysAGapAndDoesNotPullItsNeighbours() {
        assertThat(Smoothing.mean(new double[] {2, Double.NaN, 4}, 3)).containsExactly(2, Double.NaN, 4);
    }

    @Test
    void oneSecondIsTheCurveItself() {
        assertThat(Smoothing.mean(new double[] {1, 5, 2}, 1)).containsExactly(1, 5, 2);
    }

    @Test
    void refusesAWindowThatHasNoMiddle() {
        assertThatThrownBy(() -> Smoothing.mean(new double[] {1}, 4)).hasMessageContaining("not 4");
    }
}
