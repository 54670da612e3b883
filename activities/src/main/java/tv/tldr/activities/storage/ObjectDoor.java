package tv.tldr.activities.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How does FFmpeg read an object of another machine? From a door on this one, which is open to whoever knows its name, as long
 * as the job lasts, and leads to this object alone. Behind it is our own client, which knows whether everything could be read:
 * FFmpeg itself ends with success when a server goes away in the middle.
 */
final class ObjectDoor implements AutoCloseable {
    private static final int NAME_BYTES = 24;
    private static final int BLOCK = 64 << 10;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

    private final ObjectStore store;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpServer server;

    ObjectDoor(ObjectStore store) {
        this.store = store;
    }

    private record Opened(ObjectKey key, long size, AtomicReference<@Nullable RuntimeException> trouble) {}

    private record Part(long first, long end) {}

    <T, E extends Exception> T open(ObjectKey key, long size, ObjectUse<T, E> use) throws E {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        String name = "/" + HexFormat.of().formatHex(bytes);
        Opened door = new Opened(key, size, new AtomicReference<>());
        opened.put(name, door);
        try {
            T outcome = use.with(new MediaInput(URI.create("http://127.0.0.1:" + port() + name)));
            throwTrouble(door, null);
            return outcome;
        } catch (CancellationException | ActivityCompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            throwTrouble(door, e);
            throw e;
        } finally {
            opened.remove(name);
        }
    }

    private static void throwTrouble(Opened door, @Nullable RuntimeException consequence) {
        RuntimeException trouble = door.trouble().get();
        if (trouble != null) {
            if (consequence != null && consequence != trouble) {
                trouble.addSuppressed(consequence);
            }
            throw trouble;
        }
    }

    private synchronized int port() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException("no port of this machine could be opened for FFmpeg", e);
            }
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Opened door = opened.get(exchange.getRequestURI().getPath());
            if (door == null || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Optional<Part> part = part(exchange.getRequestHeaders().getFirst("Range"), door.size());
            if (part.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + door.size());
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            send(exchange, door, part.get());
        }
    }

    private void send(HttpExchange exchange, Opened door, Part part) throws IOException {
        try (InputStream content = store.range(door.key(), part.first(), part.end() - part.first())) {
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + part.first() + "-" + (part.end() - 1) + "/" + door.size());
            exchange.sendResponseHeaders(206, part.end() - part.first());
            copy(content, exchange.getResponseBody());
        } catch (RuntimeException e) {
            // The connection breaks off; what it means is told to whoever waits for FFmpeg.
            door.trouble().compareAndSet(null, e);
        }
    }

    /** What cannot be written is nobody's trouble: FFmpeg has read enough, and went on elsewhere. */
    private static void copy(InputStream content, OutputStream body) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = content.read(block); read >= 0; read = content.read(block)) {
            body.write(block, 0, read);
        }
        body.close();
    }

    private static Optional<Part> part(@Nullable String range, long size) {
        Matcher matcher = RANGE.matcher(range == null ? "bytes=0-" : range);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(1));
        String last = matcher.group(2);
        long end = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
        return first < end ? Optional.of(new Part(first, end)) : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
