package tv.tldr.workflows.scoring;

import java.util.List;
import java.util.stream.Stream;

/**
 * A formula as a tree of arithmetic over numbers: what is it worth for these scores? NaN is no value, and whatever looks at a
 * part without a value has none itself; nothing is ever infinite.
 */
sealed interface Arithmetic {
    /** Numbers nearer than this part of the larger one are the same: {@code 0.7 + 0.1 >= 0.8} holds, as on paper. */
    double SAME = 1e-12;

    /** @param scores in the order of the formula's names; NaN where there is none */
    double value(double[] scores);

    /** The character of the formula at which it stands, from 1. */
    int position();

    /** What its value is made of with these scores, in the order in which it is looked at. */
    Stream<Arithmetic> partsFor(double[] scores);

    /** Why it has no value although all its parts have one, the end of a sentence that begins with "the formula". */
    default String nothing() {
        return "has no value: this comes to no number, or to one that is too large";
    }

    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** A number that is written down. */
    record Constant(int position, double number) implements Arithmetic {
        @Override
        public double value(double[] scores) {
            return number;
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return Stream.of();
        }
    }

    /** The score of that place among the formula's names. */
    record Score(int position, int place) implements Arithmetic {
        @Override
        public double value(double[] scores) {
            return scores[place];
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return Stream.of();
        }

        @Override
        public String nothing() {
            return "has no value: there is no such score";
        }
    }

    record Negative(int position, Arithmetic of) implements Arithmetic {
        @Override
        public double value(double[] scores) {
            return -of.value(scores);
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return Stream.of(of);
        }
    }

    /** Two parts with an operator between them. */
    record Infix(int position, Operator operator, Arithmetic left, Arithmetic right) implements Arithmetic {
        @Override
        public double value(double[] scores) {
            double one = left.value(scores);
            double other = right.value(scores);
            return Double.isNaN(one) || Double.isNaN(other) ? Double.NaN : finite(operator.of(one, other));
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return Stream.of(left, right);
        }

        @Override
        public String nothing() {
            return operator == Operator.DIVIDED ? "has no value: this divides by zero" : Arithmetic.super.nothing();
        }
    }

    /** A function of one or more parts. */
    record Call(int position, Function function, List<Arithmetic> parts) implements Arithmetic {
        public Call {
            parts = List.copyOf(parts);
        }

        @Override
        public double value(double[] scores) {
            double value = function.first(parts.getFirst().value(scores));
            for (int part = 1; part < parts.size(); part++) {
                value = function.next(value, parts.get(part).value(scores));
            }
            return finite(function == Function.AVG ? value / parts.size() : value);
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return parts.stream();
        }
    }

    /** One of two parts; the other is not looked at. */
    record Choice(int position, Arithmetic condition, Arithmetic then, Arithmetic otherwise) implements Arithmetic {
        @Override
        public double value(double[] scores) {
            double holds = condition.value(scores);
            return Double.isNaN(holds) ? holds : chosen(holds).value(scores);
        }

        private Arithmetic chosen(double holds) {
            return holds == 0 ? otherwise : then;
        }

        @Override
        public Stream<Arithmetic> partsFor(double[] scores) {
            return Stream.of(condition, chosen(condition.value(scores)));
        }
    }

    /** What may stand between two parts. Comparisons are numbers: 1 when they hold, else 0. */
    enum Operator {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED,
        POWER,
        EQUAL,
        NOT_EQUAL,
        GREATER,
        AT_LEAST,
        LESS,
        AT_MOST;

        double of(double one, double other) {
            return switch (this) {
                case PLUS -> one + other;
                case MINUS -> one - other;
                case TIMES -> one * other;
                case DIVIDED -> other == 0 ? Double.NaN : one / other;
                case POWER -> StrictMath.pow(one, other);
                case EQUAL -> number(same(one, other));
                case NOT_EQUAL -> number(!same(one, other));
                case GREATER -> number(one > other && !same(one, other));
                case AT_LEAST -> number(one > other || same(one, other));
                case LESS -> number(one < other && !same(one, other));
                case AT_MOST -> number(one < other || same(one, other));
            };
        }

        private static double number(boolean holds) {
            return holds ? 1 : 0;
        }

        private static boolean same(double one, double other) {
            return Math.abs(one - other) <= SAME * Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
        }
    }

    /** What may be computed of parts in brackets. */
    enum Function {
        SQRT,
        ABS,
        MIN,
        MAX,
        AVG;

        private double first(double value) {
            return switch (this) {
                case SQRT -> StrictMath.sqrt(value);
                case ABS -> Math.abs(value);
                case MIN, MAX, AVG -> value;
            };
        }

        /** {@code so far} with one more part; only of those that take several. */
        private double next(double soFar, double value) {
            return switch (this) {
                case MIN -> Math.min(soFar, value);
                case MAX -> Math.max(soFar, value);
                case SQRT, ABS, AVG -> soFar + value;
            };
        }
    }
}
