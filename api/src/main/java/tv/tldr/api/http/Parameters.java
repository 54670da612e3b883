package tv.tldr.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.util.MultiValueMap;
import tv.tldr.activities.store.Cursor;

/**
 * What is in a request's query string? Like {@link Fields}: each parameter is asked for by name, and {@link #finish} tells
 * every fault and every unknown parameter at once.
 */
public final class Parameters {
    /** The public bound of {@code limit}. */
    public static final int LARGEST_PAGE = 100;

    private static final int USUAL_PAGE = 20;
    private static final int LONGEST = 512;

    private final MultiValueMap<String, String> values;
    private final Set<String> asked = new LinkedHashSet<>();
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?");

    private final List<FieldError> faults = new ArrayList<>();

    public Parameters(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /** How many entries a page holds. */
    public int limit() {
        return integer("limit", 1, LARGEST_PAGE).orElse(USUAL_PAGE);
    }

    /**
     * Where the page begins.
     *
     * @param list what {@link PageToken#list} must say
     * @param keys reads the sort keys; an {@link IllegalArgumentException} or too few keys refuse the cursor
     */
    public <K> Optional<K> cursor(String list, Function<List<String>, K> keys) {
        return parse(
                "cursor",
                text -> {
                    try {
                        return keys.apply(PageToken.parse(list, text).keys());
                    } catch (IndexOutOfBoundsException | DateTimeException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                "is not a cursor of this list in this order; use next_cursor as it was given");
    }

    /** The same in a list by id alone. */
    public Optional<Cursor> cursorById(String list) {
        return cursor(list, keys -> new Cursor(keys.getFirst(), UUID.fromString(keys.get(1))));
    }

    /** The same in a list by a number; what is none is not a cursor of ours. */
    public Optional<Cursor> cursorByNumber(String list) {
        return cursor(
                list,
                keys -> new Cursor(Double.toString(Double.parseDouble(keys.getFirst())), UUID.fromString(keys.get(1))));
    }

    /** The same in a list by time of creation. */
    public Optional<Cursor> cursorByCreation(String list) {
        return cursor(list, Parameters::created);
    }

    /** Behind what was created then. */
    public static Cursor created(List<String> keys) {
        return new Cursor(Instants.parse(keys.getFirst()).toString(), UUID.fromString(keys.get(1)));
    }

    public Optional<Integer> integer(String name, int least, int most) {
        return parse(
                name,
                text -> {
                    int number = Integer.parseInt(digits(text));
                    if (number < least || number > most) {
                        throw new IllegalArgumentException("out of range");
                    }
                    return number;
                },
                "must be a whole number from " + least + " to " + most);
    }

    /** Notes a fault that only the caller can see. */
    public void refuse(String name, String message) {
        faults.add(new FieldError(name, message));
    }

    /** A whole number that is not negative. */
    public Optional<Long> count(String name) {
        return parse(
                name,
                text -> {
                    long number = Long.parseLong(digits(text));
                    if (number < 0) {
                        throw new IllegalArgumentException("negative");
                    }
                    return number;
                },
                "must be a whole number from 0 to " + Long.MAX_VALUE);
    }

    /** An id, as {@code parser} reads it; an {@link IllegalArgumentException} refuses it. */
    public <K> Optional<K> id(String name, Function<String, K> parser, String what) {
        return parse(name, parser, "must be the id of a " + what);
    }

    /** Some of the words {@code known}, separated by commas; empty when not given. */
    public List<String> words(String name, Collection<String> known) {
        return this.<List<String>>parse(
                        name,
                        text -> {
                            List<String> words = List.of(text.split(",", -1));
                            if (!known.containsAll(words)) {
                                throw new IllegalArgumentException("unknown");
                            }
                            return words;
                        },
                        "must be some of " + String.join(", ", known) + ", separated by commas")
                .orElse(List.of());
    }

    public Optional<Double> number(String name, double least, double most) {
        return parse(
                name,
                text -> {
                    // Java's own would take 0x1p-1 and 0.5d, too.
                    if (!DECIMAL.matcher(text).matches()) {
                        throw new IllegalArgumentException("no decimal number");
                    }
                    double number = Double.parseDouble(text);
                    if (!(number >= least && number <= most)) {
                        throw new IllegalArgumentException("out of range");
                    }
                    return number;
                },
                "must be a number from " + least + " to " + most);
    }

    /** Text of at most {@code longest} characters, and not empty. */
    public Optional<String> text(String name, int longest) {
        return parse(
                name,
                text -> {
                    if (!isUsable(text, longest)) {
                        throw new IllegalArgumentException("unusable");
                    }
                    return text;
                },
                "must be text of 1 to " + longest + " characters, without U+0000");
    }

    /** At most {@code most} texts, separated by commas; empty when not given. */
    public List<String> texts(String name, int most, int longest) {
        return this.<List<String>>parse(
                        name,
                        text -> {
                            List<String> texts = List.of(text.split(",", -1));
                            if (texts.size() > most || texts.stream().anyMatch(one -> !isUsable(one, longest))) {
                                throw new IllegalArgumentException("unusable");
                            }
                            return texts;
                        },
                        "must be at most " + most + " texts of 1 to " + longest
                                + " characters, separated by commas, without U+0000")
                .orElse(List.of());
    }

    private static boolean isUsable(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.indexOf('\0') < 0;
    }

    public Optional<Boolean> flag(String name) {
        return parse(
                name,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("neither");
                },
                "must be true or false");
    }

    public Optional<Instant> instant(String name) {
        return parse(name, Instants::parse, Instants.FORM);
    }

    /** A day of the years 1970 to 2999. */
    public Optional<LocalDate> date(String name) {
        return parse(
                name,
                text -> {
                    try {
                        LocalDate date = LocalDate.parse(text);
                        if (date.getYear() < 1970 || date.getYear() > 2999) {
                            throw new IllegalArgumentException("out of range");
                        }
                        return date;
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                "must be a day from 1970 to 2999, such as 2026-01-31");
    }

    /** One of the constants of {@code type}, in lower case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return parse(name, text -> constant(type, text), "must be one of " + Words.words(type));
    }

    /** Several constants of {@code type}, separated by commas; empty when not given. */
    public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        return this.<List<E>>parse(
                        name,
                        text -> {
                            List<E> chosen = new ArrayList<>();
                            for (String word : text.split(",", -1)) {
                                chosen.add(constant(type, word));
                            }
                            return chosen;
                        },
                        "must be a list, separated by commas, of " + Words.words(type))
                .orElse(List.of());
    }

    /**
     * The end of reading.
     *
     * @throws ProblemException with every fault and every unknown parameter
     */
    public void finish() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                String known = asked.isEmpty() ? "none" : String.join(", ", asked);
                faults.add(new FieldError(name, "is not a known parameter; known here: " + known));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /** Java's own would take the digits of every script, and a plus. */
    private static String digits(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("no whole number");
        }
        return text;
    }

    private <T> Optional<T> parse(String name, Function<String, T> parser, String rule) {
        asked.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String text = given.getFirst();
        if (given.size() == 1 && text != null && text.length() <= LONGEST) {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                faults.add(new FieldError(name, rule));
                return Optional.empty();
            }
        }
        faults.add(new FieldError(name, rule + ", given once"));
        return Optional.empty();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Words.constant(type, word).orElseThrow(() -> new IllegalArgumentException(word));
    }
}
