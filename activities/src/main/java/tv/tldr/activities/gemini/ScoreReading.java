package tv.tldr.activities.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.Answer.Flag;

/**
 * What is one score, of whatever scale, on 0–1?
 *
 * @param flag null when it was as asked for
 */
record ScoreReading(double value, @Nullable Flag flag) {
    static ScoreReading of(Scale scale, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return new ScoreReading(0, Flag.MISSING);
        }
        return switch (scale) {
            case Scale.Numeric(double lowest, double highest) -> numeric((number(node) - lowest) / (highest - lowest));
            case Scale.Binary() -> numeric(number(node));
            case Scale.Categorical categorical ->
                categorical(categorical.scores(), node.asText().strip());
        };
    }

    private static ScoreReading numeric(double share) {
        if (Double.isNaN(share)) {
            return new ScoreReading(0, Flag.UNREADABLE);
        }
        // A share that misses an end by a rounding is not worth a flag.
        boolean outside = share < -1e-9 || share > 1 + 1e-9;
        return new ScoreReading(Math.clamp(share, 0, 1), outside ? Flag.CLAMPED : null);
    }

    private static ScoreReading categorical(Map<String, Double> scores, String word) {
        return scores.entrySet().stream()
                .filter(level -> level.getKey().equalsIgnoreCase(word))
                .map(level -> new ScoreReading(level.getValue(), null))
                .findFirst()
                .orElseGet(() -> new ScoreReading(0, Flag.UNREADABLE));
    }

    /** NaN when it is none; models write {@code "0.8"} and {@code true}, too. */
    private static double number(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        String text = node.asText().strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
