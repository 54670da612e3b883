package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation that takes a body, as the API's own description lists them × every field that it does not take: what an
 * answer tells, what the row holds, what nobody has heard of. Each is refused by its name, and nothing is written.
 */
class MassAssignmentIT {
    private static final Set<String> OF_ROWS = Set.of(
            "organization_id", "plan", "is_admin", "password_hash", "deleted_at", "workflow_id", "__proto__", "ID");

    /** Without the token that was sent by mail nobody is told more than that it is wrong. */
    private static final String SILENT = "acceptInvitation";
    /** Whose purpose is to tell faults. */
    private static final String TELLING = "validateDimensionSet";

    private final RunningApi api = RunningApi.shared();
    private final Person person = Person.register(api).unlimited();
    private final Caller owner = api.caller(person.organization(), null, "admin");
    private final Things things = new Things(api, owner, Sample.completed(api, owner.organization()));
    private final JsonNode document = Contract.INSTANCE.document();

    @TestFactory
    Stream<DynamicTest> aFieldThatIsNotTakenIsRefusedByItsName() {
        return document.path("paths").propertyStream().flatMap(path -> path.getValue()
                .propertyStream()
                .filter(operation -> operation
                        .getValue()
                        .at("/requestBody/content/application~1json")
                        .isObject())
                .map(operation -> DynamicTest.dynamicTest(
                        operation.getValue().path("operationId").asString(),
                        () -> check(path.getKey(), operation.getKey(), operation.getValue()))));
    }

    private void check(String template, String method, JsonNode operation) {
        String path = path(template);
        Caller caller = caller(operation);
        JsonNode content = operation.at("/requestBody/content/application~1json");
        ObjectNode example = content.path("examples")
                .valueStream()
                .findFirst()
                .orElseThrow()
                .path("value")
                .asObject();
        Set<String> known = properties(content.path("schema"));
        assertThat(known).as(template).isNotEmpty();
        Set<String> foreign = new LinkedHashSet<>(OF_ROWS);
        operation
                .path("responses")
                .propertyStream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> foreign.addAll(
                        properties(resolved(response.getValue()).at("/content/application~1json/schema"))));
        foreign.removeAll(known);
        String before = state(path, template);

        ObjectNode body = example.deepCopy();
        if (body.has("stream_id")) {
            body.put("stream_id", things.sample().stream().streamId().toString());
        }
        foreign.forEach(name -> body.put(name, "x"));
        Answer answer = caller.send(
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                Person.headers(Person.address()),
                body.toString());

        String id = operation.path("operationId").asString();
        assertThat(answer.status()).as("%s %s: %s", method, path, answer).isEqualTo(id.equals(TELLING) ? 200 : 400);
        if (id.equals(SILENT)) {
            assertThat(answer.wrongFields()).containsExactly("token");
        } else {
            assertThat(String.join(" ", answer.wrongFields()))
                    .as("%s %s", method, path)
                    .contains(foreign);
        }
        assertThat(state(path, template)).isEqualTo(before);
    }

    private String path(String template) {
        String path = template;
        for (Map.Entry<String, String> id : things.ids(template).entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        return path;
    }

    private Caller caller(JsonNode operation) {
        String who = operation.path("x-required-scope").asString("");
        return switch (who) {
            case "open" -> api.stranger();
            case "person" -> person.caller();
            default -> owner;
        };
    }

    /** What may be read of the thing at the path; nothing where it cannot be read. */
    private String state(String path, String template) {
        JsonNode reading = document.path("paths").path(template).path("get");
        return reading.isMissingNode() ? "" : caller(reading).get(path).text();
    }

    private Set<String> properties(JsonNode schema) {
        JsonNode there = resolved(schema);
        Set<String> names = new LinkedHashSet<>(there.path("properties").propertyNames());
        there.path("allOf").forEach(part -> names.addAll(properties(part)));
        return names;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
