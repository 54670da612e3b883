package tv.tldr.api.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be analysed, and how?
 *
 * @param sourceUrl a URL; a file is named by its {@code file:} URI
 * @param name what its highlights are called by: the file's name without its ending
 * @param options those that were given, as the API has them
 */
record AnalysisRequest(String sourceUrl, String name, ObjectNode options) {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}._-]+");

    /** @param folder what a relative file name starts from */
    static AnalysisRequest of(String source, Path folder, ObjectNode options) {
        if (URL.matcher(source).matches()) {
            return new AnalysisRequest(source, nameOf(pathOf(source)), options);
        }
        Path file = folder.resolve(source).normalize();
        return new AnalysisRequest(file.toUri().toString(), nameOf(file.toString()), options);
    }

    /** The body of {@code POST /streams}. */
    ObjectNode body(boolean allowDuplicate) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("source_url", sourceUrl);
        body.set("options", options);
        body.put("allow_duplicate", allowDuplicate);
        return body;
    }

    /** Whether {@code stream} is the same question, so that its answer will do. */
    boolean isSameAs(JsonNode stream) {
        if (!stream.path("source_url").asString("").equals(sourceUrl)) {
            return false;
        }
        return options.properties().stream()
                .allMatch(option ->
                        sameValue(option.getValue(), stream.path("options").path(option.getKey())));
    }

    private static boolean sameValue(JsonNode one, JsonNode other) {
        boolean numbers = one.isNumber() && other.isNumber();
        return numbers ? one.asDouble() == other.asDouble() : one.equals(other);
    }

    private static String pathOf(String url) {
        try {
            String path = URI.create(url).getPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException notAUrl) {
            // The API says what is wrong with it.
            return "";
        }
    }

    private static String nameOf(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String name = UNSAFE.matcher(dot > 0 ? last.substring(0, dot) : last).replaceAll("_");
        return name.isEmpty() || name.startsWith(".") ? "video" : name;
    }
}
