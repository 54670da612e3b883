package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Would Google take this request? */
final class RequestCheck {
    private static final Set<String> REQUEST = Set.of(
            "contents",
            "systemInstruction",
            "generationConfig",
            "safetySettings",
            "tools",
            "toolConfig",
            "cachedContent");
    private static final Set<String> CONFIG = Set.of(
            "temperature",
            "topP",
            "topK",
            "candidateCount",
            "maxOutputTokens",
            "stopSequences",
            "responseMimeType",
            "responseSchema",
            "responseJsonSchema",
            "mediaResolution",
            "thinkingConfig",
            "seed");
    private static final Set<String> PART = Set.of("text", "inlineData", "fileData", "videoMetadata");
    static final int MOST_OUTPUT = 65_536;

    private RequestCheck() {}

    static void check(String model, JsonNode request) {
        only(request, REQUEST, "");
        JsonNode contents = request.path("contents");
        if (contents.isEmpty()) {
            throw Refusal.invalid("GenerateContentRequest.contents: contents is not specified");
        }
        for (JsonNode content : contents) {
            if (!Set.of("user", "model").contains(content.path("role").asText("user"))) {
                throw Refusal.invalid("Please use a valid role: user, model.");
            }
            if (content.path("parts").isEmpty()) {
                throw Refusal.invalid("contents.parts must not be empty.");
            }
            content.path("parts").forEach(part -> only(part, PART, "contents.parts"));
        }
        JsonNode config = request.path("generationConfig");
        only(config, CONFIG, "generation_config");
        double temperature = config.path("temperature").asDouble(1);
        if (temperature < 0 || temperature > 2) {
            throw Refusal.invalid("temperature must be in the range [0, 2].");
        }
        if (config.path("maxOutputTokens").asInt(1) < 1
                || config.path("maxOutputTokens").asInt(1) > MOST_OUTPUT) {
            throw Refusal.invalid("max_output_tokens must be from 1 to " + MOST_OUTPUT + ".");
        }
        if (config.path("thinkingConfig").has("thinkingLevel") && model.startsWith("gemini-2")) {
            throw Refusal.invalid("Thinking level is not supported for this model.");
        }
        if (config.has("responseJsonSchema")) {
            if (!config.path("responseMimeType").asText().equals("application/json")) {
                throw Refusal.invalid("response_json_schema needs the response mime type application/json.");
            }
            SchemaCheck.check(config.path("responseJsonSchema"));
        }
    }

    private static void only(JsonNode node, Set<String> names, String where) {
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw Refusal.invalid("Invalid JSON payload received. Unknown name \"" + name + "\" at '" + where
                        + "': Cannot find field.");
            }
        });
    }
}
