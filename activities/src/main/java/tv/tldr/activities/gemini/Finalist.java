package tv.tldr.activities.gemini;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A moment that is compared with the others of its stream.
 *
 * @param number how it is called in the comparison, from 1
 * @param scores 0–1 by dimension
 * @param thumbnail a small JPEG; null: compared by its words alone
 */
public record Finalist(
        int number,
        String title,
        String reason,
        Map<String, Double> scores,
        @Nullable Path thumbnail) {
    /** The same, compared by its words alone. */
    public Finalist withoutPicture() {
        return new Finalist(number, title, reason, scores, null);
    }
}
