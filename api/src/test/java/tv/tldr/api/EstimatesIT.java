package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.account.Plan;

class EstimatesIT {
    private static final String ESTIMATE = "/api/v1/streams/estimate";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("streams:write");

    @Test
    void aSourceThatDoesNotOpenIsSaidSoAndNothingIsWrittenDown() {
        Answer answer = caller.post(ESTIMATE, "{\"source_url\": \"https://nowhere.invalid/a.mp4\"}");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json().path("reachable").asBoolean()).isFalse();
        assertThat(answer.text("/errors/0/code")).isEqualTo("SOURCE_UNREACHABLE");
        assertThat(answer.json().path("ai_cost_usd").isNull()).isTrue();
        assertThat(api.count(
                        caller.organization(),
                        "SELECT count(*) AS n FROM streams WHERE organization_id = :organization"))
                .isZero();
    }

    @Test
    void theBodyIsReadAsThatOfAStream() {
        assertThat(caller.post(ESTIMATE, "{\"source_url\": \"http://127.0.0.1/a.mp4\", \"options\": {\"nonsense\": 1}}")
                        .wrongFields())
                .containsExactlyInAnyOrder("source_url", "options.nonsense");
        assertThat(api.caller("streams:read")
                        .post(ESTIMATE, "{\"source_url\": \"https://nowhere.invalid/a.mp4\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void saysHowLongItIsAndWhatEachStrategyCosts() throws IOException {
        byte[] video = Files.readAllBytes(Path.of("../samples/gameplay.mp4"));
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/gameplay.mp4", exchange -> {
            exchange.sendResponseHeaders(200, video.length);
            exchange.getResponseBody().write(video);
            exchange.close();
        });
        host.start();
        RunningApi near = api.another(
                Map.of("tldr.sources.allow-private-addresses", "true", "GEMINI_API_KEY", "none that is asked"));
        try {
            Caller there = near.as(api.caller(api.organization(Plan.STARTER), null, "streams:write"));
            String url = "http://127.0.0.1:" + host.getAddress().getPort() + "/gameplay.mp4";

            Answer all = estimate(there, url, "ai_only");
            assertThat(all.status()).as("%s", all).isEqualTo(200);
            assertThat(all.json().path("errors")).isEmpty();
            assertThat(all.json().path("size_bytes").asLong()).isEqualTo(video.length);
            double seconds = all.json().path("duration_seconds").asDouble();
            assertThat(seconds).isGreaterThan(30);
            assertThat(all.json().path("stream_hours").asDouble()).isCloseTo(seconds / 3600, within(1e-9));
            assertThat(all.json().at("/video/height").asInt()).isPositive();
            assertThat(cost(all)).isPositive();
            assertThat(cost(estimate(there, url, "hybrid"))).isPositive().isLessThan(cost(all));
            assertThat(cost(estimate(there, url, "rule_based"))).isZero();
            assertThat(cost(estimate(there, url, "ai_only", "\"video_analysis\": false")))
                    .isPositive()
                    .isLessThan(cost(all));
            assertThat(cost(estimate(there, url, "ai_only", "\"audio_analysis\": false")))
                    .isPositive()
                    .isLessThan(cost(all));
        } finally {
            near.close();
            host.stop(0);
        }
    }

    private static Answer estimate(Caller caller, String url, String strategy) {
        return estimate(caller, url, strategy, "");
    }

    private static Answer estimate(Caller caller, String url, String strategy, String modules) {
        return caller.post(ESTIMATE, """
                {"source_url": "%s", "options": {"strategy": "%s", "processing_modules": {%s}}}
                """.formatted(url, strategy, modules));
    }

    private static double cost(Answer estimate) {
        return estimate.json().path("ai_cost_usd").asDouble();
    }
}
