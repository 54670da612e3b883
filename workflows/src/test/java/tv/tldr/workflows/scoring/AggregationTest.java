package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How do the seconds of a moment become its one score? */
class AggregationTest {
    private static final int MIDDLE = 30;

    /** A single second of 1 among zeros: what a moment sees of it that many seconds away, in 49ths for the triangle. */
    @ParameterizedTest(name = "{0}, {1} s away: {2}")
    @CsvSource({
        "MAX,           0, 1",
        "MAX,           1, 0",
        "MEAN,          0, 0.066666666667",
        "MEAN,          7, 0.066666666667",
        "MEAN,          8, 0",
        "WEIGHTED_MEAN, 0, 0.142857142857",
        "WEIGHTED_MEAN, 1, 0.122448979592",
        "WEIGHTED_MEAN, 6, 0.020408163265",
        "WEIGHTED_MEAN, 7, 0",
    })
    void an_instant_counts_in_the_moments_around_it(Aggregation aggregation, int away, double seen) {
        double[] curve = new double[61];
        curve[MIDDLE] = 1;

        double[] over = aggregation.over(curve);

        assertEquals(seen, over[MIDDLE + away], 1e-9);
        assertEquals(seen, over[MIDDLE - away], 1e-9);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void what_lasts_stays_what_it_is(Aggregation aggregation) {
        double[] curve = new double[61];
        Arrays.fill(curve, 0.4);

        assertArrayEquals(curve, aggregation.over(curve), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void a_second_that_was_not_measured_stays_one(Aggregation aggregation) {
        double[] curve = new double[61];
        curve[MIDDLE] = Double.NaN;

        assertTrue(Double.isNaN(aggregation.over(curve)[MIDDLE]));
    }

    @Test
    void the_curve_itself_is_left_alone() {
        double[] curve = new double[61];
        curve[MIDDLE] = 1;

        for (Aggregation aggregation : Aggregation.values()) {
            aggregation.over(curve);
        }

        assertEquals(1, Arrays.stream(curve).sum());
        assertEquals(1, curve[MIDDLE]);
    }
}
