package tv.tldr.activities.egress;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A stranger's web server, on an address of loopback that tests allow: files of a folder, texts and redirects. */
public final class Origin implements AutoCloseable {
    public static final String ADDRESS = "127.0.0.2";

    private record Redirect(int status, String location) {}

    private final HttpServer server;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, Redirect> redirects = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    public Origin(Path folder) throws IOException {
        this(folder, 0);
    }

    /** @param port 0: any */
    public Origin(Path folder, int port) throws IOException {
        this(folder, HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port), 0));
    }

    /** By TLS. */
    public Origin(Path folder, TestCertificate certificate) throws Exception {
        this(folder, secure(certificate));
    }

    private static HttpServer secure(TestCertificate certificate) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return server;
    }

    private Origin(Path folder, HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            Path file = folder.resolve(path.substring(1));
            try (exchange) {
                Redirect redirect = redirects.get(path);
                if (redirect != null) {
                    exchange.getResponseHeaders().set("Location", redirect.location());
                    exchange.sendResponseHeaders(redirect.status(), -1);
                } else if (texts.containsKey(path) || Files.isRegularFile(file)) {
                    byte[] body = texts.containsKey(path)
                            ? texts.get(path).getBytes(StandardCharsets.UTF_8)
                            : Files.readAllBytes(file);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
    }

    public void text(String path, String text) {
        texts.put(path, text);
    }

    public void redirect(String path, String location) {
        redirect(path, 302, location);
    }

    public void redirect(String path, int status, String location) {
        redirects.put(path, new Redirect(status, location));
    }

    public String url(String path) {
        return "http://" + ADDRESS + ":" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
