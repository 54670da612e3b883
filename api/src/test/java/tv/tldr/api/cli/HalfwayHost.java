package tv.tldr.api.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host of one file that knows ranges; it stops in the middle of the whole until it is told to go on. */
final class HalfwayHost implements AutoCloseable {
    private final byte[] file;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    HalfwayHost(byte[] file) throws IOException {
        this.file = file;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v.mp4", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v.mp4";
    }

    int half() {
        return file.length / 2;
    }

    /** What each request asked for; empty for the whole. */
    List<String> ranges() {
        return ranges;
    }

    void goOn() {
        goOn.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.getResponseHeaders().set("ETag", "\"one\"");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
        try (OutputStream body = exchange.getResponseBody()) {
            int stop = Math.max(from, half());
            body.write(file, from, stop - from);
            body.flush();
            goOn.await();
            body.write(file, stop, file.length - stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
