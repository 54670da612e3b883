package tv.tldr.api.highlights;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.HighlightEdit;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.Recut;
import tv.tldr.api.http.Fields;
import tv.tldr.api.streams.Metadata;
import tv.tldr.workflows.stream.TimeRange;

/** What does a request write on a highlight? What the analysis found cannot be written over. */
final class HighlightEditReader {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 2000;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 50;
    private static final String FOUND = "is what the analysis found, and cannot be changed";
    private static final List<String> READ_ONLY = List.of(
            "id",
            "stream_id",
            "duration",
            "peak_time",
            "confidence_score",
            "type",
            "dimensions",
            "reasons",
            "contributions",
            "recut",
            "reckoning",
            "boundaries",
            "degraded",
            "transcript",
            "candidate",
            "clip_url",
            "thumbnail_url",
            "file_info",
            "status",
            "expires_at",
            "created_at");

    private HighlightEditReader() {}

    static HighlightEdit read(Fields fields) {
        HighlightEdit edit = new HighlightEdit(
                written(fields, "title", fields.text("title", LONGEST_TITLE).map(String::strip), ""),
                written(
                        fields,
                        "description",
                        fields.text("description", LONGEST_DESCRIPTION).map(String::strip),
                        ""),
                written(
                        fields,
                        "tags",
                        fields.texts("tags", MOST_TAGS, LONGEST_TAG).map(tags -> tags(fields, tags)),
                        List.of()),
                written(fields, "metadata", fields.node("metadata").map(node -> Metadata.read(fields, node)), Map.of()),
                written(fields, "pinned", fields.flag("pinned"), false),
                null);
        READ_ONLY.forEach(name -> fields.unsupported(name, FOUND));
        return edit;
    }

    /** Nothing when it is left out, and {@code none} when it is null. */
    private static <T> @Nullable T written(Fields fields, String name, Optional<T> given, T none) {
        return fields.isNull(name) ? none : given.orElse(null);
    }

    private static List<String> tags(Fields fields, List<String> tags) {
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).isBlank()) {
                fields.refuse("tags[" + i + "]", "must not be blank");
            }
        }
        return tags.stream().map(String::strip).distinct().toList();
    }

    /** Whether it would write anything that is not there. */
    static boolean changes(HighlightEdit edit, HighlightRow row) {
        return differs(edit.title(), Objects.requireNonNullElse(row.title(), ""))
                || differs(edit.description(), Objects.requireNonNullElse(row.description(), ""))
                || differs(edit.tags(), row.tags())
                || differs(edit.metadata(), row.metadata())
                || differs(edit.pinned(), row.pinned())
                || differs(edit.range(), wanted(row));
    }

    /** What its clip will show when nobody wants anything else. */
    static TimeRange wanted(HighlightRow row) {
        Recut recut = row.recut();
        return recut != null && recut.isPending() ? recut.range() : row.range();
    }

    private static boolean differs(@Nullable Object wanted, Object there) {
        return wanted != null && !wanted.equals(there);
    }
}
