package tv.tldr.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A collector of traces on this machine: takes OTLP over HTTP, and says what it was sent. */
public final class Collector implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int NAME = 5;

    private final HttpServer server;
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    public static Collector start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Collector collector = new Collector(server);
        server.createContext("/v1/traces", collector::take);
        server.start();
        return collector;
    }

    /** One step of a trace. */
    public record Span(String trace, String name) {}

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Span> spans() {
        return requests.stream()
                .flatMap(request -> inside(Stream.of(ByteString.copyFrom(request)), RESOURCE_SPANS, SCOPE_SPANS, SPANS))
                .map(Collector::read)
                .map(span -> new Span(
                        HexFormat.of().formatHex(first(span, TRACE_ID).toByteArray()),
                        first(span, NAME).toStringUtf8()))
                .toList();
    }

    /** All that it was sent, as far as it is text. */
    public String text() {
        return requests.stream()
                .map(request -> new String(request, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    private void take(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Stream<ByteString> inside(Stream<ByteString> messages, int... fields) {
        Stream<ByteString> found = messages;
        for (int field : fields) {
            found = found.flatMap(message -> read(message).getField(field).getLengthDelimitedList().stream());
        }
        return found;
    }

    private static ByteString first(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().getFirst();
    }

    private static UnknownFieldSet read(ByteString message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
