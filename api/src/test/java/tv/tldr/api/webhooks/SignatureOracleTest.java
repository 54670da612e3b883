package tv.tldr.api.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.event.Signature;

/** What the published library takes of ours, and that it takes nothing else. */
class SignatureOracleTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "evt_01kb0000000000000000000000";
    private static final String BODY =
            "{\"id\":\"" + ID + "\",\"type\":\"stream.completed\",\"data\":{\"title\":\"Töre\"}}";

    private final Instant now = Instant.now();

    @Test
    void takesWhatIsOursAlsoBesideTheSignatureOfAFormerSecret() {
        String signature = Signature.standard(SECRET, ID, now, BODY);

        assertThatCode(() -> verify(BODY, ID, now, signature)).doesNotThrowAnyException();
        assertThatCode(() -> verify(BODY, ID, now, "v1,AAAA " + signature)).doesNotThrowAnyException();
    }

    @Test
    void takesNothingOfWhichOneByteIsAnother() {
        String signature = Signature.standard(SECRET, ID, now, BODY);
        byte[] bytes = BODY.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertRefused(new String(changed, UTF_8), ID, now, signature);
        }
        for (int i = 0; i < ID.length(); i++) {
            assertRefused(BODY, ID.substring(0, i) + "Z" + ID.substring(i + 1), now, signature);
        }
        for (int i = "v1,".length(); i < signature.length() - 2; i++) {
            char other = signature.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(BODY, ID, now, signature.substring(0, i) + other + signature.substring(i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400})
    void takesNothingOfAnotherTime(long seconds) {
        Instant then = now.plusSeconds(seconds);

        assertRefused(BODY, ID, then, Signature.standard(SECRET, ID, then, BODY));
        assertRefused(BODY, ID, now.plusSeconds(1), Signature.standard(SECRET, ID, now, BODY));
    }

    private static void assertRefused(String body, String id, Instant time, String signature) {
        assertThatThrownBy(() -> verify(body, id, time, signature)).isInstanceOf(WebhookVerificationException.class);
    }

    private static void verify(String body, String id, Instant time, String signature)
            throws WebhookVerificationException {
        new Webhook(SECRET)
                .verify(
                        body,
                        HttpHeaders.of(
                                Map.of(
                                        "webhook-id", List.of(id),
                                        "webhook-timestamp", List.of(String.valueOf(time.getEpochSecond())),
                                        "webhook-signature", List.of(signature)),
                                (_, _) -> true));
    }
}
