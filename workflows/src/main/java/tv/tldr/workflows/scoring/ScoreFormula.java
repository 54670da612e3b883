package tv.tldr.workflows.scoring;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.basic.AbsFunction;
import com.ezylang.evalex.functions.basic.AverageFunction;
import com.ezylang.evalex.functions.basic.IfFunction;
import com.ezylang.evalex.functions.basic.MaxFunction;
import com.ezylang.evalex.functions.basic.MinFunction;
import com.ezylang.evalex.functions.basic.SqrtFunction;
import com.ezylang.evalex.operators.arithmetic.InfixDivisionOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMultiplicationOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPlusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPowerOfOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixPlusOperator;
import com.ezylang.evalex.operators.booleans.InfixEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterOperator;
import com.ezylang.evalex.operators.booleans.InfixLessEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixLessOperator;
import com.ezylang.evalex.operators.booleans.InfixNotEqualsOperator;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;

/**
 * A customer's arithmetic over scores, such as {@code 0.6 * action_intensity + 0.4 * max(clutch_moment, skill_display)}.
 *
 * <p>Numbers, names of scores, {@code + - * / ^}, comparisons ({@code < <= > >= = == != <>}, worth 1 or 0) and
 * {@code sqrt min max avg abs if(condition, then, else)}; nothing else. Upper and lower case are the same. A sign belongs to
 * what follows it: {@code -a ^ 2} is {@code (-a) ^ 2}. The library reads; what is read is worth what {@link Arithmetic} says.
 */
public final class ScoreFormula {
    /** Most characters of a formula. */
    public static final int LONGEST = 500;

    /** Most brackets within each other, those of functions among them. */
    public static final int DEEPEST = 20;

    /** With so many ways to score nearly every formula has a value in one of them, or never. */
    private static final int TRIALS = 200;

    private static final Map<String, FunctionIfc> READ = Map.of(
            "sqrt", new SqrtFunction(),
            "min", new MinFunction(),
            "max", new MaxFunction(),
            "avg", new AverageFunction(),
            "abs", new AbsFunction(),
            "if", new IfFunction());

    /** Its functions, lower case: a score of such a name could not be told from them. */
    public static final Set<String> FUNCTIONS = READ.keySet();

    private static final ExpressionConfiguration LANGUAGE = ExpressionConfiguration.builder()
            .functionDictionary(functions())
            .operatorDictionary(operators())
            .defaultConstants(Map.of())
            .arraysAllowed(false)
            .structuresAllowed(false)
            .binaryAllowed(false)
            .implicitMultiplicationAllowed(false)
            .singleQuoteStringLiteralsAllowed(false)
            .build();

    private final Arithmetic arithmetic;
    private final List<String> names;

    private ScoreFormula(Arithmetic arithmetic, List<String> names) {
        this.arithmetic = arithmetic;
        this.names = List.copyOf(names);
    }

    private static MapBasedFunctionDictionary functions() {
        MapBasedFunctionDictionary functions = new MapBasedFunctionDictionary();
        READ.forEach(functions::addFunction);
        return functions;
    }

    private static MapBasedOperatorDictionary operators() {
        MapBasedOperatorDictionary operators = new MapBasedOperatorDictionary();
        operators.addOperator("+", new PrefixPlusOperator());
        operators.addOperator("-", new PrefixMinusOperator());
        operators.addOperator("+", new InfixPlusOperator());
        operators.addOperator("-", new InfixMinusOperator());
        operators.addOperator("*", new InfixMultiplicationOperator());
        operators.addOperator("/", new InfixDivisionOperator());
        operators.addOperator("^", new InfixPowerOfOperator());
        operators.addOperator("=", new InfixEqualsOperator());
        operators.addOperator("==", new InfixEqualsOperator());
        operators.addOperator("!=", new InfixNotEqualsOperator());
        operators.addOperator("<>", new InfixNotEqualsOperator());
        operators.addOperator(">", new InfixGreaterOperator());
        operators.addOperator(">=", new InfixGreaterEqualsOperator());
        operators.addOperator("<", new InfixLessOperator());
        operators.addOperator("<=", new InfixLessEqualsOperator());
        return operators;
    }

    /**
     * Reads a formula that was {@link #checked} when it was saved.
     *
     * @param names what it may name, lower case
     * @throws FaultyFormulaException for what can be told before any score is known: bad grammar, an unknown name or
     *     function, a division by a constant zero, too much text
     */
    public static ScoreFormula of(String text, Set<String> names) throws FaultyFormulaException {
        if (text.isBlank()) {
            throw new FaultyFormulaException(1, "is empty");
        }
        if (text.length() > LONGEST) {
            throw new FaultyFormulaException(LONGEST + 1, "is longer than " + LONGEST + " characters");
        }
        Expression expression = new Expression(text, LANGUAGE);
        FormulaReader reader = new FormulaReader(expression, names);
        try {
            return new ScoreFormula(reader.read(expression.getAbstractSyntaxTree()), reader.named());
        } catch (ParseException fault) {
            throw faulty(fault);
        } catch (NoSuchElementException fault) {
            // So the library says of some operators without anything beside them, without the place.
            throw new FaultyFormulaException(1, "cannot be read: something is missing beside an operator");
        }
    }

    /**
     * The same for a formula that shall be saved, with the place of what does not hold together; one that is nested too deep,
     * or that has no value whatever the scores are, is refused, too.
     */
    public static ScoreFormula checked(String text, Set<String> names) throws FaultyFormulaException {
        if (!text.isBlank() && text.length() <= LONGEST) {
            FormulaShape.checkBrackets(text);
            try {
                FormulaShape.check(new Tokenizer(text, LANGUAGE).parse());
            } catch (ParseException fault) {
                throw faulty(fault);
            }
        }
        ScoreFormula formula = of(text, names);
        formula.tryOut();
        return formula;
    }

    /** Over scores that are all the same, and over mixed ones, the same ones each time. */
    private void tryOut() throws FaultyFormulaException {
        Random random = new Random(1);
        double[] scores = new double[names.size()];
        List<double[]> tried = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int name = 0; name < scores.length; name++) {
                scores[name] = trial <= 4 ? trial / 4.0 : random.nextInt(5) / 4.0;
            }
            if (!Double.isNaN(arithmetic.value(scores))) {
                return;
            }
            tried.add(scores.clone());
        }
        throw withoutValue(arithmetic, tried.get(2));
    }

    /**
     * What the formula is worth.
     *
     * @param scores by name, 0–1, with each name that the formula was read with
     * @throws FaultyFormulaException when there is no number, such as for a division by a score that is zero
     */
    public double value(Map<String, Double> scores) throws FaultyFormulaException {
        double worth = worth(scores);
        if (Double.isNaN(worth)) {
            throw withoutValue(arithmetic, ordered(scores));
        }
        return worth;
    }

    /** The same; NaN when there is no number. */
    double worth(Map<String, Double> scores) {
        return arithmetic.value(ordered(scores));
    }

    private double[] ordered(Map<String, Double> scores) {
        double[] ordered = new double[names.size()];
        for (int name = 0; name < ordered.length; name++) {
            ordered[name] = scores.getOrDefault(names.get(name), Double.NaN);
        }
        return ordered;
    }

    /** The first part that has no value although all of its own parts have one. */
    private static FaultyFormulaException withoutValue(Arithmetic part, double[] scores) {
        return part.partsFor(scores)
                .filter(one -> Double.isNaN(one.value(scores)))
                .findFirst()
                .map(one -> withoutValue(one, scores))
                .orElseGet(() -> new FaultyFormulaException(part.position(), part.nothing()));
    }

    private static FaultyFormulaException faulty(BaseException fault) {
        return new FaultyFormulaException(Math.max(1, fault.getStartPosition()), String.valueOf(fault.getMessage()));
    }
}
