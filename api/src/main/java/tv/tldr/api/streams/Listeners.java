package tv.tldr.api.streams;

/**
 * Who is there to score and to hear what is said?
 *
 * @param model whether there is a model to ask
 * @param recognizer whether a speech recogniser of ours listens to every stream
 */
record Listeners(boolean model, boolean recognizer) {}
