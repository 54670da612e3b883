package tv.tldr.activities.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What does a person write on a highlight? What is left out stays as it is, and a text of no characters is none.
 *
 * @param metadata in place of all that is there; null: as it is
 * @param pinned whether it is kept whatever the plan says; null: as it is
 * @param range where a new clip is to begin and end; null: as it is
 */
public record HighlightEdit(
        @Nullable String title,
        @Nullable String description,
        @Nullable List<String> tags,
        @Nullable Map<String, Object> metadata,
        @Nullable Boolean pinned,
        @Nullable TimeRange range) {
    /** The same with another clip. */
    public HighlightEdit withRange(TimeRange wanted) {
        return new HighlightEdit(title, description, tags, metadata, pinned, wanted);
    }

    /** The columns that it writes at once and analyses write too, which none does from then on. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        if (title != null) {
            fields.add("title");
        }
        if (description != null) {
            fields.add("description");
        }
        if (tags != null) {
            fields.add("tags");
        }
        if (metadata != null) {
            fields.add("metadata");
        }
        return fields;
    }
}
