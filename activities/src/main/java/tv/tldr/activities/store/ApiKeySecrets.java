package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What does an API key look like, and under which hash is it known? 192 random bits need no slow hash; the pepper makes a
 * stolen table worthless without the program's secret.
 */
final class ApiKeySecrets {
    private static final String PREFIX = "tldr_sk_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SHORTEST_PEPPER = 32;

    private final SecretKeySpec pepper;

    ApiKeySecrets(String pepper) {
        if (pepper.length() < SHORTEST_PEPPER) {
            throw new IllegalArgumentException("the secret key must have at least " + SHORTEST_PEPPER
                    + " characters; make one with: openssl rand -base64 48");
        }
        this.pepper = new SecretKeySpec(pepper.getBytes(UTF_8), "HmacSHA256");
    }

    String fresh() {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().encodeToString(random);
    }

    byte[] hash(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return mac.doFinal(secret.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    static boolean looksLikeOne(String presented) {
        return FORM.matcher(presented).matches();
    }

    /** Enough to recognise it by: the first four characters. */
    static String preview(String secret) {
        return secret.substring(0, PREFIX.length() + 4) + "…";
    }
}
