package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Redaction redaction = new Redaction(Map.of(
            "SECRET_KEY", "canary-of-the-secret-key-32-chars",
            "SMTP_PASSWORD", "canary-smtp",
            "DATABASE_URL", "postgresql://tldr:canary/p%40ss@db.example.com:5432/tldr?user=a@b",
            "LOG_LEVEL", "debugging"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key canary-of-the-secret-key-32-chars!",
                "535 5.7.8 canary-smtp is not accepted",
                "X-API-Key: canary tldr",
                "{\"Authorization\": \"Bearer canary\"}",
                "tldr_sk_canary0123456789ABCDEFGHabcdefgh",
                "whsec_canaryMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "token eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.canary_signature",
                "postgresql://tldr:canary@db.example.com:5432/tldr",
                "https://user:canary@media.example.com/a.mp4",
                "postgresql://tldr:in/the@canary@db.example.com:5432/tldr",
                "postgresql://tldr:what?is#canary@db.example.com:5432/tldr",
                "postgresql://:canary@db.example.com:5432/tldr",
                "FATAL: canary/p@ss is no password",
                "encoded as canary/p%40ss in an address",
                "Reset your password, for a@example.com: https://app.example.com/reset-password#token=canary",
                "{\"link\": \"/accept-invitation#token=canary\"}",
                "GET https://bucket.s3.amazonaws.com/a.mp4?X-Amz-Signature=canary&x=1 failed"
            })
    void noSecretIsLeft(String text) {
        assertThat(redaction.of(text)).doesNotContain("canary").contains("[redacted]");
    }

    @Test
    void whatHelpsStays() {
        String text =
                "2026 WARN debugging stream/stream_01jbxq7r5tfqnvezmkyb7hx3pa at https://media.example.com/a.mp4: 404";

        assertThat(redaction.of(text)).isEqualTo(text);
        assertThat(redaction.of("https://www.youtube.com/@channel/live"))
                .isEqualTo("https://www.youtube.com/@channel/live");
    }
}
