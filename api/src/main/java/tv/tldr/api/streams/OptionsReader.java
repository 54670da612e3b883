package tv.tldr.api.streams;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamOptions;

/** Which options does a request give? Those of the public contract that cannot be had yet are refused, never ignored. */
final class OptionsReader {
    private static final double LONGEST_BUFFER = 600;
    private static final int LONGEST_WORD = 100;
    private static final double HIGHEST_BUDGET = 100_000;
    private static final String NOT_YET = "is not supported yet";

    private OptionsReader() {}

    /**
     * @param unsaid of what is not given
     * @param listeners who is there to score and to hear what is said
     * @param found where {@code dimension_set_id}, or its default, leads
     */
    static Scored read(Fields options, Unsaid unsaid, Listeners listeners, FallbackChain found) {
        double threshold = options.number(
                "highlight_threshold", unsaid.of(options, "highlight_threshold").highlightThreshold(), 0, 1);
        double least = options.number(
                "min_duration", unsaid.of(options, "min_duration").minDuration(), 1, StreamOptions.LONGEST_HIGHLIGHT);
        double most = options.number(
                "max_duration", unsaid.of(options, "max_duration").maxDuration(), 1, StreamOptions.LONGEST_HIGHLIGHT);
        if (most < least && options.isSound("max_duration") && options.isSound("min_duration")) {
            options.refuse("max_duration", "must not be less than min_duration (" + least + ")");
        }
        double merge = options.number(
                "merge_threshold", unsaid.of(options, "merge_threshold").mergeThreshold(), 0, LONGEST_BUFFER);
        double before = options.number(
                "buffer_before", unsaid.of(options, "buffer_before").bufferBefore(), 0, LONGEST_BUFFER);
        double after = options.number(
                "buffer_after", unsaid.of(options, "buffer_after").bufferAfter(), 0, LONGEST_BUFFER);
        Optional<Integer> highlights = options.integer("max_highlights", 1, StreamOptions.MOST_HIGHLIGHTS);
        String set = options.text("dimension_set_id", LONGEST_WORD)
                .orElse(unsaid.of(options, "dimension_set_id").dimensionSetId());
        boolean thorough =
                options.flag("thorough", unsaid.of(options, "thorough").thorough());
        ProcessingModules modules = ModulesReader.read(options, unsaid);
        Fusion fusion = FusionReader.read(options, modules, unsaid);
        options.object("clip").ifPresent(OptionsReader::clip);
        Strategy strategy = strategy(options, unsaid, listeners.model());
        DimensionSetChain chain = SetReader.read(options, found);
        DimensionSet scoring = chain.first().definition();
        List<String> wakeWords = WakeWordReader.read(
                options,
                strategy,
                listeners,
                scoring,
                modules,
                unsaid.of(options, "wake_words").wakeWords());
        List<String> types = SetReader.types(
                options,
                scoring,
                !wakeWords.isEmpty(),
                unsaid.of(options, "highlight_types").highlightTypes());
        SetReader.check(options, chain, strategy.asksModel() && listeners.model(), modules);
        SetReader.check(options, chain, strategy, fusion, modules);
        // Between two faults of the same pair any consistent values do: nothing is made of them.
        double shortest = Math.min(least, most);
        return new Scored(
                new StreamOptions(
                        threshold,
                        shortest,
                        most,
                        merge,
                        before,
                        after,
                        highlights.orElse(unsaid.of(options, "max_highlights").maxHighlights()),
                        set,
                        strategy,
                        budget(options, unsaid),
                        fusion,
                        types,
                        wakeWords,
                        thorough,
                        modules),
                chain);
    }

    /**
     * Options, and the sets that they name.
     *
     * @param chain with the stream's own dimensions in it
     */
    record Scored(StreamOptions options, DimensionSetChain chain) {}

    /** Without a model {@code ai_only} would find nothing; {@code hybrid} goes by rules then, and says so. */
    private static Strategy strategy(Fields options, Unsaid unsaid, boolean model) {
        Strategy strategy = options.choice("strategy", Strategy.class)
                .orElse(unsaid.of(options, "strategy").strategy());
        if (strategy == Strategy.AI_ONLY && !model) {
            options.refuse("strategy", "cannot be ai_only: no model is configured (GEMINI_API_KEY)");
        }
        return strategy;
    }

    private static @Nullable BigDecimal budget(Fields options, Unsaid unsaid) {
        double budget = options.number("ai_budget_usd", -1, 0, HIGHEST_BUDGET);
        return budget < 0
                ? unsaid.of(options, "ai_budget_usd").aiBudgetUsd()
                : BigDecimal.valueOf(budget).setScale(6, RoundingMode.DOWN);
    }

    private static void clip(Fields clip) {
        only(clip, "quality", "original");
        clip.unsupported("aspect_ratio", NOT_YET + "; clips keep the source's");
        if (clip.flag("captions", false)) {
            clip.refuse("captions", NOT_YET);
        }
    }

    private static void only(Fields fields, String name, String possible) {
        fields.text(name, LONGEST_WORD).ifPresent(word -> {
            if (!word.equals(possible)) {
                fields.refuse(name, "supports only " + possible + " yet");
            }
        });
    }
}
