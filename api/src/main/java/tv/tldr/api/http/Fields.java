package tv.tldr.api.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is in one JSON object of a request? Each field is asked for by name; every fault in it, and every field that nobody
 * asked for, is gathered so that {@link #finish} tells them all at once. {@code null} counts as absent.
 */
public final class Fields {
    private final JsonNode object;
    private final String path;
    private final List<FieldError> faults;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Fields> nested = new ArrayList<>();

    /** The whole body. */
    public Fields(JsonNode object) {
        this(object, "", new ArrayList<>());
    }

    private Fields(JsonNode object, String path, List<FieldError> faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /** Text of at most {@code longest} characters; a missing one is a fault. */
    public String requiredText(String name, int longest) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            refuse(name, "is required");
        }
        return value.flatMap(node -> text(name, node, longest)).orElse("");
    }

    /** Text of at most {@code longest} characters. */
    public Optional<String> text(String name, int longest) {
        return value(name).flatMap(node -> text(name, node, longest));
    }

    /** A number from {@code least} to {@code most}, both included. */
    public double number(String name, double fallback, double least, double most) {
        return value(name)
                .flatMap(node -> {
                    double number = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
                    return check(name, number >= least && number <= most, range("a number", least, most), number);
                })
                .orElse(fallback);
    }

    /** A whole number from {@code least} to {@code most}, both included; {@code 3.0} is whole. */
    public Optional<Integer> integer(String name, int least, int most) {
        return value(name).flatMap(node -> {
            double number = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
            boolean whole = number == Math.rint(number) && number >= least && number <= most;
            return check(name, whole, range("a whole number", least, most), (int) number);
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
        return value(name)
                .flatMap(node -> check(name, node.isBoolean(), "must be true or false", node.booleanValue(fallback)))
                .orElse(fallback);
    }

    /** An object with fields of its own. */
    public Optional<Fields> object(String name) {
        return node(name).map(node -> {
            Fields fields = new Fields(node, path + name + ".", faults);
            nested.add(fields);
            return fields;
        });
    }

    /** An object that is kept as it is. */
    public Optional<JsonNode> node(String name) {
        return value(name).flatMap(node -> check(name, node.isObject(), "must be an object", node));
    }

    /** A part of the public contract that cannot be had yet: refused when it is given, with the reason. */
    public void unsupported(String name, String message) {
        if (value(name).isPresent()) {
            refuse(name, message);
        }
    }

    /** Notes a fault that only the caller can see. */
    public void refuse(String name, String message) {
        faults.add(new FieldError(path + name, message));
    }

    /** Whether {@code name} was given and without fault so far. */
    public boolean isSound(String name) {
        return faults.stream().noneMatch(fault -> fault.field().equals(path + name));
    }

    /**
     * The end of reading.
     *
     * @throws ProblemException with every fault and every field that nobody asked for
     */
    public void finish() {
        refuseUnknown();
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    private void refuseUnknown() {
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) {
                refuse(name, "is not known; known here: " + String.join(", ", asked));
            }
        }
        nested.forEach(Fields::refuseUnknown);
    }

    private Optional<JsonNode> value(String name) {
        asked.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private Optional<String> text(String name, JsonNode node, int longest) {
        String text = node.isString() ? node.stringValue() : "";
        boolean fits = node.isString() && text.length() <= longest && text.indexOf('\0') < 0;
        return check(name, fits, "must be text of at most " + longest + " characters, without U+0000", text);
    }

    private <T> Optional<T> check(String name, boolean right, String rule, T value) {
        if (!right) {
            refuse(name, rule);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static String range(String what, double least, double most) {
        return "must be " + what + " from " + plain(least) + " to " + plain(most);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
