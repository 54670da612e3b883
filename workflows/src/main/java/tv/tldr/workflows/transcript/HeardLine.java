package tv.tldr.workflows.transcript;

/**
 * A line as a model wrote it down, not yet at its place.
 *
 * @param text what is said; a blank line is no line
 * @param where the model says it is said
 */
public record HeardLine(String text, Whereabouts where) {}
