package tv.tldr.workflows.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BaselineTest {
    @Test
    void isMedianAndScaledInterquartileRange() {
        // Sorted 1 2 4 8 16: median 4, quartiles 2 and 8.
        Baseline baseline = Baseline.of(new double[] {16, 1, 8, 2, 4}, 0.1);

        assertThat(baseline.median()).isEqualTo(4);
        assertThat(baseline.spread()).isCloseTo(6 / 1.349, within(1e-12));
        assertThat(baseline.deviations(4 + 6 / 1.349, 4)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aFewLoudSecondsDoNotMoveIt() {
        double[] quiet = new double[100];
        double[] withOutliers = new double[100];
        for (int second = 0; second < 100; second++) {
            quiet[second] = second % 10;
            withOutliers[second] = second < 10 ? 1000 : second % 10;
        }

        Baseline one = Baseline.of(quiet, 0.1);
        Baseline other = Baseline.of(withOutliers, 0.1);

        assertThat(other.median()).isCloseTo(one.median(), within(1.0));
        assertThat(other.spread()).isCloseTo(one.spread(), within(1.0));
    }

    @Test
    void tinyWobblesAreNotBlownUp() {
        Baseline baseline = Baseline.of(new double[] {1, 1.001, 0.999, 1, 1.002}, 2);

        assertThat(baseline.deviations(1.002, 4)).isLessThan(0.01);
    }

    @Test
    void whatWasNotMeasuredDoesNotCount() {
        assertThat(Baseline.of(new double[] {Double.NaN, 3, Double.NaN}, 1).median())
                .isEqualTo(3);
        assertThat(Baseline.of(new double[] {Double.NaN}, 1).deviations(3, 4)).isNaN();
        assertThat(Baseline.of(new double[] {}, 1).median()).isNaN();
    }

    @Property
    void deviationsNeverLeaveTheClamp(
            @ForAll @Size(min = 1, max = 50) double[] values,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double value) {
        assertThat(Baseline.of(values, 0.5).deviations(value, 4)).isBetween(-4.0, 4.0);
    }
}
