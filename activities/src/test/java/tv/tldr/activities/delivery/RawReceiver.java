package tv.tldr.activities.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/** A receiver that answers in bytes, right or wrong: each connection has one request, then what the test writes. */
final class RawReceiver implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final Answer answer;
    private final List<String> requests = new ArrayList<>();
    private int connections;

    /** What is sent back; the connection is closed behind it. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws Exception;
    }

    RawReceiver(ServerSocketFactory sockets, String scheme, Answer answer) {
        this.scheme = scheme;
        this.answer = answer;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static RawReceiver plain(Answer answer) {
        return new RawReceiver(ServerSocketFactory.getDefault(), "http", answer);
    }

    static RawReceiver answering(String text) {
        return plain(out -> out.write(text.getBytes(ISO_8859_1)));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                synchronized (requests) {
                    connections++;
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = head(socket.getInputStream());
            synchronized (requests) {
                requests.add(request);
            }
            answer.write(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (Exception brokenOff) {
            // The client has gone, as some of the tests want.
        }
    }

    /** With the body, whose length it tells. */
    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return text.toString();
            }
            text.append((char) next);
        }
        int length = text.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), ISO_8859_1);
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Connections that came, whether or not anything came over them. */
    int connections() {
        synchronized (requests) {
            return connections;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
