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
    void tellsWhatTheDoctorFindsToWhoeverMayKnow() {
        Caller operator = api.caller("admin");
        await().untilAsserted(() -> assertThat(operator.get("/health/detailed")
                        .json()
                        .path("examined_at")
                        .isNull())
                .isFalse());
        // Other tests' receivers may be broken; nothing else is.
        JsonNode findings = operator.get("/health/detailed").json().path("findings");
        assertThat(findings.valueStream().map(finding -> finding.path("check").asString()))
                .doesNotContain("database-down", "database-behind", "temporal-down", "temporal-attributes");
        assertThat(findings.valueStream().map(finding -> finding.path("fix").asString("")))
                .allMatch(fix -> !fix.isEmpty());
        assertThat(stranger.get("/health/detailed").json().path("findings").valueStream())
                .allMatch(finding -> finding.path("evidence").isNull());
        assertThat(stranger.with("tldr_sk_00000000000000000000000000000000")
                        .get("/health/detailed")
                        .status())
                .isEqualTo(401);
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
