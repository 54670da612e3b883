package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiKeySecretsTest {
    private final ApiKeySecrets secrets = new ApiKeySecrets("a pepper that only the tests have");

    @Test
    void aSecretHasThePublicFormAndIsFreshEachTime() {
        String secret = secrets.fresh();

        assertThat(secret).matches("tldr_sk_[A-Za-z0-9_-]{32}").isNotEqualTo(secrets.fresh());
        assertThat(ApiKeySecrets.looksLikeOne(secret)).isTrue();
        assertThat(ApiKeySecrets.looksLikeOne(secret + "x")).isFalse();
        assertThat(ApiKeySecrets.preview(secret)).hasSize(13).startsWith("tldr_sk_");
    }

    @Test
    void theHashIsWorthNothingWithoutThePepper() {
        String secret = secrets.fresh();

        assertThat(secrets.hash(secret)).hasSize(32).isEqualTo(secrets.hash(secret));
        assertThat(new ApiKeySecrets("another pepper of sufficient length").hash(secret))
                .isNotEqualTo(secrets.hash(secret));
    }

    @Test
    void refusesAPepperThatCouldBeGuessed() {
        assertThatThrownBy(() -> new ApiKeySecrets("short"))
                .hasMessageContaining("32")
                .hasMessageContaining("openssl rand");
    }
}
