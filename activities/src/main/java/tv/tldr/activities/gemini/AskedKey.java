package tv.tldr.activities.gemini;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Has exactly this been asked before? Everything that the answer depends on, besides the recording and the window: model,
 * instructions, dimensions, units, the answer's form, and how many frames are shown.
 *
 * @param sha256 64 hexadecimal digits
 */
public record AskedKey(String sha256) {
    public static AskedKey of(String model, Question question, double framesPerSecond) {
        return of(model, Prompt.of(question), AnswerSchema.of(question).toString(), Double.toString(framesPerSecond));
    }

    /** @param shown which pictures of the recording go with {@code finalists}, whose own are not looked at */
    public static AskedKey of(String model, List<Finalist> finalists, String shown) {
        List<Finalist> words = finalists.stream().map(Finalist::withoutPicture).toList();
        return of(model, Prompt.ofFinalists(words), AnswerSchema.ofFinalists().toString(), shown);
    }

    private static AskedKey of(String model, Prompt prompt, String schema, String shown) {
        String all = String.join("\u0000", model, prompt.system(), prompt.user(), schema, shown);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return new AskedKey(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
