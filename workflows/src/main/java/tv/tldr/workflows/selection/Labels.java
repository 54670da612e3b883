package tv.tldr.workflows.selection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What does a highlight type write on its highlights?
 *
 * @param tags the type's {@code auto_tags}
 * @param metadata the type's {@code metadata_template}, filled in
 */
public record Labels(List<String> tags, Map<String, String> metadata) {
    /** Nothing: of a moment without a type. */
    public static final Labels NONE = new Labels(List.of(), Map.of());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final String SCORE = "score.";
    private static final List<String> NAMES = List.of("type", "peak_time", "start_time", "end_time", "confidence");

    /** As many as people may write on a highlight. */
    private static final int MOST_TAGS = 20;

    /** Milliseconds, and thousandths of a score. */
    private static final int DECIMALS = 3;

    public Labels {
        tags = List.copyOf(tags);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * The labels of a moment. {@code {{type}}}, {@code {{peak_time}}}, {@code {{start_time}}}, {@code {{end_time}}} (seconds
     * of the stream), {@code {{confidence}}} and {@code {{score.ID}}} are filled in; the score of a dimension that was not
     * scored is empty. What is filled in is not looked at again.
     *
     * @param type null when the moment fits no type
     * @param dimensions the moment's scores, by dimension id
     */
    static Labels of(
            @Nullable HighlightType type,
            TimeRange range,
            double peak,
            double confidence,
            Map<String, DimensionScore> dimensions) {
        if (type == null) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        values.put("type", type.id());
        values.put("peak_time", plain(peak));
        values.put("start_time", plain(range.start()));
        values.put("end_time", plain(range.end()));
        values.put("confidence", plain(confidence));
        dimensions.forEach((id, score) -> {
            if (score.confidence() > 0) {
                values.put(SCORE + id, plain(score.score()));
            }
        });
        Map<String, String> metadata = new LinkedHashMap<>();
        type.metadataTemplate().forEach((key, template) -> metadata.put(key, fill(template, values)));
        return new Labels(type.autoTags(), metadata);
    }

    /** The same, and that somebody asked for the moment with {@code wakeWord}. */
    Labels called(String wakeWord) {
        List<String> both = new ArrayList<>(tags);
        if (!both.contains(HighlightType.WAKE_WORD)) {
            both.add(HighlightType.WAKE_WORD);
        }
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(HighlightType.WAKE_WORD, wakeWord);
        return new Labels(both, all);
    }

    /** The same, and that {@code markers} point at the moment: their kinds, and what the first of them was. */
    Labels marked(List<Marker> markers) {
        List<String> both = new ArrayList<>(tags);
        both.add(HighlightType.MARKER);
        markers.stream().map(Marker::kind).forEach(both::add);
        Marker first = markers.getFirst();
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(HighlightType.MARKER, first.label() == null ? first.kind() : first.kind() + ": " + first.label());
        return new Labels(both.stream().distinct().limit(MOST_TAGS).toList(), all);
    }

    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    /** The placeholders of {@code template} that nothing fills in, for a set with these dimensions. */
    public static List<String> unknownPlaceholders(String template, Set<String> dimensions) {
        return PLACEHOLDER
                .matcher(template)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name -> !NAMES.contains(name)
                        && !(name.startsWith(SCORE) && dimensions.contains(name.substring(SCORE.length()))))
                .distinct()
                .toList();
    }

    /** What {@link #unknownPlaceholders} knows, in words. */
    public static List<String> placeholders() {
        List<String> names = new ArrayList<>(NAMES);
        names.add(SCORE + "<dimension id>");
        return List.copyOf(names);
    }

    private static String plain(double number) {
        return new BigDecimal(number)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
