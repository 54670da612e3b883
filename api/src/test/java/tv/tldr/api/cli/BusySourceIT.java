package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host that is overwhelmed answers 500, and later the film: whoever waits for it is told what for. */
class BusySourceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of("");

    private final AtomicBoolean well = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private HttpServer host;
    private Path film = folder;

    @BeforeEach
    void start() throws IOException {
        film = new Footage(folder).make("short.mp4", "-i SAMPLE -t 4 -c copy");
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        host.createContext("/film.mp4", this::answer);
        host.start();
        Files.writeString(
                folder.resolve(".env"),
                "SOURCES_ALLOW_PRIVATE=true\nSOURCES_PORTS=%d\n"
                        .formatted(host.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    @Test
    void isTriedAgainAndSaysSoUntilItIsWell() throws Exception {
        try (Program serve = Program.start(folder, "serve");
                Program analyze = watched(serve)) {
            ApiClient client = serve.ready();
            String id = client.post(
                            "/api/v1/streams",
                            JsonMapper.shared().createObjectNode().put("source_url", url("api")))
                    .path("id")
                    .asString();
            await().atMost(PATIENCE).until(() -> !note(client, id).isEmpty());
            assertThat(note(client, id)).contains("answers 500").doesNotContain("token", "secret");
            await().atMost(PATIENCE).until(() -> analyze.err().contains("answers 500"));
            assertThat(analyze.err()).doesNotContain("secret");
            await().atMost(PATIENCE).until(() -> refused.get() >= 4);

            well.set(true);

            await().atMost(PATIENCE).until(() -> note(client, id).isEmpty());
            await().atMost(PATIENCE)
                    .until(() -> stream(client, id).path("status").asString().equals("completed"));
            assertThat(analyze.exit(PATIENCE)).isZero();
        }
    }

    /** A person at the same source, through the command line. */
    private Program watched(Program serve) throws IOException {
        serve.ready();
        return Program.startBeside(folder, "analyze", url("person"));
    }

    private static String note(ApiClient client, String id) throws IOException {
        return stream(client, id).at("/progress/note").asString("");
    }

    private static JsonNode stream(ApiClient client, String id) throws IOException {
        return client.get("/api/v1/streams/" + id);
    }

    private String url(String whose) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + "/film.mp4?token=secret-" + whose;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!well.get()) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(film);
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        }
    }
}
