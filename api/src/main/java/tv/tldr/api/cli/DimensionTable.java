package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** How does a person read dimension sets? */
final class DimensionTable {
    private static final String INDENT = "  ";

    private DimensionTable() {}

    /** One line a set. */
    static List<String> list(List<JsonNode> sets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "VERSION", "NAME", "DIMENSIONS"));
        for (JsonNode set : sets) {
            rows.add(List.of(
                    text(set, "id"),
                    set.path("preset").asBoolean(false) ? "preset" : text(set, "version"),
                    text(set, "name"),
                    String.join(", ", ids(set.path("dimensions")))));
        }
        return Columns.aligned(rows);
    }

    /** One set, with what scores each dimension and what each type asks for. */
    static List<String> one(JsonNode set) {
        List<String> lines = new ArrayList<>();
        lines.add(text(set, "id")
                + INDENT
                + text(set, "name")
                + (set.path("preset").asBoolean(false) ? "" : INDENT + "version " + text(set, "version")));
        if (!text(set, "description").isEmpty()) {
            lines.add(text(set, "description"));
        }
        lines.add("");
        List<List<String>> dimensions = new ArrayList<>();
        dimensions.add(List.of("WEIGHT", "DIMENSION", "SCORED BY", "DESCRIPTION"));
        set.path("dimensions")
                .forEach(dimension -> dimensions.add(List.of(
                        String.format(
                                Locale.ROOT, "%.2f", dimension.path("weight").asDouble(0)),
                        text(dimension, "id"),
                        scoredBy(dimension.path("rules")),
                        text(dimension, "description"))));
        lines.addAll(Columns.aligned(dimensions));
        List<List<String>> types = new ArrayList<>();
        types.add(List.of("PRIORITY", "TYPE", "WHEN"));
        set.path("highlight_types")
                .forEach(type ->
                        types.add(List.of(text(type, "priority"), text(type, "id"), when(type.path("criteria")))));
        if (types.size() > 1) {
            lines.add("");
            lines.addAll(Columns.aligned(types));
        }
        String fallback = text(set, "fallback_set_id");
        if (!fallback.isEmpty()) {
            lines.add("");
            lines.add("When fewer than " + text(set, "min_dimensions_required") + " dimensions can be scored: "
                    + fallback + ".");
        }
        return lines;
    }

    /** What validation found, a line each. */
    static List<String> faults(JsonNode validation) {
        List<String> lines = new ArrayList<>();
        validation.path("errors").forEach(fault -> lines.add(text(fault, "field") + ": " + text(fault, "message")));
        validation
                .path("warnings")
                .forEach(fault -> lines.add("warning: " + text(fault, "field") + " " + text(fault, "message")));
        if (lines.isEmpty()) {
            lines.add("No faults.");
        }
        return lines;
    }

    private static String scoredBy(JsonNode rules) {
        double reach = rules.path("reach").asDouble(0);
        return reach > 0 && !rules.path("signals").isEmpty()
                ? String.format(Locale.ROOT, "rules, %.0f %%", reach * 100)
                : "AI only";
    }

    /** The conditions of a type, as they would be said. */
    private static String when(JsonNode criteria) {
        List<String> conditions = new ArrayList<>();
        String all = scores(criteria.path("min_scores"), " and ");
        if (!all.isEmpty()) {
            conditions.add(all);
        }
        String any = scores(criteria.path("any_of_scores"), " or ");
        if (!any.isEmpty()) {
            conditions.add("(" + any + ")");
        }
        criteria.path("required_dimensions").forEach(id -> conditions.add(id.asString() + " reached"));
        String formula = text(criteria, "score_formula");
        String least = text(criteria, "min_total_score");
        if (!formula.isEmpty() || !least.isEmpty()) {
            conditions.add((formula.isEmpty() ? "total_score" : formula) + (least.isEmpty() ? " > 0" : " ≥ " + least));
        }
        return conditions.isEmpty() ? "always" : String.join(" and ", conditions);
    }

    private static String scores(JsonNode scores, String between) {
        return scores.propertyStream()
                .map(entry -> entry.getKey() + " ≥ " + entry.getValue().asString())
                .collect(Collectors.joining(between));
    }

    private static List<String> ids(JsonNode array) {
        return array.valueStream().map(item -> text(item, "id")).toList();
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asString("");
    }
}
