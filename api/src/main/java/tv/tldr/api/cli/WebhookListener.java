package tv.tldr.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes webhooks on a port of this machine, tells what came and whether it is ours, and hands it on. */
final class WebhookListener implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int LONGEST = 16 << 20;
    private static final Set<String> OF_A_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "http2-settings");

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final @Nullable URI forwardTo;
    private final Consumer<String> said;
    private volatile String secret = "";

    /**
     * Begins at once.
     *
     * @param port 0: a free one
     * @param forwardTo null: nobody else gets it
     * @param said told each line
     */
    WebhookListener(int port, @Nullable URI forwardTo, Consumer<String> said) throws IOException {
        this.forwardTo = forwardTo;
        this.said = said;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /** What is verified with it from now on. */
    void verifyWith(String key) {
        secret = key;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST);
            String body = new String(bytes, UTF_8);
            SignatureCheck.Finding finding =
                    check(exchange, body).judge(Clock.systemUTC().instant(), Duration.ofMinutes(5));
            int status = finding.good() ? 200 : 400;
            String handedOn = "";
            if (forwardTo != null) {
                status = forward(exchange, bytes, forwardTo);
                handedOn = " → " + (status == 502 ? "nobody there" : String.valueOf(status));
            }
            said.accept(line(body) + (finding.good() ? "  verified" : "  NOT VERIFIED: " + finding.why()) + handedOn);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private SignatureCheck check(HttpExchange exchange, String body) {
        return new SignatureCheck(
                secret,
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                header(exchange, "X-TLDR-Signature"),
                body);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String line(String body) {
        try {
            JsonNode event = JsonMapper.shared().readTree(body);
            return event.path("created_at").asString("?") + "  "
                    + event.path("type").asString("?") + "  " + event.path("id").asString("?") + "  attempt "
                    + event.at("/metadata/attempt").asInt(0);
        } catch (JacksonException noJson) {
            return "Something that is no JSON, " + body.length() + " characters";
        }
    }

    private int forward(HttpExchange exchange, byte[] body, URI target) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (var header : exchange.getRequestHeaders().entrySet()) {
            if (!OF_A_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                List<String> values = header.getValue();
                values.forEach(value -> request.header(header.getKey(), value));
            }
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException away) {
            return 502;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 502;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
