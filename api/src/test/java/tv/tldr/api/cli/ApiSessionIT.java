package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Settings;

/** A command asks an instance whose database is away. */
class ApiSessionIT {
    private static final String UNREADY =
            "{\"status\":\"down\",\"checks\":{\"database\":{\"status\":\"down\",\"detail\":\"PostgreSQL does not answer\"}}}";
    private static final String READY = "{\"status\":\"up\",\"checks\":{\"database\":{\"status\":\"up\"}}}";

    @TempDir
    private Path folder = Path.of("");

    private volatile boolean away = true;
    private HttpServer instance;
    private int port;

    @BeforeEach
    void start() throws IOException {
        instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/", this::answer);
        instance.start();
        port = instance.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        instance.stop(0);
    }

    private void answer(HttpExchange request) throws IOException {
        byte[] body = (away ? UNREADY : READY).getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(away ? 503 : 200, body.length);
        request.getResponseBody().write(body);
        request.close();
    }

    @Test
    void whoWaitsIsToldAtOnceForWhatAndIsAnsweredWhenItIsBack() throws Exception {
        Home home = new Home(folder.resolve(".tldr"));
        StringWriter err = new StringWriter();
        Messages messages = new Messages(new PrintWriter(err, true), false);
        try (InstanceLock held = InstanceLock.tryAcquire(home).orElseThrow();
                ApiSession session = new ApiSession(
                        home,
                        new Settings(Map.of()),
                        new Cleanup(),
                        messages,
                        Optional.of("a key"),
                        ApiSession.Use.QUESTION)) {
            new RunningInstance(ProcessHandle.current().pid(), URI.create("http://127.0.0.1:" + port), null, null)
                    .announce(home);

            CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> asked(session));

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> err.toString().contains("is not ready: PostgreSQL does not answer. Waiting for it"));
            away = false;
            assertThat(answer.get(20, TimeUnit.SECONDS).path("status").asString())
                    .isEqualTo("up");
            assertThat(err.toString()).containsOnlyOnce("Waiting").doesNotContain("holds");
            assertThat(held).isNotNull();
        }
    }

    private static JsonNode asked(ApiSession session) {
        try {
            return session.ask(client -> client.get("/anything"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
