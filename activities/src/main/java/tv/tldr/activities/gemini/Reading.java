package tv.tldr.activities.gemini;

/** Can the text that the model wrote be used? */
sealed interface Reading<T> {
    /** It can, perhaps after it was put right. */
    record Usable<T>(T answer) implements Reading<T> {}

    /** @param fault what is wrong with it, in words that the model itself can act on */
    record Malformed<T>(String fault) implements Reading<T> {}
}
