package tv.tldr.activities.gemini;

/**
 * How many tokens went into a call and came out of it?
 *
 * @param text of the prompt
 * @param video of frames and pictures
 * @param audio of sound
 * @param output of the answer, with what the model thought before it: both are charged alike
 */
public record TokenUsage(long text, long video, long audio, long output) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage {
        if (text < 0 || video < 0 || audio < 0 || output < 0) {
            throw new IllegalArgumentException("tokens cannot be negative");
        }
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(text + other.text, video + other.video, audio + other.audio, output + other.output);
    }

    /** The same prompt with an answer of so many tokens. */
    public TokenUsage answeredWith(long most) {
        return new TokenUsage(text, video, audio, most);
    }

    /** Tokens of the prompt, of every kind. */
    public long input() {
        return text + video + audio;
    }
}
