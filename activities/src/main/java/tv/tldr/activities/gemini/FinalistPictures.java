package tv.tldr.activities.gemini;

import com.google.genai.types.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The thumbnails of finalists as parts of a request, each behind the number that it belongs to. */
final class FinalistPictures {
    private FinalistPictures() {}

    static List<Part> of(List<Finalist> finalists) {
        List<Part> parts = new ArrayList<>();
        for (Finalist finalist : finalists) {
            Path thumbnail = finalist.thumbnail();
            if (thumbnail != null) {
                parts.add(Part.fromText("Picture of finalist " + finalist.number() + ":"));
                parts.add(Part.fromBytes(bytes(thumbnail), "image/jpeg"));
            }
        }
        return parts;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a thumbnail cannot be read: " + e.getMessage(), e);
        }
    }
}
