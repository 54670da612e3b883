package tv.tldr.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Is somebody told? Prometheus and Alertmanager run with the files of Compose, quicker and on ports of this machine; the program
 * and whoever is told are stand-ins.
 */
class AlertReachesIT {
    private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
    private static final String TOKEN = "a token that only those who watch the tests have";
    private static final String PAGES = "https://git.example.com/tldr/blob/main/";
    /** That of docker-compose.yml. */
    private static final String VERSION = "0.28.1";

    private static final Duration TOLD = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();

    @Test
    void whoIsNamedIsToldThatTheDatabaseIsDownAndWhereToReadOn() throws Exception {
        Path prometheus = FetchedTool.debian("prometheus", "usr/bin/prometheus").path();
        Path alertmanager = alertmanager().path();
        HttpServer program = server("/metrics", AlertReachesIT::page);
        HttpServer receiver = server("/told", this::hear);
        String telling = "127.0.0.1:" + TestTemporal.freePort();
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        write("prometheus/rules.yml", Map.of());
        write(
                "prometheus/prometheus.yml",
                Map.of(
                        "alertmanager:9093",
                        telling,
                        "/run/secrets/operations-token",
                        folder.resolve("token").toString(),
                        "dns_sd_configs:\n      - {names: [api], type: A, port: 8000}",
                        "static_configs:\n      - {targets: ['127.0.0.1:" + port(program) + "']}"));
        write(
                "alertmanager/alertmanager.yml",
                Map.of(
                        "  - name: nobody\n",
                        "  - name: nobody\n    webhook_configs:\n      - {url: 'http://127.0.0.1:" + port(receiver)
                                + "/told'}\n"));

        Process teller = start(
                alertmanager.toString(),
                "--config.file=alertmanager.yml",
                "--storage.path=" + folder.resolve("told"),
                "--cluster.listen-address=",
                "--web.listen-address=" + telling);
        Process watcher = start(
                prometheus.toString(),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=" + folder.resolve("seen"),
                // Of itself from Prometheus 3 on.
                "--enable-feature=expand-external-labels",
                "--web.listen-address=127.0.0.1:" + TestTemporal.freePort());
        try {
            await().atMost(TOLD)
                    .untilAsserted(() -> assertThat(told).as(() -> log()).anySatisfy(alert -> {
                        assertThat(alert.at("/labels/alertname").asString()).isEqualTo("DatabaseDown");
                        assertThat(alert.at("/labels").propertyNames())
                                .containsExactlyInAnyOrder("alertname", "severity");
                        assertThat(alert.at("/annotations/runbook_url").asString())
                                .isEqualTo(PAGES + "docs/observability.md#databasedown");
                    }));
        } finally {
            watcher.destroyForcibly().waitFor();
            teller.destroyForcibly().waitFor();
            program.stop(0);
            receiver.stop(0);
        }
    }

    /** Debian's reads files that only its installation has. */
    private static FetchedTool alertmanager() {
        Assumptions.assumeTrue(
                Boolean.getBoolean("alertmanager") || FetchedTool.isThere("alertmanager-" + VERSION),
                "nobody is told: alertmanager is built with -Dalertmanager=true alone");
        return FetchedTool.go("github.com/prometheus/alertmanager/cmd/alertmanager", VERSION, "alertmanager");
    }

    /** A file of those, in which nothing is waited for. */
    private void write(String file, Map<String, String> changes) throws IOException {
        String text = Files.readString(DEPLOY.resolve(file));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(
                folder.resolve(Path.of(file).getFileName()),
                text.replaceAll("(?m)((?:_interval|^ +interval|for|group_wait): )[0-9]+[smh]$", "$11s"));
    }

    private Process start(String... line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(line))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("RUNBOOKS_URL", PAGES);
        return builder.start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static HttpServer server(String path, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, handler);
        server.start();
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    /** To whoever shows the token alone. */
    private static void page(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        answer(exchange, known ? 200 : 401, known ? "tldr_check_status{check=\"database\"} 2\n" : "");
    }

    private void hear(HttpExchange exchange) throws IOException {
        JsonMapper.shared()
                .readTree(exchange.getRequestBody().readAllBytes())
                .path("alerts")
                .forEach(told::add);
        answer(exchange, 200, "");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
