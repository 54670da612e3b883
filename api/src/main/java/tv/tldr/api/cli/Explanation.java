package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.selection.Reckoning;

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
        moment.path("dimensions")
                .propertyStream()
                .forEach(entry -> explanation.lines.addAll(ExplainedDimension.lines(entry.getKey(), entry.getValue())));
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
        if (!text(moment.path("reckoning"), "naming").isEmpty()) {
            add("Its name: %s", text(moment.path("reckoning"), "naming"));
        }
        if (!text(moment, "title").isEmpty()) {
            add("The model calls it “%s”: %s", text(moment, "title"), text(moment, "description"));
        }
        if (!text(moment, "degraded").isEmpty()) {
            add("Less than all was asked of the model: %s", text(moment, "degraded"));
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
                    INDENT + form("%.4f × %.4f", part, score),
                    "= " + form("%.4f", part * score),
                    share.getKey(),
                    share(part, reckoning.path("weights").path(share.getKey()).asDouble(0), reckoning)));
        }
        rows.add(List.of(INDENT, "= " + form("%.4f", number(reckoning, "score")), "together", ""));
        lines.addAll(Columns.aligned(rows));
    }

    /** Nothing where no weight is known: of moments that were written down before it was. */
    private static String share(double part, double weight, JsonNode reckoning) {
        double together = number(reckoning, "together");
        return weight == 0
                ? ""
                : form("share: weight %.4f × told %.4f ÷ %.4f", weight, part * together / weight, together);
    }

    private void confidence(JsonNode reckoning) {
        double score = number(reckoning, "score");
        double level = number(reckoning, "level");
        double steepness = number(reckoning, "steepness");
        double evidence = logit(Reckoning.AT_LEVEL) + steepness * (logit(score) - logit(level));
        add("");
        add("Confidence by the score, where %.4f counts as %s in this stream", level, Reckoning.AT_LEVEL);
        add("  ln(%.4f / %.4f) = %.4f%s", score, 1 - score, logit(score), held(score));
        add("  ln(%.4f / %.4f) = %.4f%s", level, 1 - level, logit(level), held(level));
        add(
                "  ln(%.1f / %.1f) + %.4f × (%.4f − %.4f) = %.4f",
                Reckoning.AT_LEVEL, 1 - Reckoning.AT_LEVEL, steepness, logit(score), logit(level), evidence);
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
        double from = Reckoning.SQUEEZED_FROM;
        if (rank > most
                && number(reckoning, "alone") > from
                && calls().isEmpty()
                && markers().isEmpty()) {
            add(
                    "  the %d. where %d may stand out: %s + %.3f × (%.4f − %s) = %.4f",
                    rank,
                    most,
                    from,
                    Reckoning.SQUEEZE,
                    number(reckoning, "alone"),
                    from,
                    number(reckoning, "confidence"));
        }
    }

    /** What a call for it, or comparing it with others, makes of that. */
    private void afterwards() {
        List<String> after = new ArrayList<>();
        calls().forEach(call -> {
            after.add(INDENT + said(call));
            boolean lifts = number(moment, "confidence_score") >= number(moment.path("reckoning"), "alone");
            after.add(INDENT
                    + form(
                            "%s its likeness as confidence: %.4f",
                            lifts ? "what is called for has at least" : "what nothing but a call makes a moment has",
                            number(call, "value")));
        });
        markers()
                .forEach(marker -> after.add(INDENT
                        + form("%s: takes %.4f of the doubt that is left", said(marker), number(marker, "value"))));
        contributions("comparison").forEach(compared -> after.add(INDENT + text(compared, "text")));
        if (!after.isEmpty()) {
            add("");
            add("Then");
            lines.addAll(after);
            add("  = %.4f", number(moment, "confidence_score"));
        }
    }

    /** What was heard that called for it; what is called for does not stand in the crowd. */
    private List<JsonNode> calls() {
        return contributions("wake_word");
    }

    /** What points at it from outside; what is pointed at does not stand in the crowd, either. */
    private List<JsonNode> markers() {
        return contributions("marker");
    }

    /** Its words without what it adds to the score. */
    private static String said(JsonNode reason) {
        String text = text(reason, "text");
        return text.substring(0, text.contains(" (+") ? text.lastIndexOf(" (+") : text.length());
    }

    private List<JsonNode> contributions(String feature) {
        return moment.path("contributions")
                .valueStream()
                .filter(reason -> text(reason, "feature").equals(feature))
                .toList();
    }

    private static double logit(double score) {
        return Logistic.evidence(score);
    }

    /** Of 0 and 1 there is no logarithm. */
    private static String held(double score) {
        return score == 0 || score == 1 ? "  (held to ±30)" : "";
    }

    private void add(String format, Object... values) {
        lines.add(form(format, values));
    }

    static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    static double number(JsonNode node, String field) {
        return node.path(field).asDouble(0);
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asString("");
    }
}
