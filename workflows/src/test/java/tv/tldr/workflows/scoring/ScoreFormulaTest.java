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
                "(action > 0.5) + (clutch > 0.6)             | 1",
                "(action > 0.5) + 0.3                        | 1.3",
                "(action > 0.5) == 1                         | 1",
                "0.5 * (action > 0.5) + 0.5 * (clutch > 0.1) | 1",
                "(action > 0.5) * 2                          | 2",
                "(action > 0.5) - (clutch > 0.6)             | 1",
                "(action > 0.5) ^ 2                          | 1",
                "-(action > 0.5)                             | -1",
                "max(action > 0.9, clutch)                   | 0.5",
                "action < clutch < 0.1                       | 1",
                "if(clutch, 2, 3) + if(laughter, 20, 30)     | 32",
                "-action ^ 2                                 | 0.64",
                "-(action ^ 2)                               | -0.64",
                "action ^ -1                                 | 1.25",
                "0.7 + 0.1 >= action                         | 1",
                "3 * 0.1 == 0.3                              | 1",
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
                "1 + (action          | 5  | is not closed",
                "max(action, (1 + 2)  | 4  | is not closed",
                "action + clutch)     | 16 | was not opened",
                "action clutch        | 8  | lacks an operator",
                "max(action clutch)   | 12 | lacks an operator",
                "max(, action)        | 5  | lacks a value",
                "1 + max(action, )    | 17 | lacks a value",
                "action + * clutch    | 10 | ",
                "action, clutch       | 7  | comma",
                "1 + ()               | 6  | lacks a value",
                "1 + sqrt(-1 - action)| 5  | has no value",
                "1 + 1 / (clutch - clutch) | 7  | has no value: this divides by zero",
                "2 * 9 ^ 9 ^ 9 ^ 9    | 11 | has no value",
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
    void nesting_is_what_stands_in_brackets_and_not_how_many_stand_side_by_side() throws FaultyFormulaException {
        String sum = "0.05 * action" + " + 0.05 * action".repeat(25);
        assertEquals(0.05 * 0.8 * 26, read(sum).value(SCORES), 1e-12);

        String chain = "-".repeat(200) + "action" + " ^ action".repeat(20);
        assertTrue(Double.isFinite(read(chain).value(SCORES)));

        String deep = "1 + " + "abs(".repeat(21) + "action" + ")".repeat(21);
        FaultyFormulaException fault = assertThrows(FaultyFormulaException.class, () -> read(deep));
        assertEquals(deep.lastIndexOf("(") + 1, fault.position(), fault.fault());
    }

    @Test
    void what_was_saved_before_it_was_tried_out_is_read() throws FaultyFormulaException {
        ScoreFormula never = ScoreFormula.of("1 / (action - action)", SCORES.keySet());
        assertThrows(FaultyFormulaException.class, () -> never.value(SCORES));
    }

    @Test
    void a_tower_of_powers_ends_with_an_error_and_not_with_the_machine() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ScoreFormula tower = ScoreFormula.of("9 ^ 9 ^ 9 ^ 9 ^ action", SCORES.keySet());
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
        return ScoreFormula.checked(formula, Set.of("action", "clutch", "laughter"));
    }
}
