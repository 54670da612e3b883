package tv.tldr.workflows.scoring;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.operators.AbstractOperator;
import com.ezylang.evalex.operators.InfixOperator;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;

/**
 * Powers that come to an end. The library's own multiplies big numbers for hours over {@code 9^9^9^9}; doubles are quick
 * whatever the exponent, and what none of them holds has no value.
 */
@InfixOperator(precedence = BoundedPower.PRECEDENCE, leftAssociative = false)
final class BoundedPower extends AbstractOperator {
    /** That of the library. */
    static final int PRECEDENCE = 40;

    @Override
    public EvaluationValue evaluate(Expression expression, Token operator, EvaluationValue... operands)
            throws EvaluationException {
        if (!operands[0].isNumberValue() || !operands[1].isNumberValue()) {
            throw EvaluationException.ofUnsupportedDataTypeInOperation(operator);
        }
        double power = Math.pow(
                operands[0].getNumberValue().doubleValue(),
                operands[1].getNumberValue().doubleValue());
        if (!Double.isFinite(power)) {
            throw new ArithmeticException("A power is not a number, or too large a one");
        }
        return EvaluationValue.numberValue(
                new BigDecimal(power, expression.getConfiguration().getMathContext()));
    }

    @Override
    public int getPrecedence(ExpressionConfiguration configuration) {
        return configuration.getPowerOfPrecedence();
    }
}
