package tv.tldr.api.cli;

import static tv.tldr.api.cli.Explanation.form;
import static tv.tldr.api.cli.Explanation.number;
import static tv.tldr.api.cli.Explanation.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How does a person do the score of one dimension again? From its summands over its steps to what counts. */
final class ExplainedDimension {
    private final JsonNode scale;

    private ExplainedDimension(JsonNode scale) {
        this.scale = scale;
    }

    /**
     * A line for the score, one for each summand that is not 0, one for their sum, and one for each step onto the scale; of a
     * dimension that nobody scored, why not.
     *
     * @param dimension as the API has it
     */
    static List<String> lines(String id, JsonNode dimension) {
        if (isUnscored(dimension)) {
            String why = text(dimension.path("contributions").path(0), "text");
            return List.of("", form("%s = %.4f, %s", id, number(dimension, "score"), why));
        }
        ExplainedDimension explained = new ExplainedDimension(dimension.path("scale"));
        List<String> lines = new ArrayList<>(List.of("", explained.score(id, dimension)));
        double sum = 0;
        for (JsonNode contribution : dimension.path("contributions")) {
            double part = number(contribution, "contribution");
            sum += part;
            if (part != 0) {
                lines.add(form("  %+.4f  %s", part, text(contribution, "text")));
            }
        }
        double byRules = 1 / (1 + Math.exp(-sum));
        lines.add(form("  sum %+.4f, 1 / (1 + e^%.4f) = %.4f", sum, -sum, byRules));
        if (explained.scale.isObject()) {
            lines.add("  rules: " + explained.step(byRules));
            if (number(dimension, "model_share") > 0) {
                lines.add("  model: " + explained.step(number(dimension.path("model"), "score")));
            }
        }
        return lines;
    }

    private static boolean isUnscored(JsonNode dimension) {
        return text(dimension.path("contributions").path(0), "feature").equals("unscored");
    }

    private String score(String id, JsonNode dimension) {
        double score = number(dimension, "score");
        double share = number(dimension, "model_share");
        return share > 0
                ? form(
                        "%s = %.4f: %.2f × model %.4f + %.2f × rules %.4f",
                        id,
                        score,
                        share,
                        settled(number(dimension.path("model"), "score")),
                        1 - share,
                        number(dimension, "rules"))
                : form("%s = %.4f, by rules", id, score);
    }

    private double settled(double score) {
        if (!scale.isObject()) {
            return score;
        }
        return isCategorical() ? category(score).getValue().asDouble(0) : isReached(score) ? 1 : 0;
    }

    private String step(double score) {
        if (isCategorical()) {
            Map.Entry<String, JsonNode> category = category(score);
            double worth = category.getValue().asDouble(0);
            return form(
                    "%.4f %s “%s”: counts as %.4f",
                    score, worth <= score ? "reaches" : "is below the lowest,", category.getKey(), worth);
        }
        return form(
                "%.4f %s %.4f: counts as %.0f",
                score, isReached(score) ? "reaches" : "does not reach", number(scale, "threshold"), settled(score));
    }

    private boolean isCategorical() {
        return text(scale, "type").equals("categorical");
    }

    private boolean isReached(double score) {
        return score >= number(scale, "threshold");
    }

    /** The highest that {@code score} reaches, or the lowest. */
    private Map.Entry<String, JsonNode> category(double score) {
        Comparator<Map.Entry<String, JsonNode>> byWorth =
                Comparator.comparingDouble(category -> category.getValue().asDouble(0));
        return scale.path("categories")
                .propertyStream()
                .filter(category -> category.getValue().asDouble(0) <= score)
                .max(byWorth)
                .or(() -> scale.path("categories").propertyStream().min(byWorth))
                .orElseThrow(() -> new Failure("The dimension has no categories."));
    }
}
