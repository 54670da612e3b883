package tv.tldr.api.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in a test as one would write it by hand, with single quotes. */
final class Json {
    private Json() {}

    static JsonNode of(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
