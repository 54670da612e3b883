package tv.tldr.api.streams;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * What does a stream get that nobody asked for?
 *
 * @param defaultConfidenceThreshold {@code highlight_threshold} where a request leaves it out, 0–1
 */
@ConfigurationProperties("tldr.streams")
public record StreamProperties(@DefaultValue("0.8") double defaultConfidenceThreshold) {
    /**
     * Every option of a request that gives none.
     *
     * @param model whether there is a model to ask
     */
    StreamOptions defaults(boolean model) {
        StreamOptions usual = StreamOptions.DEFAULTS;
        return new StreamOptions(
                defaultConfidenceThreshold,
                usual.minDuration(),
                usual.maxDuration(),
                usual.mergeThreshold(),
                usual.bufferBefore(),
                usual.bufferAfter(),
                usual.maxHighlights(),
                usual.dimensionSetId(),
                model ? Strategy.HYBRID : Strategy.RULE_BASED,
                usual.aiBudgetUsd(),
                usual.fusion(),
                usual.highlightTypes(),
                usual.wakeWords(),
                usual.thorough(),
                usual.modules());
    }
}
