package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A formula that is computed in doubles is worth what the library that reads it makes of it in big decimals. */
class ScoreFormulaPropertyTest {
    private static final Set<String> NAMES = Set.of("a", "b", "c");

    /** Eighths and whole numbers: sums and products of them are exact in both. */
    private static final List<Double> EIGHTHS = List.of(0.0, 0.125, 0.25, 0.5, 0.75, 1.0);

    @Property(tries = 2000, seed = "1")
    void itIsWorthWhatTheLibraryMakesOfIt(@ForAll("formulas") String text, @ForAll("scores") Map<String, Double> scores)
            throws FaultyFormulaException {
        double value;
        try {
            value = ScoreFormula.of(text, NAMES).worth(scores);
        } catch (FaultyFormulaException fault) {
            assertThat(fault.fault()).isEqualTo("divides by zero");
            return;
        }
        try {
            double there = new Expression(text.replace("avg", "average"))
                    .withValues(scores)
                    .evaluate()
                    .getNumberValue()
                    .doubleValue();
            assertThat(value).as(text).isCloseTo(there, within(1e-9 * Math.max(1, Math.abs(there))));
        } catch (BaseException | ArithmeticException none) {
            assertThat(value).as(text).isNaN();
        }
    }

    @Property(tries = 1000, seed = "2")
    void comparisonsAreNumbersWhereverTheyStand(
            @ForAll("comparisons") String one,
            @ForAll("comparisons") String other,
            @ForAll("scores") Map<String, Double> scores)
            throws FaultyFormulaException {
        double left = asked(one, scores);
        double right = asked(other, scores);

        assertThat(worth("(" + one + ")", scores)).isEqualTo(left);
        assertThat(worth("(" + one + ") + (" + other + ")", scores)).isEqualTo(left + right);
        assertThat(worth("(" + one + ") - 0.5 * (" + other + ")", scores)).isEqualTo(left - 0.5 * right);
        assertThat(worth("(" + one + ") == (" + other + ")", scores)).isEqualTo(left == right ? 1 : 0);
        assertThat(worth("max(" + one + ", " + other + ") ^ 2", scores)).isEqualTo(Math.max(left, right));
    }

    /** By the library, which decides by comparisons as anybody would. */
    private static double asked(String comparison, Map<String, Double> scores) {
        try {
            return new Expression("if(" + comparison + ", 1, 0)")
                    .withValues(scores)
                    .evaluate()
                    .getNumberValue()
                    .doubleValue();
        } catch (BaseException unexpected) {
            throw new AssertionError(comparison, unexpected);
        }
    }

    private static double worth(String text, Map<String, Double> scores) throws FaultyFormulaException {
        return ScoreFormula.of(text, NAMES).worth(scores);
    }

    @Provide
    Arbitrary<Map<String, Double>> scores() {
        Arbitrary<Double> one = Arbitraries.of(EIGHTHS);
        return Combinators.combine(one, one, one).as((a, b, c) -> Map.of("a", a, "b", b, "c", c));
    }

    @Provide
    Arbitrary<String> comparisons() {
        return Combinators.combine(exact(), Arbitraries.of("<", "<=", ">", ">=", "==", "!="), exact())
                .as((left, operator, right) -> left + " " + operator + " " + right);
    }

    private static Arbitrary<String> leaves() {
        return Arbitraries.of("a", "b", "c", "0.125", "0.5", "2", "-a", "+b");
    }

    /** Without what is rounded otherwise in the two ways, so that both decide the same. */
    private static Arbitrary<String> exact() {
        return Combinators.combine(leaves(), Arbitraries.of("+", "-", "*"), leaves())
                .as((left, operator, right) -> left + " " + operator + " " + right);
    }

    @Provide
    Arbitrary<String> formulas() {
        return Arbitraries.recursive(ScoreFormulaPropertyTest::leaves, this::larger, 0, 4);
    }

    private Arbitrary<String> larger(Arbitrary<String> part) {
        return Arbitraries.oneOf(
                Combinators.combine(part, Arbitraries.of("+", "-", "*"), part).as("%s %s %s"::formatted),
                Combinators.combine(part, Arbitraries.of("+", "-", "*"), part).as("(%s %s %s)"::formatted),
                Combinators.combine(part, leaves()).as("(%s) / (%s)"::formatted),
                Combinators.combine(leaves(), Arbitraries.of("0", "1", "2", "3"))
                        .as("%s ^ %s"::formatted),
                // The library has no root of exactly 0.
                part.map("sqrt(abs(%s) + 0.125)"::formatted),
                part.map("sqrt(-1 - abs(%s))"::formatted),
                part.map("abs(%s)"::formatted),
                part.map("-(%s)"::formatted),
                Combinators.combine(Arbitraries.of("min", "max", "avg"), part, part)
                        .as("%s(%s, %s)"::formatted),
                Combinators.combine(comparisons(), part, part).as("if(%s, %s, %s)"::formatted));
    }
}
