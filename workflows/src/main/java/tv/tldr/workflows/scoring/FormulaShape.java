package tv.tldr.workflows.scoring;

import com.ezylang.evalex.parser.Token;
import com.ezylang.evalex.parser.Token.TokenType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Does a formula hold together: has each bracket its other one, and each operator and comma a value on either side? The
 * parser's own answer to most of what does not is the first character, and to some of it no fault at all.
 */
final class FormulaShape {
    private final Deque<Boolean> brackets = new ArrayDeque<>();
    private boolean wantsValue = true;

    private FormulaShape() {}

    /** Brackets alone; what is written in quotes is not looked at. */
    static void checkBrackets(String text) throws FaultyFormulaException {
        Deque<Integer> open = new ArrayDeque<>();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            quoted ^= letter == '"';
            if (!quoted && letter == '(') {
                open.push(at + 1);
                if (open.size() > ScoreFormula.DEEPEST) {
                    throw new FaultyFormulaException(
                            at + 1, "is nested more than " + ScoreFormula.DEEPEST + " levels deep here");
                }
            } else if (!quoted && letter == ')' && open.poll() == null) {
                throw new FaultyFormulaException(at + 1, "closes a bracket that was not opened");
            }
        }
        if (!open.isEmpty()) {
            throw new FaultyFormulaException(open.pop(), "opens a bracket that is not closed");
        }
    }

    /** The words and signs of a formula whose brackets hold. */
    static void check(List<Token> tokens) throws FaultyFormulaException {
        FormulaShape shape = new FormulaShape();
        TokenType before = TokenType.COMMA;
        for (Token token : tokens) {
            shape.next(token, before == TokenType.FUNCTION);
            before = token.getType();
        }
        if (shape.wantsValue && !tokens.isEmpty()) {
            throw missing(tokens.getLast(), "behind");
        }
    }

    private void next(Token token, boolean ofFunction) throws FaultyFormulaException {
        switch (token.getType()) {
            case NUMBER_LITERAL, VARIABLE_OR_CONSTANT, STRING_LITERAL -> {
                begin(token);
                wantsValue = false;
            }
            case FUNCTION -> begin(token);
            case BRACE_OPEN -> {
                begin(token);
                brackets.push(ofFunction);
            }
            case BRACE_CLOSE -> {
                end(token);
                brackets.poll();
            }
            case COMMA -> {
                if (!Boolean.TRUE.equals(brackets.peek())) {
                    throw new FaultyFormulaException(
                            token.getStartPosition(), "has a comma outside of a function's brackets");
                }
                end(token);
                wantsValue = true;
            }
            case INFIX_OPERATOR -> {
                end(token);
                wantsValue = true;
            }
            // A sign before a value; the rest the language does not have, and the parser refuses.
            default -> {}
        }
    }

    private void begin(Token token) throws FaultyFormulaException {
        if (!wantsValue) {
            throw new FaultyFormulaException(
                    token.getStartPosition(), "lacks an operator before \"" + token.getValue() + "\"");
        }
    }

    private void end(Token token) throws FaultyFormulaException {
        if (wantsValue) {
            throw missing(token, "before");
        }
    }

    private static FaultyFormulaException missing(Token token, String side) {
        return new FaultyFormulaException(
                token.getStartPosition(), "lacks a value " + side + " \"" + token.getValue() + "\"");
    }
}
