package tv.tldr.activities.gemini;

import java.util.List;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Has exactly this been asked before? Everything that the answer depends on, besides the recording: the window,
 * model, instructions, dimensions, units, the answer's form, and what is shown of it.
 *
 * @param sha256 64 hexadecimal digits
 */
public record AskedKey(String sha256) {
    /** Behind what is shown; nothing stands there otherwise, as in the keys from before anything could be switched off. */
    private static final String MUTED = ", muted";

    /** Of a window that is shown with all the sound that it has. */
    public static AskedKey of(String model, TimeRange window, Question question, double framesPerSecond) {
        return of(model, window, question, framesPerSecond, false);
    }

    /**
     * @param framesPerSecond 0: without the picture that it has
     * @param muted whether it is shown without the sound that it has
     */
    public static AskedKey of(
            String model, TimeRange window, Question question, double framesPerSecond, boolean muted) {
        return of(
                model,
                window.start() + "–" + window.end(),
                Prompt.of(question),
                AnswerSchema.of(question).toString(),
                framesPerSecond + (muted ? MUTED : ""));
    }

    /**
     * @param seconds of the finalists; with {@code pictures} of them, which are not looked at
     * @param muted whether the sound that there is does not count: what is told of them may be the same, but an order with and
     *     one without sound are not taken for each other
     */
    public static AskedKey of(
            String model, List<Integer> seconds, List<Finalist> finalists, boolean pictures, boolean muted) {
        List<Finalist> words = finalists.stream().map(Finalist::withoutPicture).toList();
        return of(
                model,
                seconds.toString(),
                Prompt.ofFinalists(words),
                AnswerSchema.ofFinalists().toString(),
                pictures + (muted ? MUTED : ""));
    }

    private static AskedKey of(String model, String where, Prompt prompt, String schema, String shown) {
        String all = String.join("\u0000", model, where, prompt.system(), prompt.user(), schema, shown);
        return new AskedKey(Sha256.of(all).hex());
    }
}
