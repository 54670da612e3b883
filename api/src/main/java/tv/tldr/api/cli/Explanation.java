package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How does a person do the arithmetic of a moment again? Every number of it, in the order in which they follow. */
final class Explanation {
    private static final String INDENT = "  ";

    private final JsonNode moment;
    private final List<String> lines = new ArrayList<>();

    private Explanation(JsonNode moment) {
        this.moment = moment;
    }

    /** @param highlight as the API has it, when nobody knows any more what decided over it */
    static List<String> lines(JsonNode highlight) {
        return lines(highlight, MissingNode.getInstance());
    }

    /**
     * @param moment a highlight or a line of the decision ledger, as the API has it
     * @param decision the line of the decision ledger by which it was kept or dropped
     */
    static List<String> lines(JsonNode moment, JsonNode decision) {
        Explanation explanation = new Explanation(moment);
        explanation.heading(decision);
        JsonNode reckoning = moment.path("reckoning");
        if (reckoning.isObject()) {
            explanation.score(reckoning);
            explanation.confidence(reckoning);
        }
        explanation.afterwards();
        moment.path("dimensions").propertyStream().forEach(explanation::dimension);
        return explanation.lines;
    }

    private void heading(JsonNode decision) {
        add(
                "%s – %s, peak at %s: %s, confidence %.3f%s",
                TimeText.precise(number(moment, "start_time")),
                TimeText.precise(number(moment, "end_time")),
                TimeText.precise(number(moment, "peak_time")),
                text(moment, "type"),
                number(moment, "confidence_score"),
                decision.isObject() ? ", " + verdict(decision) : "");
        if (decision.isObject()) {
            add("%s", text(decision, "explanation"));
        }
        if (!text(moment, "title").isEmpty()) {
            add("The model calls it “%s”: %s", text(moment, "title"), text(moment, "description"));
        }
        if (!text(moment, "degraded").isEmpty()) {
            add("Scored by rules in the model's place: %s", text(moment, "degraded"));
        }
    }

    private static String verdict(JsonNode decision) {
        return decision.path("kept").asBoolean(false) ? "kept" : "not kept: " + text(decision, "rule");
    }

    private void score(JsonNode reckoning) {
        add("");
        add(
                "Score of the peak: each dimension's share (its weight times how much of it could be told) times its score");
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> share : reckoning.path("shares").properties()) {
            double score = number(moment.path("dimensions").path(share.getKey()), "score");
            double part = share.getValue().asDouble(0);
            rows.add(List.of(
                    INDENT + form("%.4f × %.4f", part, score), "= " + form("%.4f", part * score), share.getKey()));
        }
        rows.add(List.of(INDENT, "= " + form("%.4f", number(reckoning, "score")), "together"));
        lines.addAll(Columns.aligned(rows));
    }

    private void confidence(JsonNode reckoning) {
        double score = number(reckoning, "score");
        double level = number(reckoning, "level");
        double steepness = number(reckoning, "steepness");
        double evidence = 1.3863 + steepness * (logit(score) - logit(level));
        add("");
        add("Confidence by the score, where %.4f counts as 0.8 in this stream", level);
        add("  ln(%.4f / %.4f) = %.4f", score, 1 - score, logit(score));
        add("  ln(%.4f / %.4f) = %.4f", level, 1 - level, logit(level));
        add("  ln(0.8 / 0.2) + %.4f × (%.4f − %.4f) = %.4f", steepness, logit(score), logit(level), evidence);
        add(
                "  %.4f × 1 / (1 + e^%.4f) = %.4f%s",
                number(reckoning, "stands_out"),
                -evidence,
                number(reckoning, "alone"),
                number(reckoning, "stands_out") < 1
                        ? "  (the first factor: how far it stands out from the stream's usual)"
                        : "");
        int rank = reckoning.path("rank").asInt();
        int most = reckoning.path("most").asInt();
        if (rank > most && number(reckoning, "alone") > 0.75) {
            add(
                    "  the %d. where %d may stand out: 0.75 + 0.196 × (%.4f − 0.75) = %.4f",
                    rank, most, number(reckoning, "alone"), number(reckoning, "confidence"));
        }
    }

    /** What a call for it, or comparing it with others, makes of that. */
    private void afterwards() {
        List<String> after = new ArrayList<>();
        moment.path("contributions").forEach(reason -> {
            String feature = text(reason, "feature");
            if (feature.equals("wake_word") || feature.equals("comparison")) {
                after.add(INDENT + text(reason, "text"));
            }
        });
        if (!after.isEmpty()) {
            add("");
            add("Then");
            lines.addAll(after);
            add("  = %.4f", number(moment, "confidence_score"));
        }
    }

    private void dimension(Map.Entry<String, JsonNode> entry) {
        JsonNode dimension = entry.getValue();
        double rules = number(dimension, "rules");
        double share = number(dimension, "model_share");
        add("");
        lines.add(
                share > 0
                        ? form(
                                "%s = %.4f: %.2f × model %.4f + %.2f × rules %.4f",
                                entry.getKey(),
                                number(dimension, "score"),
                                share,
                                number(dimension.path("model"), "score"),
                                1 - share,
                                rules)
                        : form("%s = %.4f, by rules", entry.getKey(), number(dimension, "score")));
        double sum = 0;
        for (JsonNode contribution : dimension.path("contributions")) {
            double part = number(contribution, "contribution");
            sum += part;
            if (part != 0) {
                add("  %+.4f  %s", part, text(contribution, "text"));
            }
        }
        add("  sum %+.4f, 1 / (1 + e^%.4f) = %.4f", sum, -sum, 1 / (1 + Math.exp(-sum)));
    }

    private static double logit(double score) {
        return Math.log(score / (1 - score));
    }

    private void add(String format, Object... values) {
        lines.add(form(format, values));
    }

    private static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double number(JsonNode node, String field) {
        return node.path(field).asDouble(0);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asString("");
    }
}
