package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What does {@code openapi.json} promise, and is an answer one that it describes? */
final class Contract {
    static final Contract INSTANCE = new Contract();

    private static final List<String> EVERYWHERE = List.of("X-Request-Id", "X-Content-Type-Options", "Cache-Control");

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, com.networknt.schema.Schema> schemas = new ConcurrentHashMap<>();

    private Contract() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.json")) {
            document = JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Fails when {@code answer} is none that a client may expect. */
    void check(HttpMethod method, String path, Answer answer) {
        EVERYWHERE.forEach(header ->
                assertThat(answer.headers().getFirst(header)).as(header).isNotNull());
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            if (answer.status() >= 400 && !method.equals(HttpMethod.HEAD)) {
                assertValid(reference("Problem"), answer.json(), path);
            }
            return;
        }
        JsonNode response = resolve(operation.get().path("responses").path(String.valueOf(answer.status())));
        assertThat(response.isMissingNode())
                .as("%s %s answers %s, which is not described", method, path, answer)
                .isFalse();
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.body())
                    .as("%s %s has no described content", method, path)
                    .isEmpty();
            return;
        }
        MediaType type = Objects.requireNonNull(answer.headers().getContentType());
        JsonNode described = content.path(type.getType() + "/" + type.getSubtype());
        assertThat(described.isMissingNode())
                .as("%s %s answers %s as %s", method, path, answer.status(), type)
                .isFalse();
        if (type.getSubtype().endsWith("json")) {
            assertValid(described.path("schema"), answer.json(), method + " " + path + " → " + answer.status());
        }
    }

    /** Fails when {@code value} is not of {@code schema}, a schema object of the document. */
    void assertValid(JsonNode schema, JsonNode value, String what) {
        List<Error> errors = schemas.computeIfAbsent(schema, this::compile).validate(value);
        assertThat(errors).as("%s: %s", what, value).isEmpty();
    }

    JsonNode reference(String schema) {
        return JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private com.networknt.schema.Schema compile(JsonNode schema) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.set("components", document.path("components"));
        root.putArray("allOf").add(schema);
        return registry.getSchema(root);
    }

    private Optional<JsonNode> operation(HttpMethod method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return document.path("paths")
                .propertyStream()
                .filter(entry -> plain.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .map(entry -> entry.getValue().path(method.name().toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode())
                .findFirst();
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
