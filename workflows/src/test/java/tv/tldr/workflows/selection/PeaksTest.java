package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PeaksTest {
    @Test
    void highestFirst() {
        double[] curve = new double[50];
        curve[10] = 1;
        curve[30] = 3;
        curve[45] = 2;

        assertThat(Peaks.of(curve)).startsWith(30, 45, 10);
    }

    @Test
    void onThePlateauTheFirstSecondIsThePeak() {
        assertThat(Peaks.of(new double[] {0, 1, 1, 1, 0})).containsExactly(1);
        assertThat(Peaks.of(new double[100])).containsExactly(0);
    }

    @Test
    void whatWasNotMeasuredIsNoPeak() {
        assertThat(Peaks.of(new double[] {Double.NaN, Double.NaN})).isEmpty();
        assertThat(Peaks.of(new double[] {Double.NaN, 0.1, Double.NaN})).containsExactly(1);
        assertThat(Peaks.of(new double[0])).isEmpty();
    }

    @Property(tries = 100, seed = "1")
    void peaksAreMoreThanEightSecondsApartAndTheHighestSecondIsOne(@ForAll long seed) {
        double[] curve = new Random(seed).doubles(300).toArray();

        List<Integer> peaks = Peaks.of(curve);

        List<Integer> byTime = peaks.stream().sorted().toList();
        for (int index = 1; index < byTime.size(); index++) {
            assertThat(byTime.get(index) - byTime.get(index - 1)).isGreaterThan(8);
        }
        for (double value : curve) {
            assertThat(value).isLessThanOrEqualTo(curve[peaks.getFirst()]);
        }
    }
}
