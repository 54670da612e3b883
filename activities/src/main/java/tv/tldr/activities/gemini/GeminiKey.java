package tv.tldr.activities.gemini;

/** The key to Gemini, which no log line and no message shows. */
public record GeminiKey(String value) {
    /** {@code text} without the key. */
    String hiddenIn(String text) {
        return value.isBlank() ? text : text.replace(value, "…");
    }

    @Override
    public String toString() {
        return "GeminiKey[hidden]";
    }
}
