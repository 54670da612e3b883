package tv.tldr.workflows.scoring;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.data.EvaluationValue;
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
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixPlusOperator;
import com.ezylang.evalex.operators.booleans.InfixEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterOperator;
import com.ezylang.evalex.operators.booleans.InfixLessEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixLessOperator;
import com.ezylang.evalex.operators.booleans.InfixNotEqualsOperator;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token.TokenType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * A customer's arithmetic over scores, such as {@code 0.6 * action_intensity + 0.4 * max(clutch_moment, skill_display)}.
 *
 * <p>Numbers, names of scores, {@code + - * / ^}, comparisons ({@code < <= > >= = == != <>}, worth 1 or 0) and
 * {@code sqrt min max avg abs if(condition, then, else)}; nothing else. Upper and lower case are the same.
 */
public final class ScoreFormula {
    /** Most characters of a formula. */
    public static final int LONGEST = 500;

    /** Most levels of nesting. */
    public static final int DEEPEST = 20;

    /** The largest number that may be written; its reciprocal is the smallest. Larger ones make arithmetic endless. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    private static final BigDecimal SMALLEST = BigDecimal.ONE.divide(LARGEST, MathContext.DECIMAL64);

    private static final Map<String, FunctionIfc> COMPUTED = Map.of(
            "sqrt", new SqrtFunction(),
            "min", new MinFunction(),
            "max", new MaxFunction(),
            "avg", new AverageFunction(),
            "abs", new AbsFunction(),
            "if", new IfFunction());

    /** Its functions, lower case: a score of such a name could not be told from them. */
    public static final Set<String> FUNCTIONS = COMPUTED.keySet();

    private static final ExpressionConfiguration LANGUAGE = ExpressionConfiguration.builder()
            .functionDictionary(functions())
            .operatorDictionary(operators())
            .defaultConstants(Map.of())
            .mathContext(MathContext.DECIMAL64)
            .arraysAllowed(false)
            .structuresAllowed(false)
            .binaryAllowed(false)
            .implicitMultiplicationAllowed(false)
            .singleQuoteStringLiteralsAllowed(false)
            .build();

    private final Expression expression;

    private ScoreFormula(Expression expression) {
        this.expression = expression;
    }

    private static MapBasedFunctionDictionary functions() {
        MapBasedFunctionDictionary functions = new MapBasedFunctionDictionary();
        COMPUTED.forEach(functions::addFunction);
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
        operators.addOperator("^", new BoundedPower());
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
     * Reads a formula.
     *
     * @param names what it may name, lower case
     * @throws FaultyFormulaException for what can be told before any score is known: bad grammar, an unknown name or
     *     function, a division by a constant zero, too much text or nesting
     */
    public static ScoreFormula of(String text, Set<String> names) throws FaultyFormulaException {
        if (text.isBlank()) {
            throw new FaultyFormulaException(1, "is empty");
        }
        if (text.length() > LONGEST) {
            throw new FaultyFormulaException(LONGEST + 1, "is longer than " + LONGEST + " characters");
        }
        Expression expression = new Expression(text, LANGUAGE);
        try {
            check(expression, expression.getAbstractSyntaxTree(), names, 1);
        } catch (ParseException fault) {
            throw faulty(fault);
        } catch (NoSuchElementException fault) {
            // So the library says of some operators without anything beside them, without the place.
            throw new FaultyFormulaException(1, "cannot be read: something is missing beside an operator");
        }
        return new ScoreFormula(expression);
    }

    private static void check(Expression expression, ASTNode node, Set<String> names, int depth)
            throws FaultyFormulaException, ParseException {
        int position = node.getToken().getStartPosition();
        if (depth > DEEPEST) {
            throw new FaultyFormulaException(position, "is nested more than " + DEEPEST + " levels deep");
        }
        TokenType type = node.getToken().getType();
        if (type == TokenType.STRING_LITERAL) {
            throw new FaultyFormulaException(position, "knows numbers only, not text");
        }
        if (type == TokenType.NUMBER_LITERAL && isExtreme(expression, node)) {
            throw new FaultyFormulaException(position, "knows numbers from 1e-9 to 1e9 only");
        }
        if (type == TokenType.VARIABLE_OR_CONSTANT && !names.contains(name(node))) {
            throw new FaultyFormulaException(
                    position,
                    "does not know \"" + node.getToken().getValue() + "\"; it may name "
                            + String.join(", ", new TreeSet<>(names)));
        }
        for (ASTNode part : node.getParameters()) {
            check(expression, part, names, depth + 1);
        }
        if ("/".equals(node.getToken().getValue())
                && isZero(expression, node.getParameters().get(1))) {
            throw new FaultyFormulaException(position, "divides by zero");
        }
    }

    private static boolean isExtreme(Expression expression, ASTNode literal) {
        try {
            BigDecimal number = expression.evaluateSubtree(literal).getNumberValue();
            return number.compareTo(LARGEST) > 0 || (number.signum() != 0 && number.compareTo(SMALLEST) < 0);
        } catch (EvaluationException | ArithmeticException | NumberFormatException unreadable) {
            return true;
        }
    }

    /** Whether {@code node} names no score and is zero. */
    private static boolean isZero(Expression expression, ASTNode node) {
        if (namesAScore(node)) {
            return false;
        }
        try {
            EvaluationValue value = expression.evaluateSubtree(node);
            return value.isNumberValue() && value.getNumberValue().signum() == 0;
        } catch (EvaluationException | ArithmeticException later) {
            return false;
        }
    }

    private static boolean namesAScore(ASTNode node) {
        return node.getToken().getType() == TokenType.VARIABLE_OR_CONSTANT
                || node.getParameters().stream().anyMatch(ScoreFormula::namesAScore);
    }

    private static String name(ASTNode node) {
        return node.getToken().getValue().toLowerCase(Locale.ROOT);
    }

    /**
     * What the formula is worth.
     *
     * @param scores by name, 0–1, with each name that the formula was read with
     * @throws FaultyFormulaException when there is no number, such as for a division by a score that is zero
     */
    public double value(Map<String, Double> scores) throws FaultyFormulaException {
        try {
            Expression filled = expression.copy().withValues(scores);
            EvaluationValue value = number(filled, filled.getAbstractSyntaxTree());
            double worth = value.isBooleanValue()
                    ? (value.getBooleanValue() ? 1 : 0)
                    : value.getNumberValue().doubleValue();
            if (Double.isInfinite(worth)) {
                throw new FaultyFormulaException(1, "has no value: it is too large a number");
            }
            return worth;
        } catch (ParseException | EvaluationException fault) {
            throw faulty(fault);
        }
    }

    private static EvaluationValue number(Expression filled, ASTNode node)
            throws FaultyFormulaException, EvaluationException {
        try {
            return filled.evaluateSubtree(node);
        } catch (ArithmeticException fault) {
            // The library does not say where: one of the parts, or else here.
            for (ASTNode part : node.getParameters()) {
                number(filled, part);
            }
            throw new FaultyFormulaException(
                    node.getToken().getStartPosition(),
                    "has no value: " + String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT));
        }
    }

    private static FaultyFormulaException faulty(BaseException fault) {
        return new FaultyFormulaException(Math.max(1, fault.getStartPosition()), String.valueOf(fault.getMessage()));
    }
}
