package tv.tldr.api.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How is a video to be judged? Only what was given is sent; the API knows the defaults and refuses what is wrong. */
final class AnalysisOptions {
    @Option(
            names = "--preset",
            paramLabel = "NAME|ID",
            description = "What to look for: gaming_default (unless given), education_default, corporate_default,"
                    + " sports_default, music_default, podcast_default, security_default, or the id of a dimension set of"
                    + " yours.")
    private @Nullable String preset;

    @Option(names = "--threshold", paramLabel = "X", description = "Confidence that a moment must reach, 0 to 1 (0.8).")
    private @Nullable Double threshold;

    @Option(names = "--max", paramLabel = "N", description = "At most so many highlights, the best ones.")
    private @Nullable Integer max;

    @Option(names = "--min-duration", paramLabel = "SECONDS", description = "Shortest highlight (15).")
    private @Nullable Double minDuration;

    @Option(names = "--max-duration", paramLabel = "SECONDS", description = "Longest highlight (60).")
    private @Nullable Double maxDuration;

    @Option(
            names = "--thorough",
            description = "Decode everything and look at four pictures a second, not at keyframes alone: slower.")
    private boolean thorough;

    @Option(
            names = "--wake-word",
            paramLabel = "PHRASE",
            description =
                    "Cut a clip around each place where somebody says this, such as \"clip that\"; may be given several"
                            + " times. Somebody must listen: GEMINI_API_KEY or VOSK_MODEL_PATH.")
    private List<String> wakeWords = List.of();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "Who scores: rule_based, hybrid or ai_only (hybrid with GEMINI_API_KEY, else rule_based).")
    private @Nullable String strategy;

    /** As the API has them. */
    ObjectNode json() {
        ObjectNode options = JsonMapper.shared().createObjectNode();
        Optional.ofNullable(preset).ifPresent(name -> options.put("dimension_set_id", name));
        Optional.ofNullable(threshold).ifPresent(value -> options.put("highlight_threshold", value));
        Optional.ofNullable(max).ifPresent(number -> options.put("max_highlights", number));
        Optional.ofNullable(strategy).ifPresent(name -> options.put("strategy", name));
        Optional.ofNullable(minDuration).ifPresent(seconds -> options.put("min_duration", seconds));
        Optional.ofNullable(maxDuration).ifPresent(seconds -> options.put("max_duration", seconds));
        if (!wakeWords.isEmpty()) {
            wakeWords.forEach(options.putArray("wake_words")::add);
        }
        if (thorough) {
            options.put("thorough", true);
        }
        return options;
    }
}
