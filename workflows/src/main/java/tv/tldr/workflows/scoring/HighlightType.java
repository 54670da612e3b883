package tv.tldr.workflows.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named rule over dimension scores.
 *
 * @param id unique within its set, lower case, such as {@code clutch_play}
 * @param name for people
 * @param description what moments of this type show
 * @param criteria what a moment must have
 * @param priority from 1; the lowest number wins when a moment fits several types
 * @param autoTags tags of each highlight of this type
 * @param metadataTemplate metadata of each highlight of this type; {@code {{peak_time}}}, {@code {{type}}} and the like are
 *     filled in
 */
public record HighlightType(
        String id,
        String name,
        String description,
        Criteria criteria,
        int priority,
        List<String> autoTags,
        Map<String, String> metadataTemplate) {
    /** What a moment is called that is of no type and of no dimension. */
    public static final String ANY = "highlight";

    /** What a moment is called that somebody asked for by voice and that nothing else makes one. */
    public static final String WAKE_WORD = "wake_word";

    /** The name of what nothing but a marker makes a highlight. */
    public static final String MARKER = "marker";

    /** The last of all priorities: of a moment without a type. */
    public static final int LOWEST_PRIORITY = 1000;

    public HighlightType {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a highlight type needs an id");
        }
        if (priority < 1 || priority > LOWEST_PRIORITY) {
            throw new IllegalArgumentException("the priority of " + id + " must be from 1 to " + LOWEST_PRIORITY);
        }
        autoTags = List.copyOf(autoTags);
        metadataTemplate = Collections.unmodifiableMap(new LinkedHashMap<>(metadataTemplate));
    }
}
