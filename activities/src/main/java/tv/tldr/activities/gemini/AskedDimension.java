package tv.tldr.activities.gemini;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One quality that the model scores. Everything but the id is the customer's own text, which may try to be an
 * instruction; {@link Prompt} gives it to the model as data.
 *
 * @param id 1–64 letters, digits, {@code _} and {@code -}: it becomes a name in the answer's schema
 * @param scoringPrompt how the customer wants it scored; null: by the description
 * @param examples null: none given
 */
public record AskedDimension(
        String id,
        String name,
        String description,
        @Nullable String scoringPrompt,
        @Nullable Examples examples,
        Scale scale) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public AskedDimension {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("\"" + id + "\" cannot be the id of a dimension");
        }
    }

    /** What deserves a high, a medium and a low score; each null when not given. */
    public record Examples(
            @Nullable String high,
            @Nullable String medium,
            @Nullable String low) {}
}
