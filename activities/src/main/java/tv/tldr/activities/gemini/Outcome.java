package tv.tldr.activities.gemini;

/**
 * What came of asking the model, when asking was possible at all? Everything else is a {@link GeminiException}.
 *
 * @param <T> {@link Answer} or {@link Ranking}
 */
public sealed interface Outcome<T> {
    /** Tokens of all calls that were charged for it. */
    TokenUsage usage();

    Cost cost();

    /** An answer that can be used, perhaps after it was put right. */
    record Answered<T>(T answer, TokenUsage usage, Cost cost) implements Outcome<T> {}

    /**
     * No answer that could be used, and none to be had by asking again: rules decide.
     *
     * @param explanation for people
     */
    record Unusable<T>(Reason reason, String explanation, TokenUsage usage, Cost cost) implements Outcome<T> {}

    /** Why an answer is of no use. */
    enum Reason {
        /** Twice not of the asked form. */
        MALFORMED,
        /** Twice without a word. */
        EMPTY,
        /** Twice cut off at the limit of output tokens. */
        CUT_OFF,
        /** Twice refused by Google's filters: safety, prohibited content, recitation. */
        BLOCKED,
        /** Google could not read the uploaded clip. */
        CLIP_REFUSED
    }
}
