package tv.tldr.activities.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where nobody may go, on 127.0.0.1, ::1 and this machine's other addresses: counts every connection, and answers like a
 * web server.
 */
public final class Canary implements AutoCloseable {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";

    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger own = new AtomicInteger();
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final List<InetAddress> addresses = new ArrayList<>();

    public Canary() throws IOException {
        int port = listen("127.0.0.1", 0);
        listen("::1", port);
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress address : own) {
            listen(address, port);
            addresses.add(address);
        }
    }

    private int listen(String address, int port) throws IOException {
        return listen(InetAddress.ofLiteral(address), port);
    }

    private int listen(InetAddress address, int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(address, port));
        listeners.add(listener);
        Thread.ofVirtual().start(() -> serve(listener));
        return listener.socket().getLocalPort();
    }

    private void serve(ServerSocketChannel listener) {
        while (listener.isOpen()) {
            try (SocketChannel caller = listener.accept();
                    Socket socket = caller.socket()) {
                hits.incrementAndGet();
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException goneOrClosed) {
                // The next one, or the end.
            }
        }
    }

    /** Those that are neither loopback nor good on one link alone. */
    public List<InetAddress> addresses() {
        return List.copyOf(addresses);
    }

    public int port() {
        return listeners.getFirst().socket().getLocalPort();
    }

    /** Connections of others so far: all that were made before this was asked, also where nobody has taken them yet. */
    public synchronized int hits() {
        listeners.forEach(this::waitBehindAll);
        return hits.get() - own.get();
    }

    /** Connections are taken one after the other. */
    private void waitBehindAll(ServerSocketChannel listener) {
        try (SocketChannel last = SocketChannel.open(listener.getLocalAddress());
                Socket socket = last.socket()) {
            socket.getInputStream().readAllBytes();
            own.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (ServerSocketChannel listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
