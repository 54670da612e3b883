package tv.tldr.activities.gemini;

import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Has exactly this been asked before? Everything that the answer depends on, besides the recording: the window,
 * model, instructions, dimensions, units, the answer's form, and how many frames are shown.
 *
 * @param sha256 64 hexadecimal digits
 */
public record AskedKey(String sha256) {
    public static AskedKey of(String model, TimeRange window, Question question, double framesPerSecond) {
        Prompt prompt = Prompt.of(question);
        String all = String.join(
                "\u0000",
                model,
                window.start() + "–" + window.end(),
                prompt.system(),
                prompt.user(),
                AnswerSchema.of(question).toString(),
                Double.toString(framesPerSecond));
        return new AskedKey(Sha256.of(all).hex());
    }
}
