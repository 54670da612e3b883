package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.AccountChanges;

/** Two processes over one database: what one of them is told, the other one heeds. */
class RevocationIT {
    private static final String KEYS = "/api/v1/auth/api-keys";
    private static final String STREAMS = "/api/v1/streams";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final RunningApi HERE = RunningApi.shared();
    private static RunningApi there;

    @BeforeAll
    static void startAnother() {
        there = HERE.another(Map.of("WORKERS_ENABLED", "false", "SWEEP_ENABLED", "false", "TRUSTED_PROXIES", ""));
        await().until(() -> there.bean(AccountChanges.class).isCurrent());
    }

    @AfterAll
    static void endIt() {
        there.close();
    }

    @Test
    void whatOneProcessRevokesTheOtherRefusesWithinASecond() {
        Caller admin = HERE.caller("admin");
        for (int round = 0; round < 5; round++) {
            Answer made = admin.post(KEYS, "{\"name\": \"r\", \"scopes\": [\"streams:read\"]}");
            Caller holder = admin.at(there).with(made.text("/secret"));
            assertThat(holder.get(STREAMS).status()).isEqualTo(200);
            assertThat(holder.get(STREAMS).status()).isEqualTo(200);

            admin.send(HttpMethod.DELETE, KEYS + "/" + made.text("/id"), Map.of(), "");

            await().atMost(A_SECOND).until(() -> holder.get(STREAMS).status() == 401);
        }
    }

    @Test
    void aKeyThatIsKeptCostsNoQueryAndIsReadAgainWhenChangesWereMissed() {
        Caller holder = HERE.caller("streams:read").at(there);
        assertThat(holder.get(STREAMS).status()).isEqualTo(200);
        await().until(() -> there.bean(AccountChanges.class).isCurrent());
        assertThat(holder.get(STREAMS).status()).isEqualTo(200);

        // The one who would tell is silenced, and revoked behind everybody's back.
        sql("ALTER TABLE api_keys DISABLE TRIGGER api_keys_changed");
        try {
            sql("UPDATE api_keys SET revoked_at = now() WHERE organization_id = '"
                    + holder.organization().uuid() + "'");
            assertThat(holder.get(STREAMS).status()).as("kept").isEqualTo(200);
        } finally {
            sql("ALTER TABLE api_keys ENABLE TRIGGER api_keys_changed");
        }
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'");

        await().atMost(Duration.ofSeconds(2)).until(() -> holder.get(STREAMS).status() == 401);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> there.bean(AccountChanges.class).isCurrent());
        assertThat(holder.get(STREAMS).status()).isEqualTo(401);
    }

    @Test
    void believesNoForwardedAddressWithoutAProxyOfOurs() {
        Caller admin = HERE.caller("admin");
        Answer made = admin.post(
                KEYS, "{\"name\": \"a\", \"scopes\": [\"streams:read\"], \"ip_allow_list\": [\"192.0.2.7\"]}");
        Map<String, String> claimed = Map.of("X-Forwarded-For", "192.0.2.7");

        assertThat(admin.with(made.text("/secret")).get(STREAMS, claimed).status())
                .isEqualTo(200);
        assertThat(admin.at(there)
                        .with(made.text("/secret"))
                        .get(STREAMS, claimed)
                        .status())
                .isEqualTo(403);
    }

    private static void sql(String statement) {
        HERE.owner().sql(statement).then().block();
    }
}
