package tv.tldr.api.streams;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.api.http.Fields;

/** May this be kept beside a stream as the client's own data? Bounded, and only what the database can hold. */
public final class Metadata {
    /** Bytes of JSON, about. */
    static final int LARGEST = 16 * 1024;

    private static final int DEEPEST = 10;
    /** The database holds no number with 16,384 of them. */
    private static final int MOST_DECIMALS = 1000;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Metadata() {}

    /** What the field {@code metadata} of {@code body} holds; a fault is noted there. */
    public static Map<String, Object> read(Fields body, JsonNode node) {
        try {
            return of(node);
        } catch (IllegalArgumentException e) {
            body.refuse("metadata", String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    /** @throws IllegalArgumentException with a sentence for the client */
    static Map<String, Object> of(JsonNode object) {
        check(object, DEEPEST);
        if (object.toString().length() > LARGEST) {
            throw new IllegalArgumentException("must not be larger than " + LARGEST + " bytes");
        }
        return MAPPER.convertValue(object, OBJECT);
    }

    private static void check(JsonNode node, int depthLeft) {
        if (depthLeft == 0) {
            throw new IllegalArgumentException("must not be nested more than " + DEEPEST + " levels deep");
        }
        if (node.isString() && !isStorable(node.stringValue())) {
            throw new IllegalArgumentException("must not contain U+0000");
        }
        if (node.isNumber()
                && (!Double.isFinite(node.asDouble(Double.NaN))
                        || node.decimalValue().scale() > MOST_DECIMALS)) {
            throw new IllegalArgumentException(
                    "must not contain numbers beyond ±1.8e308 or with more than " + MOST_DECIMALS + " decimals");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!isStorable(field.getKey())) {
                throw new IllegalArgumentException("must not contain U+0000");
            }
        }
        for (JsonNode child : node) {
            check(child, depthLeft - 1);
        }
    }

    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0;
    }
}
