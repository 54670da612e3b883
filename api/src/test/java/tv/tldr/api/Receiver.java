package tv.tldr.api;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is told of what happens: keeps all that comes, and answers as the test says. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final ToIntFunction<Delivery> answer;
    private volatile String words = "answered";

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
            byte[] body = (words + " " + status).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** What stands before the status in the body of each answer. */
    public void says(String said) {
        words = said;
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
