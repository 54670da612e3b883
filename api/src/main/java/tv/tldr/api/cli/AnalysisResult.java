package tv.tldr.api.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came out of an analysis.
 *
 * @param stream as the API tells it at the end
 * @param highlights the most confident first
 * @param rejected the candidates that were dropped, by time
 */
record AnalysisResult(JsonNode stream, List<SavedHighlight> highlights, List<JsonNode> rejected) {
    private static final List<String> OF_HIGHLIGHT = List.of(
            "id",
            "start_time",
            "end_time",
            "peak_time",
            "confidence_score",
            "type",
            "tags",
            "dimensions",
            "reasons",
            "transcript");
    private static final List<String> OF_REJECTED = List.of(
            "start_time",
            "end_time",
            "peak_time",
            "confidence_score",
            "type",
            "rule",
            "distance",
            "explanation",
            "dimensions",
            "reasons",
            "transcript");

    AnalysisResult {
        highlights = List.copyOf(highlights);
        rejected = List.copyOf(rejected);
    }

    /** The one object of {@code --json}, with absolute paths. */
    ObjectNode json() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.set("stream", stream);
        ArrayNode kept = object.putArray("highlights");
        for (SavedHighlight saved : highlights) {
            ObjectNode node = copy(saved.highlight(), OF_HIGHLIGHT);
            node.put("clip", text(saved.clip()));
            node.put("thumbnail", text(saved.thumbnail()));
            kept.add(node);
        }
        ArrayNode dropped = object.putArray("rejected");
        rejected.forEach(candidate -> dropped.add(copy(candidate, OF_REJECTED)));
        return object;
    }

    /** The names of the files that belong to the highlights. */
    Stream<Path> files() {
        return highlights.stream()
                .flatMap(saved -> Stream.of(saved.clip(), saved.thumbnail()))
                .filter(java.util.Objects::nonNull);
    }

    private static ObjectNode copy(JsonNode source, List<String> fields) {
        ObjectNode copy = JsonMapper.shared().createObjectNode();
        fields.forEach(field -> copy.set(field, source.path(field).isMissingNode() ? null : source.path(field)));
        return copy;
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toAbsolutePath().toString();
    }
}
