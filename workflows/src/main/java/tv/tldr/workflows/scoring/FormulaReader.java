package tv.tldr.workflows.scoring;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.Token.TokenType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tv.tldr.workflows.scoring.Arithmetic.Call;
import tv.tldr.workflows.scoring.Arithmetic.Choice;
import tv.tldr.workflows.scoring.Arithmetic.Constant;
import tv.tldr.workflows.scoring.Arithmetic.Function;
import tv.tldr.workflows.scoring.Arithmetic.Infix;
import tv.tldr.workflows.scoring.Arithmetic.Negative;
import tv.tldr.workflows.scoring.Arithmetic.Operator;
import tv.tldr.workflows.scoring.Arithmetic.Score;

/** Which arithmetic does a parsed formula say? Everything that the language does not have is refused with its place. */
final class FormulaReader {
    /** The largest number that may be written; its reciprocal is the smallest. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    private static final BigDecimal SMALLEST = BigDecimal.ONE.divide(LARGEST, MathContext.DECIMAL64);

    private final Expression expression;
    private final Set<String> known;
    private final List<String> named = new ArrayList<>();

    /** @param known the names of scores, lower case */
    FormulaReader(Expression expression, Set<String> known) {
        this.expression = expression;
        this.known = known;
    }

    /** The names of scores that were read, each once: a {@link Score} has its place among them. */
    List<String> named() {
        return named;
    }

    /** As deep as the text is long at most: that is bounded. */
    Arithmetic read(ASTNode node) throws FaultyFormulaException {
        int position = node.getToken().getStartPosition();
        return switch (node.getToken().getType()) {
            case NUMBER_LITERAL -> new Constant(position, number(node));
            case VARIABLE_OR_CONSTANT -> new Score(position, place(node));
            case PREFIX_OPERATOR -> {
                Arithmetic signed = read(node.getParameters().getFirst());
                yield word(node).equals("-") ? new Negative(position, signed) : signed;
            }
            case INFIX_OPERATOR -> infix(node);
            case FUNCTION -> call(node);
            case STRING_LITERAL -> throw new FaultyFormulaException(position, "knows numbers only, not text");
            default -> throw new FaultyFormulaException(position, "cannot be read: \"" + word(node) + "\"");
        };
    }

    private Arithmetic infix(ASTNode node) throws FaultyFormulaException {
        int position = node.getToken().getStartPosition();
        Arithmetic left = read(node.getParameters().get(0));
        Arithmetic right = read(node.getParameters().get(1));
        Operator operator = operator(node);
        if (operator == Operator.DIVIDED && isZero(node.getParameters().get(1), right)) {
            throw new FaultyFormulaException(position, "divides by zero");
        }
        return new Infix(position, operator, left, right);
    }

    private static Operator operator(ASTNode node) throws FaultyFormulaException {
        return switch (word(node)) {
            case "+" -> Operator.PLUS;
            case "-" -> Operator.MINUS;
            case "*" -> Operator.TIMES;
            case "/" -> Operator.DIVIDED;
            case "^" -> Operator.POWER;
            case "=", "==" -> Operator.EQUAL;
            case "!=", "<>" -> Operator.NOT_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.AT_LEAST;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.AT_MOST;
            default ->
                throw new FaultyFormulaException(
                        node.getToken().getStartPosition(), "does not know the operator " + word(node));
        };
    }

    private Arithmetic call(ASTNode node) throws FaultyFormulaException {
        int position = node.getToken().getStartPosition();
        List<Arithmetic> parts = new ArrayList<>();
        for (ASTNode part : node.getParameters()) {
            parts.add(read(part));
        }
        return word(node).equals("if")
                ? new Choice(position, parts.get(0), parts.get(1), parts.get(2))
                : new Call(position, Function.valueOf(word(node).toUpperCase(Locale.ROOT)), parts);
    }

    private int place(ASTNode node) throws FaultyFormulaException {
        String name = word(node);
        if (!known.contains(name)) {
            throw new FaultyFormulaException(
                    node.getToken().getStartPosition(),
                    "does not know \"" + node.getToken().getValue() + "\"; it may name "
                            + String.join(", ", new TreeSet<>(known)));
        }
        if (!named.contains(name)) {
            named.add(name);
        }
        return named.indexOf(name);
    }

    private double number(ASTNode literal) throws FaultyFormulaException {
        try {
            BigDecimal number = expression.evaluateSubtree(literal).getNumberValue();
            if (number.compareTo(LARGEST) <= 0 && (number.signum() == 0 || number.compareTo(SMALLEST) >= 0)) {
                return number.doubleValue();
            }
        } catch (EvaluationException | ArithmeticException | NumberFormatException unreadable) {
            // As unusable as one that is too large.
        }
        throw new FaultyFormulaException(literal.getToken().getStartPosition(), "knows numbers from 1e-9 to 1e9 only");
    }

    /** Whether {@code node} names no score and is zero. */
    private static boolean isZero(ASTNode node, Arithmetic read) {
        return !namesAScore(node) && read.value(new double[0]) == 0;
    }

    private static boolean namesAScore(ASTNode node) {
        return node.getToken().getType() == TokenType.VARIABLE_OR_CONSTANT
                || node.getParameters().stream().anyMatch(FormulaReader::namesAScore);
    }

    private static String word(ASTNode node) {
        return node.getToken().getValue().toLowerCase(Locale.ROOT);
    }
}
