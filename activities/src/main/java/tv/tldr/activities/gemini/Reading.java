package tv.tldr.activities.gemini;

/** Can the text that the model wrote be used? */
sealed interface Reading<T> {
    /** It can, perhaps after it was put right. */
    record Usable<T>(T answer) implements Reading<T> {}

    /**
     * @param fault what is wrong with it, in words that the model itself can act on
     * @param told the same for people, who have not seen the question
     */
    record Malformed<T>(String fault, String told) implements Reading<T> {
        /** Of a text that is no JSON object with such an array. */
        static <T> Malformed<T> without(String array) {
            return new Malformed<>(
                    "it is not a JSON object with an array named \"" + array + "\"", "it has not the asked form");
        }
    }
}
