package tv.tldr.workflows.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How does a receiver know that a body is ours and nobody changed it? By an HMAC-SHA256 under a secret that both know. */
public final class Signature {
    /** How a secret of an endpoint begins; what follows is the key in base 64. */
    public static final String SECRET_PREFIX = "whsec_";

    private Signature() {}

    /**
     * One signature of Standard Webhooks, for the header {@code webhook-signature}, which holds one or several.
     *
     * @param secret {@code whsec_…}; any other text is the key itself
     * @param id of the event, the same in each attempt
     */
    public static String standard(String secret, String id, Instant sentAt, String body) {
        byte[] mac = mac(key(secret), id + "." + sentAt.getEpochSecond() + "." + body);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    /** The header {@code X-TLDR-Signature}: of the body alone, under the secret's text as it is. */
    public static String plain(String secret, String body) {
        return "sha256=" + HexFormat.of().formatHex(mac(secret.getBytes(UTF_8), body));
    }

    /** @throws IllegalArgumentException when {@code whsec_} is not followed by base 64 */
    private static byte[] key(String secret) {
        return secret.startsWith(SECRET_PREFIX)
                ? Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()))
                : secret.getBytes(UTF_8);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
