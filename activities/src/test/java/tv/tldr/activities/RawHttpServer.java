package tv.tldr.activities;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;

/** A server on loopback that writes exactly the bytes a test wants, and breaks off where it wants. */
public final class RawHttpServer implements AutoCloseable {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket listener;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param headers by name, in any case
     * @param text all of it, with the body whose length it tells
     */
    public record Request(String path, Map<String, String> headers, String text) {}

    @FunctionalInterface
    public interface Script {
        /** Answers one request; the connection is closed afterwards. */
        void answer(Request request, OutputStream out) throws Exception;
    }

    /** What a script ends with to have the connection reset instead of closed in order. */
    public static final class Reset extends Exception {}

    /** What a script ends with to say nothing more until the client has gone. */
    public static final class Hang extends Exception {}

    public RawHttpServer(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    public RawHttpServer(ServerSocketFactory sockets, Script script) throws IOException {
        this.script = script;
        this.listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A body as {@code Content-Encoding: gzip} has it. */
    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** One that answers every request with this text. */
    public static RawHttpServer answering(String text) throws IOException {
        return new RawHttpServer((request, out) -> write(out, text));
    }

    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Connections that came, whether or not anything came over them. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            requests.add(request);
            answer(request, socket);
        } catch (Exception clientLeft) {
            // The client hung up, which several tests are about.
        }
    }

    private static Request read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int next = in.read();
            if (next < 0) {
                return new Request("", Map.of(), head.toString());
            }
            head.append((char) next);
        }
        List<String> lines = head.toString().lines().toList();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size() - 1)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        return new Request(lines.getFirst().split(" ", -1)[1], headers, head + new String(body, ISO_8859_1));
    }

    private void answer(Request request, Socket socket) throws Exception {
        try {
            script.answer(request, socket.getOutputStream());
        } catch (Reset reset) {
            socket.setSoLinger(true, 0);
        } catch (Hang hang) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
