package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.Signature;
import tv.tldr.workflows.event.WebhookId;

/** What does an endpoint's secret look like, and how does it stand in the database? */
final class WebhookSecrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final Seal seal;

    WebhookSecrets(Seal seal) {
        this.seal = seal;
    }

    static String fresh() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return Signature.SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
    }

    byte[] close(String secret, OrganizationId organization, WebhookId endpoint) {
        return seal.close(secret.getBytes(UTF_8), place("secret", organization, endpoint));
    }

    /** Empty when it was closed under another SECRET_KEY. */
    Optional<String> open(byte[] sealed, OrganizationId organization, WebhookId endpoint) {
        return seal.open(sealed, place("secret", organization, endpoint)).map(plain -> new String(plain, UTF_8));
    }

    byte[] closeHeaders(Map<String, String> headers, OrganizationId organization, WebhookId endpoint) {
        return seal.close(Jsonb.text(headers).getBytes(UTF_8), place("headers", organization, endpoint));
    }

    Map<String, String> openHeaders(byte @Nullable [] sealed, OrganizationId organization, WebhookId endpoint) {
        return sealed == null
                ? Map.of()
                : seal.open(sealed, place("headers", organization, endpoint))
                        .map(plain -> Jsonb.words(new String(plain, UTF_8)))
                        .orElse(Map.of());
    }

    private static String place(String what, OrganizationId organization, WebhookId endpoint) {
        return what + " of " + organization + " " + endpoint;
    }
}
