package tv.tldr.workflows.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {
    /** The published example of Standard Webhooks. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant SENT_AT = Instant.ofEpochSecond(1614265330);

    @Test
    void signsAsThePublishedExampleDoes() {
        assertThat(Signature.standard(SECRET, ID, SENT_AT, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aChangeOfAnythingChangesIt() {
        String signature = Signature.standard(SECRET, ID, SENT_AT, "body");

        assertThat(Signature.standard(SECRET, ID, SENT_AT, "bodY")).isNotEqualTo(signature);
        assertThat(Signature.standard(SECRET, ID + "x", SENT_AT, "body")).isNotEqualTo(signature);
        assertThat(Signature.standard(SECRET, ID, SENT_AT.plusSeconds(1), "body"))
                .isNotEqualTo(signature);
        assertThat(Signature.standard("another key", ID, SENT_AT, "body")).isNotEqualTo(signature);
    }

    @Test
    void thePlainOneIsOfTheBodyUnderTheTextOfTheSecret() {
        // printf body | openssl dgst -sha256 -hmac whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
        assertThat(Signature.plain(SECRET, "body"))
                .isEqualTo("sha256=87b7bcdd672d056b7380c5ae3ffd9cffbd91c8c28a318f8e754373a544999bb5");
    }

    @Test
    void aSecretThatIsNotBase64IsRefused() {
        assertThatThrownBy(() -> Signature.standard("whsec_!", ID, SENT_AT, "body"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
