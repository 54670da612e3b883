package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.FusionStrategy;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

class OpenApiTest {
    private final JsonNode document = Contract.INSTANCE.document();

    @Test
    void everyExampleIsValid() {
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    examples(operation.path("requestBody"));
                    operation.path("responses").forEach(this::examples);
                }));
        document.path("components").path("responses").forEach(this::examples);
    }

    @Test
    void knowsTheWordsOfTheProgram() {
        assertThat(words("StreamStatus")).isEqualTo(lower(StreamStatus.values()));
        assertThat(words("Platform")).isEqualTo(lower(Platform.values()));
        assertThat(words("SignalKind")).isEqualTo(lower(SignalKind.values()));
        assertThat(words("Rule")).isEqualTo(lower(Rule.values()));
        assertThat(words("Edge")).isEqualTo(lower(Edge.values()));
        assertThat(words("Scope")).isEqualTo(Scope.words());
        assertThat(words("Role"))
                .isEqualTo(Arrays.stream(Role.values()).map(Enum::name).toList());
        assertThat(words("Plan"))
                .isEqualTo(Arrays.stream(Plan.values()).map(Enum::name).toList());
        assertThat(words("EventType"))
                .isEqualTo(
                        Arrays.stream(EventType.values()).map(EventType::wire).toList());
        assertThat(words("AuditAction")).isEqualTo(lower(AuditAction.values()));
        assertThat(words("ErrorCode"))
                .isEqualTo(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
        assertThat(texts(document.at(
                        "/components/schemas/CreateStreamOptions/properties/dimension_set_id/anyOf/0/enum")))
                .isEqualTo(lower(Preset.values()));
        assertThat(texts(document.at("/components/schemas/Fusion/properties/strategy/enum")))
                .isEqualTo(lower(FusionStrategy.values()));
        assertThat(texts(document.at("/components/schemas/Dimension/properties/type/enum")))
                .isEqualTo(lower(DimensionType.values()));
        assertThat(texts(document.at("/components/schemas/Dimension/properties/aggregation/enum")))
                .isEqualTo(lower(Aggregation.values()));
        assertThat(texts(document.at("/components/schemas/Dimension/properties/modalities/items/enum")))
                .isEqualTo(lower(Modality.values()));
        assertThat(texts(document.at("/components/schemas/Progress/properties/stage/enum")))
                .isEqualTo(lower(StreamStage.values()));
    }

    @Test
    void everyOperationSaysWhatItIsAndWhatCanGoWrong() {
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(entry -> {
                    JsonNode operation = entry.getValue();
                    String where = entry.getKey() + " " + path.getKey();
                    assertThat(operation.path("operationId").asString(""))
                            .as(where)
                            .isNotEmpty();
                    assertThat(operation.path("summary").asString("")).as(where).isNotEmpty();
                    assertThat(operation.path("description").asString(""))
                            .as(where)
                            .isNotEmpty();
                    assertThat(operation.path("tags")).as(where).isNotEmpty();
                    assertThat(operation.path("responses").propertyNames())
                            .as(where)
                            .contains("405", "414", "500");
                    if (operation.has("requestBody")) {
                        assertThat(operation.path("responses").propertyNames())
                                .as(where)
                                .contains("400", "408", "413", "415");
                    }
                    if (path.getKey().startsWith("/api/")) {
                        assertThat(operation.path("responses").propertyNames())
                                .as(where)
                                .contains("401", "403", "503");
                    }
                }));
    }

    @Test
    void everyFieldSaysWhatItIs() {
        document.path("components")
                .path("schemas")
                .propertyStream()
                .forEach(schema -> fields(schema.getKey(), schema.getValue()));
    }

    private static void fields(String where, JsonNode node) {
        node.path("properties").propertyStream().forEach(field -> assertThat(
                        field.getValue().path("description").asString(""))
                .as("%s.%s", where, field.getKey())
                .isNotEmpty());
        node.propertyStream()
                .filter(entry -> !entry.getKey().startsWith("example"))
                .forEach(entry -> fields(where, entry.getValue()));
        node.valueStream().filter(JsonNode::isObject).forEach(item -> fields(where, item));
    }

    /** Programs that write clients stumble over objects that may be null by themselves, and over some of the truth values. */
    @Test
    void whatMayBeNullIsSaidWhereItIsUsed() {
        document.at("/components/schemas").propertyStream().forEach(schema -> {
            List<String> types = texts(schema.getValue().path("type"));
            assertThat(types.contains("object") && types.contains("null"))
                    .as(schema.getKey())
                    .isFalse();
        });
        assertThat(document.findValues("enum").stream()
                        .flatMap(JsonNode::valueStream)
                        .filter(JsonNode::isBoolean))
                .isEmpty();
    }

    /** Bytes and sequences are more than the 32 bits that a client has for them else. */
    @Test
    void everyNumberThatMayBeLargeSaysSo() {
        document.findParents("type").stream()
                .filter(schema -> texts(schema.path("type")).contains("integer")
                        || schema.path("type").asString("").equals("integer"))
                .filter(schema -> schema.path("maximum").asDouble(Double.MAX_VALUE) > Integer.MAX_VALUE)
                .forEach(schema -> assertThat(schema.path("format").asString(""))
                        .as("%s", schema)
                        .isEqualTo("int64"));
    }

    @Test
    void everyOperationSaysWhoMay() {
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(entry -> {
                    JsonNode declared = entry.getValue().path("x-required-scope");
                    List<String> words = declared.isArray() ? texts(declared) : List.of(declared.asString(""));
                    String where = entry.getKey() + " " + path.getKey();
                    assertThat(words)
                            .as(where)
                            .isNotEmpty()
                            .allMatch(word -> word.equals("open")
                                    || word.equals("person")
                                    || Scope.named(word).isPresent());
                    assertThat(words.contains("open"))
                            .as(where)
                            .isEqualTo(isOpen(entry.getValue().path("security")));
                }));
    }

    /** No way in is asked for, or none is one of the choices. */
    private static boolean isOpen(JsonNode security) {
        return security.isArray()
                && (security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty));
    }

    private void examples(JsonNode holder) {
        holder.path("content").forEach(content -> content.path("examples")
                .propertyStream()
                .forEach(example -> Contract.INSTANCE.assertValid(
                        content.path("schema"), example.getValue().path("value"), "example " + example.getKey())));
    }

    private List<String> words(String schema) {
        return texts(document.at("/components/schemas/" + schema + "/enum"));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> lower(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
