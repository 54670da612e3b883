package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.workflows.stream.TimeRange;

/** Which spans of a video did people mark? A JSON array of objects with {@code start} and {@code end} in seconds. */
final class LabelFile {
    private static final String SHAPE = "a JSON array such as [{\"start\": 12.5, \"end\": 31}]";

    private LabelFile() {}

    static List<TimeRange> read(Path file) throws IOException {
        try {
            JsonNode array = JsonMapper.shared().readTree(Files.readString(file));
            List<TimeRange> spans = new ArrayList<>();
            if (!array.isArray()) {
                throw new Failure(file + " must hold " + SHAPE + ".");
            }
            for (JsonNode span : array) {
                spans.add(new TimeRange(number(span, "start"), number(span, "end")));
            }
            return spans;
        } catch (NoSuchFileException e) {
            throw new Failure("There are no labels at " + file + ".", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Failure(file + " must hold " + SHAPE + ": " + e.getMessage(), e);
        }
    }

    /** The labels that lie beside a video: {@code match.labels.json} for {@code match.mp4}. */
    static Path beside(Path video) {
        String name = String.valueOf(video.getFileName());
        int dot = name.lastIndexOf('.');
        return video.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".labels.json");
    }

    private static double number(JsonNode span, String field) {
        JsonNode value = span.has(field) ? span.path(field) : span.path(field + "_time");
        if (!value.isNumber()) {
            throw new IllegalArgumentException("a span has no " + field);
        }
        return value.asDouble();
    }
}
