package tv.tldr.activities.gemini;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Has exactly this been asked before? Everything that the answer depends on, besides the recording and the window: model,
 * instructions, dimensions, units, the answer's form, and how many frames are shown.
 *
 * @param sha256 64 hexadecimal digits
 */
public record AskedKey(String sha256) {
    public static AskedKey of(String model, Question question, double framesPerSecond) {
        Prompt prompt = Prompt.of(question);
        String all = String.join(
                "\u0000",
                model,
                prompt.system(),
                prompt.user(),
                AnswerSchema.of(question).toString(),
                Double.toString(framesPerSecond));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return new AskedKey(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
