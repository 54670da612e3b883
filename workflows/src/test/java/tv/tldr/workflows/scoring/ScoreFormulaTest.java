package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may a customer's formula say, and what is it worth? */
class ScoreFormulaTest {
    private static final Map<String, Double> SCORES = Map.of("action", 0.8, "clutch", 0.5, "laughter", 0.0);

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "action                                      | 0.8",
                "0.6 * action + 0.4 * clutch                 | 0.68",
                "ACTION                                      | 0.8",
                "-action + 1                                 | 0.2",
                "2 ^ 3 ^ 2                                   | 512",
                "(action - clutch) / 3                       | 0.1",
                "sqrt(clutch * 0.5)                          | 0.5",
                "min(action, clutch) + max(action, clutch)   | 1.3",
                "avg(action, clutch, laughter, 0.3)          | 0.4",
                "abs(clutch - action)                        | 0.3",
                "if(action > 0.7, clutch, 0)                 | 0.5",
                "if(laughter = 0, 1, action / laughter)      | 1",
                "action >= 0.8                               | 1",
                "action <> 0.8                               | 0",
            })
    void a_formula_computes_over_scores(String formula, double value) throws FaultyFormulaException {
        assertEquals(value, read(formula).value(SCORES), 1e-12);
    }

    @ParameterizedTest(name = "{0}: at {1} it {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "action + wit         | 10 | does not know \"wit\"",
                "action +             | 8  | ",
                "(action              | 1  | ",
                "action / (2 - 2)     | 8  | divides by zero",
                "random()             | 1  | ",
                "log(action)          | 1  | ",
                "PI * action          | 1  | does not know \"PI\"",
                "action + \"text\"    | 10 | knows numbers only",
                "action ? clutch      | 8  | ",
            })
    void a_faulty_formula_is_refused_with_the_place_of_the_fault(String formula, int position, String message) {
        FaultyFormulaException fault = assertThrows(FaultyFormulaException.class, () -> read(formula));
        assertAll(
                () -> assertEquals(position, fault.position(), fault.fault()),
                () -> assertTrue(fault.fault().contains(message == null ? "" : message), fault.fault()));
    }

    @Test
    void huge_texts_and_nesting_are_refused_at_once() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            String nested = "abs(".repeat(30) + "action" + ")".repeat(30);
            assertThrows(FaultyFormulaException.class, () -> read(nested));
            assertThrows(FaultyFormulaException.class, () -> read("(".repeat(100_000)));
            assertThrows(FaultyFormulaException.class, () -> read("1" + "+1".repeat(10_000)));
        });
    }

    @Test
    void a_tower_of_powers_ends_with_an_error_and_not_with_the_machine() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ScoreFormula tower = read("9 ^ 9 ^ 9 ^ 9 ^ action");
            assertThrows(FaultyFormulaException.class, () -> tower.value(SCORES));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9 ^ 9 ^ 9 ^ 9",
                "1 / (9 ^ 9 ^ 9 ^ 9)",
                "action / (9 ^ 9 ^ 9 ^ 9 - 1)",
                "(9 ^ 999999999) ^ 999999999",
                "2 ^ (1 / (10 ^ 400000000))",
                "sqrt(1E400000000)",
                "1E400000000 + 1",
                "1 / (1E400000000 + 1)",
                "1 / abs(1E-999999999)",
                "1E99999999999 > action",
                "sqrt(10 ^ 300 * 10 ^ 300 * 10 ^ 300 * 10 ^ 300 * 10 ^ 300 * 10 ^ 300) - action",
                "action ^ clutch ^ -1000000000",
            })
    void no_arithmetic_is_endless(String formula) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            try {
                assertTrue(Double.isFinite(read(formula).value(SCORES)));
            } catch (FaultyFormulaException refused) {
                assertTrue(refused.position() > 0);
            }
        });
    }

    @Test
    void a_division_by_a_score_that_is_zero_tells_its_place() throws FaultyFormulaException {
        ScoreFormula formula = read("action / laughter");
        FaultyFormulaException fault = assertThrows(FaultyFormulaException.class, () -> formula.value(SCORES));
        assertEquals(8, fault.position(), fault.fault());
    }

    private static ScoreFormula read(String formula) throws FaultyFormulaException {
        return ScoreFormula.of(formula, Set.of("action", "clutch", "laughter"));
    }
}
