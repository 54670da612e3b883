package tv.tldr.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which words stand for what a value may be? Of the constants of an enum, on the wire too, their names in lower case. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /** All of them, for a person. */
    static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String range(String what, double least, double most) {
        return "must be " + what + between(least, most);
    }

    static String between(double least, double most) {
        return " from " + plain(least) + " to " + plain(most);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
