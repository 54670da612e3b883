package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class AuthenticationIT {
    private static final String STREAMS = "/api/v1/streams";

    private final RunningApi api = RunningApi.shared();
    private final Caller stranger = api.stranger();

    @Test
    void asksForAKeyWhereThereIsNone() {
        Answer answer = stranger.get(STREAMS);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("AUTHENTICATION_REQUIRED");
        assertThat(answer.headers().getFirst("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "tldr_sk_",
                "tldr_sk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "tldr_sk_' OR 1=1 --aaaaaaaaaaaaaaaaaa"
            })
    void knowsNoKeyThatIsNotOurs(String key) {
        Answer answer = stranger.get(STREAMS, Map.of("X-API-Key", key));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("INVALID_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "eyJ", "eyJhbGciOiJub25lIn0.e30.", "..", "a.b.c.d.e"})
    void aTokenThatIsNoneIsNotTakenForAKey(String token) {
        Answer answer = stranger.get(STREAMS, Map.of("Authorization", "Bearer " + token));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/code")).isEqualTo("AUTHENTICATION_REQUIRED");
    }

    @Test
    void takesTheSameKeyAsABearerToken() {
        Caller caller = api.caller("streams:read");

        assertThat(stranger.get(STREAMS, Map.of("Authorization", "bearer " + caller.key()))
                        .status())
                .isEqualTo(200);
        assertThat(stranger.get(STREAMS, Map.of("Authorization", "Basic " + caller.key()))
                        .text("/code"))
                .isEqualTo("AUTHENTICATION_REQUIRED");
    }

    @Test
    void doesNotGuessWhichOfTwoCredentialsIsMeant() {
        Caller caller = api.caller("admin");
        Person person = Person.register(api);
        String key = caller.key();
        String token = person.tokens().text("/access_token");

        for (Map<String, String> both : List.of(
                Map.of("X-API-Key", key, "Authorization", "Bearer " + token),
                Map.of("X-API-Key", key, "Authorization", "Bearer " + key),
                Map.of("X-API-Key", key, "Authorization", "Bearer mistyped"),
                Map.of("X-API-Key", "mistyped", "Authorization", "bearer " + token))) {
            Answer refused = stranger.get(STREAMS, both);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text("/code")).isEqualTo("AUTHENTICATION_REQUIRED");
            assertThat(refused.text("/detail")).contains("Send one of them");
        }
        assertThat(stranger.get(STREAMS, Map.of("X-API-Key", key, "Authorization", "Basic of-a-proxy"))
                        .status())
                .isEqualTo(200);
        assertThat(stranger.get("/health", Map.of("X-API-Key", key, "Authorization", "Bearer " + token))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesAnExpiredKeyByItsOwnCode() {
        Caller expired = api.caller(api.organization(), Instant.now().minusSeconds(1), "admin");

        assertThat(expired.get(STREAMS).text("/code")).isEqualTo("API_KEY_EXPIRED");
    }

    @Test
    void forgetsARevokedKeyWithinASecondWhoeverRevokedIt() {
        Caller caller = api.caller("admin");
        assertThat(caller.get(STREAMS).status()).isEqualTo(200);
        api.owner()
                .sql("UPDATE api_keys SET revoked_at = now() WHERE organization_id = :id")
                .bind("id", caller.organization().uuid())
                .then()
                .block();

        await().atMost(Duration.ofSeconds(1))
                .until(() -> caller.get(STREAMS).text("/code").equals("INVALID_API_KEY"));
    }

    @Test
    void letsAKeyDoWhatItsScopesSay() {
        Caller reader = api.caller("streams:read");
        Caller all = api.caller("streams:*");
        Answer refused = reader.submit("https://media.example.com/scopes.mp4");

        assertThat(reader.get(STREAMS).status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        assertThat(refused.text("/detail")).contains("streams:write");
        assertThat(all.submit("https://media.example.com/scopes.mp4").status()).isEqualTo(202);
        assertThat(all.get(STREAMS + "/stream_01kb0000000000000000000000/highlights")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/v1/nothing", "/health/nothing", "/actuator", "/docs/../api/v1/streams"})
    void tellsAStrangerNotEvenWhichPagesThereAre(String path) {
        assertThat(stranger.get(path).status()).isIn(401, 404);
        assertThat(api.caller("admin").get(path).status()).isEqualTo(404);
    }

    @Test
    void letsAnybodySeeThatItIsAlive() {
        assertThat(stranger.get("/health").status()).isEqualTo(200);
        assertThat(stranger.get("/health/ready").status()).isEqualTo(200);
        assertThat(stranger.send(HttpMethod.HEAD, "/health", Map.of(), "").status())
                .isEqualTo(200);
    }
}
