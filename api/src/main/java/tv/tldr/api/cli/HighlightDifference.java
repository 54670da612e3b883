package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Difference.Kind;
import tv.tldr.workflows.selection.Difference.Moment;
import tv.tldr.workflows.stream.TimeRange;

/** What has another analysis made of a stream's highlights? In the form in which a preview tells what it would. */
final class HighlightDifference {
    private static final List<String> OF_MOMENT =
            List.of("start_time", "end_time", "peak_time", "confidence_score", "type");

    private HighlightDifference() {}

    /**
     * By id: a highlight that was chosen again has kept its own.
     *
     * @param before the highlights that stood
     * @param after the highlights that stand
     * @param rejected the moments that were dropped
     */
    static ObjectNode json(List<JsonNode> before, List<JsonNode> after, List<JsonNode> rejected) {
        Map<String, JsonNode> gone = new HashMap<>();
        before.forEach(highlight -> gone.put(id(highlight), highlight));
        List<ObjectNode> changes = new ArrayList<>();
        for (JsonNode highlight : after) {
            changes.add(change(gone.remove(id(highlight)), highlight));
        }
        gone.values().forEach(highlight -> changes.add(removed(highlight, rejected)));
        changes.sort(Comparator.comparingDouble(HighlightDifference::start));
        ObjectNode difference = JsonMapper.shared().createObjectNode();
        for (Kind kind : Kind.values()) {
            long count = changes.stream()
                    .filter(change -> change.path("change").asString("").equals(word(kind)))
                    .count();
            difference.put(word(kind), count);
        }
        difference.putArray("changes").addAll(changes);
        return difference;
    }

    private static ObjectNode change(@Nullable JsonNode before, JsonNode after) {
        if (before == null) {
            return change(Kind.ADDED, null, after);
        }
        return change(moment(before).isSameAs(moment(after)) ? Kind.UNCHANGED : Kind.CHANGED, before, after);
    }

    private static ObjectNode removed(JsonNode before, List<JsonNode> rejected) {
        double peak = before.path("peak_time").asDouble(0);
        ObjectNode change = change(Kind.REMOVED, before, null);
        change.put("explanation", Difference.NOTHING_THERE);
        nearby(moment(before).range(), rejected)
                .min(Comparator.comparingDouble(
                        candidate -> Math.abs(candidate.path("peak_time").asDouble(0) - peak)))
                .ifPresent(candidate ->
                        Stream.of("rule", "explanation").forEach(field -> change.set(field, candidate.path(field))));
        return change;
    }

    private static Stream<JsonNode> nearby(TimeRange range, List<JsonNode> rejected) {
        return rejected.stream()
                .filter(candidate -> range.contains(candidate.path("peak_time").asDouble(0)));
    }

    private static ObjectNode change(Kind kind, @Nullable JsonNode before, @Nullable JsonNode after) {
        ObjectNode change = JsonMapper.shared().createObjectNode();
        change.put("change", word(kind));
        change.set("before", told(before));
        change.set("after", told(after));
        change.putNull("rule");
        change.putNull("explanation");
        return change;
    }

    private static @Nullable ObjectNode told(@Nullable JsonNode highlight) {
        if (highlight == null) {
            return null;
        }
        ObjectNode moment = JsonMapper.shared().createObjectNode();
        moment.put("highlight_id", id(highlight));
        OF_MOMENT.forEach(field -> moment.set(field, highlight.path(field)));
        return moment;
    }

    private static Moment moment(JsonNode highlight) {
        return new Moment(
                null,
                new TimeRange(
                        highlight.path("start_time").asDouble(0),
                        highlight.path("end_time").asDouble(0)),
                highlight.path("peak_time").asDouble(0),
                highlight.path("confidence_score").asDouble(0),
                highlight.path("type").asString(""));
    }

    private static double start(JsonNode change) {
        JsonNode after = change.path("after");
        return (after.isObject() ? after : change.path("before"))
                .path("start_time")
                .asDouble(0);
    }

    private static String id(JsonNode highlight) {
        return highlight.path("id").asString("");
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
