package tv.tldr.workflows.scoring;

/**
 * How much did one feature add to a score?
 *
 * @param feature its name, such as {@code onsets.5s}: a signal and the scale in seconds at which it was seen
 * @param value the feature, in robust deviations from the stream's own median
 * @param weight what one deviation adds
 * @param contribution {@code value × weight}
 * @param text the same in words, such as {@code "sound onsets 3.1 deviations above this stream's usual (+0.42)"}
 */
public record Contribution(String feature, double value, double weight, double contribution, String text) {}
