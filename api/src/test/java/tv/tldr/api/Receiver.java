package tv.tldr.api;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is told of what happens: keeps all that comes, and answers as the test says. */
public final class Receiver implements AutoCloseable {
    private static final int FIRST_OF_FAILURES = 300;

    private final HttpServer server;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final ToIntFunction<Delivery> answer;
    private volatile @Nullable String secret;

    /** One request as it came. */
    public record Delivery(String body, HttpHeaders headers) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String type() {
            return json().path("type").asString();
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public int attempt() {
            return json().at("/metadata/attempt").asInt();
        }
    }

    private Receiver(HttpServer server, ToIntFunction<Delivery> answer) {
        this.server = server;
        this.answer = answer;
    }

    /** @param answer the status to each; may take its time */
    public static Receiver answering(ToIntFunction<Delivery> answer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Receiver receiver = new Receiver(server, answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", receiver::take);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Delivery delivery = new Delivery(
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    HttpHeaders.of(Map.copyOf(exchange.getRequestHeaders()), (name, value) -> true));
            synchronized (deliveries) {
                deliveries.add(delivery);
            }
            int status = answer.applyAsInt(delivery);
            String words = "answered " + status;
            if (status < FIRST_OF_FAILURES && !isSigned(delivery)) {
                status = HTTP_UNAUTHORIZED;
                words = "The signature does not fit.";
            }
            byte[] body = words.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** From now on it takes what is signed with this secret alone, and answers 401 to all else. */
    public void verifyWith(String known) {
        secret = known;
    }

    private boolean isSigned(Delivery delivery) {
        String known = secret;
        try {
            if (known != null) {
                new Webhook(known).verify(delivery.body(), delivery.headers());
            }
            return true;
        } catch (WebhookVerificationException refused) {
            return false;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public List<Delivery> all() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
