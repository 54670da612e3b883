package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HealthIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller stranger = api.stranger();

    @Test
    void saysThatEveryDependencyIsWell() {
        await().untilAsserted(() -> {
            JsonNode report = stranger.get("/health/detailed").json();
            assertThat(report.path("checks").propertyNames())
                    .containsExactlyInAnyOrder(
                            "database", "temporal", "ffmpeg", "scratch_disk", "object_storage", "gemini");
            assertThat(report.path("checks").valueStream().map(check -> check.path("status")
                            .asString()))
                    .as("%s", report)
                    .containsOnly("up");
            assertThat(report.path("status").asString()).isEqualTo("up");
        });
    }

    @Test
    void tellsNoAddressAndNoSecret() {
        String report = stranger.get("/health/detailed").text();

        assertThat(report).doesNotContain("127.0.0.1", "localhost", "postgres@", "/tmp", "secret");
    }

    @Test
    void isReadyWhenTheDatabaseIs() {
        JsonNode report = stranger.get("/health/ready").json();

        assertThat(report.path("checks").propertyNames()).containsExactly("database");
    }

    @Test
    void countsForPrometheus() {
        stranger.get("/health");

        String metrics = stranger.get("/metrics").text();

        assertThat(metrics).contains("http_server_requests_seconds", "jvm_memory_used_bytes", "r2dbc_pool_acquired");
        await().untilAsserted(() -> assertThat(stranger.get("/metrics").text()).contains("temporal_"));
    }
}
