package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is handed to somebody once and recognised later, and under which hash is it known meanwhile? Each purpose has a key of
 * its own, derived from the program's secret: a hash of one table means nothing in another.
 */
final class SecretTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    SecretTokens(String secretKey, String purpose) {
        this.key = new SecretKeySpec(DerivedKey.of(secretKey, purpose), ALGORITHM);
    }

    /** 256 random bits, for a URL. */
    static String fresh() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** One for a URL that whoever has no key cannot guess, and that is the same for the same {@code cause}. */
    String because(String cause) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash("token because of " + cause));
    }

    byte[] hash(String token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(token.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The same hash however an e-mail address is written. */
    byte[] hashOfAddress(String email) {
        return hash(email.strip().toLowerCase(Locale.ROOT));
    }
}
