package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How does a person read what other options change, or would? One line a highlight that stands, stood or would. */
final class DifferenceTable {
    private DifferenceTable() {}

    /** @param preview the API's answer, or what has really changed in its form */
    static List<String> lines(JsonNode preview) {
        JsonNode difference = preview.path("difference");
        List<String> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CHANGE", "BEFORE", "AFTER", "TYPE", "WHY"));
        for (JsonNode change : difference.path("changes")) {
            JsonNode after = change.path("after");
            rows.add(List.of(
                    change.path("change").asString(""),
                    moment(change.path("before")),
                    moment(after),
                    (after.isObject() ? after : change.path("before"))
                            .path("type")
                            .asString(""),
                    change.path("explanation").asString("")));
        }
        if (rows.size() > 1) {
            lines.addAll(Columns.aligned(rows));
        }
        if (preview.path("highlights").isEmpty()) {
            lines.add("No highlights. " + preview.path("empty_reason").asString(""));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d added, %d removed, %d changed, %d unchanged",
                count(difference, "added"),
                count(difference, "removed"),
                count(difference, "changed"),
                count(difference, "unchanged")));
        double unasked = preview.path("unasked_seconds").asDouble(0);
        if (unasked > 0) {
            lines.add("An analysis with these options would ask the AI about " + TimeText.clock(unasked)
                    + " of the stream, which rules score here, and may decide otherwise.");
        }
        return lines;
    }

    private static int count(JsonNode difference, String kind) {
        return difference.path(kind).asInt(0);
    }

    private static String moment(JsonNode moment) {
        return moment.isObject()
                ? String.format(
                        Locale.ROOT,
                        "%s – %s, %.3f",
                        TimeText.precise(moment.path("start_time").asDouble(0)),
                        TimeText.precise(moment.path("end_time").asDouble(0)),
                        moment.path("confidence_score").asDouble(0))
                : "–";
    }
}
