package tv.tldr.api.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is in one JSON object of a request? Each field is asked for by name; every fault in it, and every field that nobody
 * asked for, is gathered so that {@link #finish} tells them at once, the first hundred of them. {@code null} counts as absent.
 */
public final class Fields {
    private final JsonNode object;
    private final String path;
    private final String pointer;
    private final Faults faults;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Fields> nested = new ArrayList<>();

    /** The whole body. */
    public Fields(JsonNode object) {
        this(object, "", "", new Faults());
    }

    private Fields(JsonNode object, String path, String pointer, Faults faults) {
        this.object = object;
        this.path = path;
        this.pointer = pointer;
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
                    return check(name, number >= least && number <= most, Words.range("a number", least, most), number);
                })
                .orElse(fallback);
    }

    /** The same without a number of its own when it is absent. */
    public Optional<Double> number(String name, double least, double most) {
        double number = number(name, Double.NaN, least, most);
        return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }

    /** Exactly {@code count} numbers, each from {@code least} to {@code most}. */
    public Optional<List<Double>> numbers(String name, int count, double least, double most) {
        return value(name).flatMap(array -> {
            List<Double> numbers = array.valueStream()
                    .filter(JsonNode::isNumber)
                    .map(node -> node.asDouble(Double.NaN))
                    .filter(number -> number >= least && number <= most)
                    .toList();
            boolean right = array.isArray() && array.size() == count && numbers.size() == count;
            return check(name, right, "must be a list of " + count + " numbers" + Words.between(least, most), numbers);
        });
    }

    /** A whole number from {@code least} to {@code most}, both included; {@code 3.0} is whole. */
    public Optional<Integer> integer(String name, int least, int most) {
        return value(name).flatMap(node -> {
            double number = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
            boolean whole = number == Math.rint(number) && number >= least && number <= most;
            return check(name, whole, Words.range("a whole number", least, most), (int) number);
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
        return flag(name).orElse(fallback);
    }

    /** The same where nothing takes its place. */
    public Optional<Boolean> flag(String name) {
        return value(name)
                .flatMap(node -> check(name, node.isBoolean(), "must be true or false", node.asBoolean(false)));
    }

    /** One of the constants of {@code type}, in lower case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return value(name).flatMap(node -> constant(name, type, node));
    }

    /** The constant of {@code type} that the name of a field is, in lower case; any other name is a fault. */
    public <E extends Enum<E>> Optional<E> named(String name, Class<E> type, String what) {
        Optional<E> constant = Words.constant(type, name);
        if (constant.isEmpty()) {
            passOver(name);
            refuse(name, "is not " + what + "; there are " + Words.words(type));
        }
        return constant;
    }

    /** Some constants of {@code type}, in lower case, each once and at least one. */
    public <E extends Enum<E>> Optional<List<E>> choices(String name, Class<E> type) {
        return array(name, type.getEnumConstants().length).map(array -> {
            List<E> chosen = new ArrayList<>();
            if (array.isEmpty()) {
                refuse(name, "must hold at least one of " + Words.words(type));
            }
            for (int i = 0; i < array.size(); i++) {
                String item = name + "[" + i + "]";
                constant(item, type, array.get(i)).ifPresent(constant -> {
                    if (chosen.contains(constant)) {
                        refuse(item, "is there twice");
                    }
                    chosen.add(constant);
                });
            }
            return chosen;
        });
    }

    /** A list of at most {@code most} texts, each of at most {@code longest} characters. */
    public Optional<List<String>> texts(String name, int most, int longest) {
        return array(name, most).map(array -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                text(name + "[" + i + "]", array.get(i), longest).ifPresent(texts::add);
            }
            return texts;
        });
    }

    /** A list of at most {@code most} objects with fields of their own. */
    public Optional<List<Fields>> objects(String name, int most) {
        return array(name, most).map(array -> {
            List<Fields> objects = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                String item = name + "[" + i + "]";
                check(item, array.get(i).isObject(), "must be an object", array.get(i))
                        .map(node -> nest(item, node))
                        .ifPresent(objects::add);
            }
            return objects;
        });
    }

    /** An object with fields of its own. */
    public Optional<Fields> object(String name) {
        return node(name).map(node -> nest(name, node));
    }

    /** The same, without fields when it is absent. */
    public Fields objectOrEmpty(String name) {
        return object(name)
                .orElseGet(() ->
                        new Fields(JsonMapper.shared().createObjectNode(), path + name + ".", pointer(name), faults));
    }

    /** An object that is kept as it is. */
    public Optional<JsonNode> node(String name) {
        return value(name).flatMap(node -> check(name, node.isObject(), "must be an object", node));
    }

    /** How many characters it takes as JSON. */
    public int length() {
        return object.toString().length();
    }

    /** The names of all fields that were given, for an object whose names are the caller's own. */
    public List<String> names() {
        return List.copyOf(object.propertyNames());
    }

    /** Whether it is there as null, which in a {@code PATCH} puts it back to its default. */
    public boolean isNull(String name) {
        return object.path(name).isNull();
    }

    /** Fields of an answer that may come back in a request and mean nothing in it. */
    public void passOver(String... names) {
        asked.addAll(List.of(names));
    }

    /** A text by its JSON pointer, before anything is judged; empty when there is none, but not for the text {@code ""}. */
    public Optional<String> glance(String pointer) {
        JsonNode node = object.at(pointer);
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    /**
     * The whole body laid over {@code current}: what is not given is as there, and a null field takes its default.
     *
     * @param parts names of objects that are laid over theirs in the same way
     */
    public Fields over(ObjectNode current, String... parts) {
        return new Fields(MergePatch.of(object, current, Set.of(parts)));
    }

    /** The whole body with {@code text} as a field of ours, whatever was given there. */
    public Fields with(String name, String text) {
        return new Fields(((ObjectNode) object.deepCopy()).put(name, text));
    }

    /** A part of the public contract that cannot be had yet: refused when it is given, with the reason. */
    public void unsupported(String name, String message) {
        if (value(name).isPresent()) {
            refuse(name, message);
        }
    }

    /** Notes a fault that only the caller can see. */
    public void refuse(String name, String message) {
        faults.add(path + name, pointer(name), message);
    }

    private String pointer(String name) {
        return pointer + (object.has(name) ? Pointer.token(name) : Pointer.of(name));
    }

    /** Whether {@code name} was given and without fault so far. */
    public boolean isSound(String name) {
        return faults.isSound(path + name);
    }

    /** Whether everything that was read is without fault so far. */
    public boolean isSound() {
        return faults.isEmpty();
    }

    /**
     * The end of reading.
     *
     * @throws ProblemException with every fault and every field that nobody asked for
     */
    public void finish() {
        refuseUnknown();
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults.all());
        }
    }

    private void refuseUnknown() {
        faults.refuseUnknown(path, pointer, object.propertyNames(), asked);
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

    private Fields nest(String name, JsonNode node) {
        Fields fields = new Fields(node, path + name + ".", pointer(name), faults);
        nested.add(fields);
        return fields;
    }

    private Optional<JsonNode> array(String name, int most) {
        return value(name)
                .flatMap(node -> check(
                        name,
                        node.isArray() && node.size() <= most,
                        "must be a list of at most " + most + " entries",
                        node));
    }

    private <E extends Enum<E>> Optional<E> constant(String name, Class<E> type, JsonNode node) {
        Optional<E> constant = node.isString() ? Words.constant(type, node.stringValue()) : Optional.empty();
        if (constant.isEmpty()) {
            refuse(name, "must be one of " + Words.words(type));
        }
        return constant;
    }

    private <T> Optional<T> check(String name, boolean right, String rule, T value) {
        if (!right) {
            refuse(name, rule);
            return Optional.empty();
        }
        return Optional.of(value);
    }
}
