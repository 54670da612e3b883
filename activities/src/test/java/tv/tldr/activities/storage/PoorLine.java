package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A way to a server of this machine on which everything takes its time, or connections are reset in the middle. */
public final class PoorLine implements AutoCloseable {
    private static final int AFTER = 1 << 20;

    private final ServerSocket entrance;
    private final int to;
    private final AtomicInteger cutsUp = new AtomicInteger();
    private final AtomicInteger cutsDown = new AtomicInteger();
    private final AtomicReference<String> unheard = new AtomicReference<>("");
    private final AtomicInteger resets = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;

    public PoorLine(int to) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Everything that is carried waits for so long. */
    public void delay(Duration time) {
        delay = time;
    }

    /** So many connections end when more than a megabyte of what they carry to the server has arrived there. */
    void cutSending(int connections) {
        cutsUp.set(connections);
    }

    /** So many connections end when more than a megabyte of what the server answers has arrived. */
    void cutAnswers(int connections) {
        cutsDown.set(connections);
    }

    /** The server does what the next request in which this stands asks for, and its answer does not arrive. */
    void loseAnswerTo(String request) {
        unheard.set(request);
    }

    /** Connections that were reset. */
    int resets() {
        return resets.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket here = entrance.accept();
                Connection connection = new Connection(here, new Socket(InetAddress.getLoopbackAddress(), to));
                Thread.ofVirtual().start(connection::send);
                Thread.ofVirtual().start(connection::answer);
            }
        } catch (IOException closed) {
            return;
        }
    }

    private final class Connection {
        private final Socket here;
        private final Socket there;
        private volatile boolean deaf;

        Connection(Socket here, Socket there) {
            this.here = here;
            this.there = there;
        }

        void send() {
            carry(here, there, cutsUp, true);
        }

        void answer() {
            carry(there, here, cutsDown, false);
        }

        private void carry(Socket from, Socket to, AtomicInteger cuts, boolean up) {
            byte[] buffer = new byte[1 << 16];
            long carried = 0;
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (up) {
                        listen(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                    } else if (deaf) {
                        reset();
                        return;
                    }
                    Thread.sleep(delay);
                    out.write(buffer, 0, length);
                    carried += length;
                    if (carried > AFTER && cuts.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                        reset();
                        return;
                    }
                }
            } catch (IOException closed) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void listen(String sent) {
            String wanted = unheard.get();
            deaf |= !wanted.isEmpty() && sent.contains(wanted) && unheard.compareAndSet(wanted, "");
        }

        private void reset() throws IOException {
            resets.incrementAndGet();
            here.setSoLinger(true, 0);
            here.close();
            there.close();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
