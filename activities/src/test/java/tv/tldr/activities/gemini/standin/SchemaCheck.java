package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Is a schema in the part of JSON Schema that the API takes? */
final class SchemaCheck {
    private static final Set<String> KEYWORDS = Set.of(
            "$id",
            "$defs",
            "$ref",
            "$anchor",
            "type",
            "format",
            "title",
            "description",
            "enum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "additionalProperties",
            "required",
            "propertyOrdering");
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");
    private static final int DEEPEST = 10;

    private SchemaCheck() {}

    static void check(JsonNode schema) {
        check(schema, 1);
    }

    private static void check(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > DEEPEST) {
            throw Refusal.invalid("response_json_schema is not a schema or too deep.");
        }
        schema.fieldNames().forEachRemaining(name -> {
            if (!KEYWORDS.contains(name)) {
                throw Refusal.invalid("Unknown keyword \"" + name + "\" in response_json_schema.");
            }
        });
        String type = schema.path("type").asText("");
        if (!TYPES.contains(type)) {
            throw Refusal.invalid("Unknown type \"" + type + "\" in response_json_schema.");
        }
        if (type.equals("array")) {
            check(schema.path("items"), depth + 1);
        }
        if (type.equals("object")) {
            JsonNode properties = schema.path("properties");
            if (properties.isEmpty()) {
                throw Refusal.invalid("properties: should be non-empty for OBJECT type");
            }
            properties.forEach(property -> check(property, depth + 1));
            for (JsonNode name : schema.path("required")) {
                if (!properties.has(name.asText())) {
                    throw Refusal.invalid("required: property is not defined: " + name.asText());
                }
            }
        }
    }
}
