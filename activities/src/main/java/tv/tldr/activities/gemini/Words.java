package tv.tldr.activities.gemini;

/** Which of the words that are said is the model to write down? Each costs output tokens. */
public enum Words {
    NONE,
    /** Those of the moments that it names. */
    OF_MOMENTS,
    /** All of the window, named or not: somebody listens for wake words. */
    ALL
}
