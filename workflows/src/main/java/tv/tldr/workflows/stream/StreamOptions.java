package tv.tldr.workflows.stream;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.scoring.Strategy;

/**
 * What the customer asked for. Every field is set; the defaults are the public ones.
 *
 * @param highlightThreshold confidence that a moment must reach, 0–1
 * @param minDuration shortest highlight, seconds
 * @param maxDuration longest highlight, seconds
 * @param mergeThreshold candidates nearer than this become one, seconds
 * @param bufferBefore seconds kept before a moment
 * @param bufferAfter seconds kept after a moment
 * @param maxHighlights at most so many, the best ones; null: as many as {@link #MOST_HIGHLIGHTS}
 * @param dimensionSetId a preset's name, such as {@code gaming_default}
 * @param strategy who scores
 * @param aiBudgetUsd most that may be spent on the model for this stream, US dollars; null: the organization's limits alone
 * @param fusion how several senses become one score
 * @param highlightTypes ids of the highlight types that are wanted; empty: every moment, of whatever type
 * @param wakeWords words and phrases that call for a clip when somebody says them; only where there is a transcript
 * @param thorough decode everything and look at four pictures a second, not at keyframes alone
 * @param modules which senses count, and whether they are fused
 */
public record StreamOptions(
        double highlightThreshold,
        double minDuration,
        double maxDuration,
        double mergeThreshold,
        double bufferBefore,
        double bufferAfter,
        @Nullable Integer maxHighlights,
        String dimensionSetId,
        Strategy strategy,
        @Nullable BigDecimal aiBudgetUsd,
        Fusion fusion,
        List<String> highlightTypes,
        List<String> wakeWords,
        boolean thorough,
        ProcessingModules modules) {
    /** The bound of everything that says how long a highlight is, seconds. */
    public static final int LONGEST_HIGHLIGHT = 3600;

    /** The bound of {@code max_highlights}: keeps a stream's selection small enough for one activity result. */
    public static final int MOST_HIGHLIGHTS = 300;

    /** The bound of {@code wake_words}: each is looked for in every word that is said. */
    public static final int MOST_WAKE_WORDS = 20;

    /** The public defaults, with the preset {@code gaming_default}. */
    public static final StreamOptions DEFAULTS = new StreamOptions(
            0.8,
            15,
            60,
            5,
            2,
            3,
            null,
            "gaming_default",
            Strategy.RULE_BASED,
            null,
            Fusion.DEFAULT,
            List.of(),
            List.of(),
            false,
            ProcessingModules.ALL);

    public StreamOptions {
        // Options that were written down before these could be chosen.
        strategy = strategy == null ? Strategy.RULE_BASED : strategy;
        fusion = fusion == null ? Fusion.DEFAULT : fusion;
        highlightTypes = highlightTypes == null ? List.of() : List.copyOf(highlightTypes);
        wakeWords = wakeWords == null ? List.of() : List.copyOf(wakeWords);
        modules = modules == null ? ProcessingModules.ALL : modules;
        if (!(highlightThreshold >= 0 && highlightThreshold <= 1)) {
            throw new IllegalArgumentException("highlight_threshold must be from 0 to 1");
        }
        if (!(minDuration >= 1) || !(maxDuration >= minDuration) || !(maxDuration <= LONGEST_HIGHLIGHT)) {
            throw new IllegalArgumentException(
                    "1 ≤ min_duration ≤ max_duration ≤ " + LONGEST_HIGHLIGHT + " seconds must hold");
        }
        if (!(mergeThreshold >= 0) || !(bufferBefore >= 0) || !(bufferAfter >= 0)) {
            throw new IllegalArgumentException("merge_threshold, buffer_before and buffer_after must not be negative");
        }
        if (maxHighlights != null && (maxHighlights < 1 || maxHighlights > MOST_HIGHLIGHTS)) {
            throw new IllegalArgumentException("max_highlights must be from 1 to " + MOST_HIGHLIGHTS);
        }
        if (wakeWords.size() > MOST_WAKE_WORDS) {
            throw new IllegalArgumentException("wake_words must be at most " + MOST_WAKE_WORDS);
        }
    }

    /** The same with another strategy. */
    public StreamOptions withStrategy(Strategy other) {
        return with(highlightThreshold, maxHighlights, other, modules);
    }

    /** The same that keeps from another confidence on, and at most so many. */
    public StreamOptions keeping(double threshold, int most) {
        return with(threshold, most, strategy, modules);
    }

    /** The same where other senses count. */
    public StreamOptions withModules(ProcessingModules other) {
        return with(highlightThreshold, maxHighlights, strategy, other);
    }

    private StreamOptions with(
            double threshold, @Nullable Integer most, Strategy otherStrategy, ProcessingModules otherModules) {
        return new StreamOptions(
                threshold,
                minDuration,
                maxDuration,
                mergeThreshold,
                bufferBefore,
                bufferAfter,
                most,
                dimensionSetId,
                otherStrategy,
                aiBudgetUsd,
                fusion,
                highlightTypes,
                wakeWords,
                thorough,
                otherModules);
    }

    /** How a stream is scored of which the model said {@code said}. */
    public Scoring scoring(ModelScores said) {
        return new Scoring(strategy, fusion, said, modules);
    }

    /** The number of highlights that selection may return. */
    public int limit() {
        return maxHighlights == null ? MOST_HIGHLIGHTS : maxHighlights;
    }
}
