package tv.tldr.activities.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.r2dbc.postgresql.codec.Json;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import tv.tldr.activities.store.StoreFailure.Kind;

/**
 * How does a record stand in a jsonb column? With the names and words of the public API: snake case, lower-case words, no
 * nulls. What an older version did not write takes its default; what a newer one wrote besides is passed over.
 */
final class Jsonb {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Half of what a list of highlights costs is reading numbers.
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};

    private Jsonb() {}

    static Json of(Object value) {
        return Json.of(text(value));
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StoreFailure(Kind.BROKEN, value.getClass() + " cannot be written as JSON", e);
        }
    }

    /** A record with one property more, which readers of the record pass over. */
    static String text(Object value, String name, Object more) {
        ObjectNode object = MAPPER.valueToTree(value);
        return text(object.set(name, MAPPER.valueToTree(more)));
    }

    static <T> T read(Json json, Class<T> type) {
        try {
            return MAPPER.readValue(json.asArray(), type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    static <T> T read(Json json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json.asArray(), type);
        } catch (IOException e) {
            throw unreadable(type.getType(), e);
        }
    }

    /** A record whose missing fields are taken from {@code defaults}. */
    static <T> T read(Json json, T defaults, Class<T> type) {
        ObjectNode merged = MAPPER.valueToTree(defaults);
        merged.setAll(read(json, ObjectNode.class));
        try {
            return MAPPER.treeToValue(merged, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    static Map<String, Object> object(Json json) {
        return read(json, OBJECT);
    }

    /** An object of texts alone. */
    static Map<String, String> words(String text) {
        return read(Json.of(text), WORDS);
    }

    private static StoreFailure unreadable(Type type, IOException cause) {
        return new StoreFailure(Kind.BROKEN, "a stored " + type.getTypeName() + " cannot be read", cause);
    }
}
