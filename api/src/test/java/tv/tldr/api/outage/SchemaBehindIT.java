package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Answer;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** A release is rolled out, and its workers are there before whoever migrates. */
class SchemaBehindIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void nobodyWorksBeforeTheSchemaIsThere() {
        String url = TestPostgres.freshDatabaseUrl();
        JdbcUrl.of(url).flyway().target("71").load().migrate();
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort());
                RunningApi worker = RunningApi.start(url, temporal.target(), Map.of("DATABASE_MIGRATE", "false"))) {
            await().atMost(SOON).until(() -> ready(worker)
                    .json()
                    .path("checks")
                    .path("database")
                    .path("detail")
                    .asString("")
                    .contains("schema"));
            assertThat(ready(worker).status()).isEqualTo(503);
            assertThat(worker.bean(WorkerFactory.class).isStarted()).isFalse();

            JdbcUrl.of(url).flyway().load().migrate();

            await().atMost(SOON).until(() -> ready(worker).status() == 200);
            await().atMost(SOON).until(() -> worker.bean(WorkerFactory.class).isStarted());
        }
    }

    private static Answer ready(RunningApi process) {
        return process.stranger().get("/health/ready");
    }
}
