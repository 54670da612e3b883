package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Caller;
import tv.tldr.api.Exposition;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** A table is locked until every connection of the process waits for it: PostgreSQL is well, and the process is not. */
class PoolExhaustedIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final int CALLERS = 8;

    @Test
    void theHealthNamesThePoolAndWaitsForTheFirstLookOfTheDoctor() throws Exception {
        String url = TestPostgres.freshDatabaseUrl();
        AtomicBoolean held = new AtomicBoolean(true);
        try (RunningApi api = RunningApi.start(
                        url,
                        "127.0.0.1:" + TestTemporal.freePort(),
                        Map.of("WORKERS_ENABLED", "false", "DATABASE_POOL_SIZE", "2"));
                Connection holder = JdbcUrl.of(url).connect(Map.of());
                Statement lock = holder.createStatement()) {
            Caller caller = api.caller("admin");
            assertThat(caller.get(STREAMS).status()).isEqualTo(200);
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE streams");
            for (int i = 0; i < CALLERS; i++) {
                Thread.ofVirtual().start(() -> {
                    while (held.get()) {
                        caller.get(STREAMS);
                    }
                });
            }
            await().until(() ->
                    new Exposition(api.stranger().get("/metrics").text()).sum("r2dbc_pool_pending_connections") >= 1);

            JsonNode first = api.stranger().get("/health/detailed").json();

            assertThat(first.path("examined_at").isString()).as("%s", first).isTrue();
            assertThat(first.path("findings").valueStream().map(fault -> fault.path("check")
                            .asString()))
                    .contains("api-pool");
            assertThat(first.path("status").asString()).isNotEqualTo("up");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                JsonNode database =
                        api.stranger().get("/health/detailed").json().at("/checks/database");
                assertThat(database.path("detail").asString()).contains("all 2 connections of this process are in use");
                assertThat(database.path("hint").asString()).contains("DATABASE_MAX_OVERFLOW");
            });
            held.set(false);
        } finally {
            held.set(false);
        }
    }
}
