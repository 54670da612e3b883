package tv.tldr.workflows.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Set;

/** Whatever a customer writes as a formula is read or refused with the place of its fault, and comes to a number. */
class ScoreFormulaFuzzTest {
    private static final Map<String, Double> SCORES = Map.of("a", 0.0, "b_c", 0.75);

    @FuzzTest
    void everyFormulaIsANumberOrHasAFault(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            double value =
                    ScoreFormula.checked(text, Set.copyOf(SCORES.keySet())).value(SCORES);
            assertThat(value).isFinite();
        } catch (FaultyFormulaException fault) {
            assertThat(fault.position()).isBetween(1, ScoreFormula.LONGEST + 1);
        }
    }
}
