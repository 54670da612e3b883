package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which scores can a dimension have? */
class ScaleTest {
    private static final Map<String, Double> STEPS = steps();

    private static Map<String, Double> steps() {
        Map<String, Double> steps = new LinkedHashMap<>();
        steps.put("goal", 1.0);
        steps.put("nothing", 0.1);
        steps.put("shot", 0.6);
        return steps;
    }

    @ParameterizedTest(name = "{0}: {1} counts as {2}")
    @CsvSource({
        "NUMERIC,     0.37, 0.37",
        "NUMERIC,     0,    0",
        "NUMERIC,     NaN,  NaN",
        // Yes from the threshold of 0.7 on.
        "BINARY,      0.69, 0",
        "BINARY,      0.7,  1",
        "BINARY,      NaN,  NaN",
        // The highest category that is reached, or the lowest of all.
        "CATEGORICAL, 0,    0.1",
        "CATEGORICAL, 0.59, 0.1",
        "CATEGORICAL, 0.6,  0.6",
        "CATEGORICAL, 0.99, 0.6",
        "CATEGORICAL, 1,    1",
        "CATEGORICAL, NaN,  NaN",
    })
    void a_score_settles_on_its_scale(DimensionType type, double score, double settled) {
        Map<String, Double> categories = type == DimensionType.CATEGORICAL ? STEPS : Map.of();

        assertEquals(settled, new Scale(type, 0, 5, categories, 0.7).settle(score));
    }

    @ParameterizedTest(name = "{0} from {1} to {2}, {3} categories, threshold {4}")
    @CsvSource({
        "NUMERIC,     1, 1,        0,  0.5",
        "NUMERIC,     2, 1,        0,  0.5",
        "NUMERIC,     0, Infinity, 0,  0.5",
        "NUMERIC,     0, NaN,      0,  0.5",
        "NUMERIC,     0, 1,        0,  1.5",
        "NUMERIC,     0, 1,        2,  0.5",
        "BINARY,      0, 1,        2,  0.5",
        "CATEGORICAL, 0, 1,        1,  0.5",
        "CATEGORICAL, 0, 1,        21, 0.5",
    })
    void an_impossible_scale_is_refused(
            DimensionType type, double lowest, double highest, int categories, double threshold) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < categories; i++) {
            named.put("category " + i, 0.5);
        }

        assertThrows(IllegalArgumentException.class, () -> new Scale(type, lowest, highest, named, threshold));
    }
}
