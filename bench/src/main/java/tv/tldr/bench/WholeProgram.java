package tv.tldr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tldr serve} with everything below it, as a process of its own in a folder of its own. */
final class WholeProgram implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} ([0-9.E]+)");
    private static final int POLL_MILLIS = 250;
    private static final int DELETED = 204;

    /** To ask for metrics is work, too: not at every look. */
    private static final int LOOKS_A_HEAP = 8;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI api;
    private final String key;
    private double peakHeap;

    private WholeProgram(Process process, URI api, String key) {
        this.process = process;
        this.api = api;
        this.key = key;
    }

    /** @param heap the most that the virtual machine may take, such as {@code 512m} */
    static WholeProgram start(Path jar, Path home, String heap) throws IOException, InterruptedException {
        return start(jar, home, heap, Map.of());
    }

    /** The same with settings. */
    static WholeProgram start(Path jar, Path home, String heap, Map<String, String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path announcement = home.resolve("instance.properties");
        Files.deleteIfExists(announcement);
        File log = home.resolve("serve.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "serve"))
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("TLDR_HOME", home.toString());
        builder.environment().putAll(settings);
        Process process = builder.start();
        while (!Files.exists(announcement)) {
            if (!process.isAlive()) {
                throw new IOException("the program ended: see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        Properties told = new Properties();
        told.load(new StringReader(Files.readString(announcement)));
        return new WholeProgram(process, URI.create(told.getProperty("api_url")), key(home));
    }

    /** Empty: it was given a database, and made none. */
    private static String key(Path home) throws IOException {
        Path file = home.resolve("api-key");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** Takes a video through the whole program. Answers with its highlights. */
    JsonNode analyse(Path video, String options) throws IOException, InterruptedException {
        return get(complete(video, options) + "/highlights?limit=100").path("data");
    }

    /** Takes a video through the whole program. Answers with the path of its stream. */
    String complete(Path video, String options) throws IOException, InterruptedException {
        String body = "{\"source_url\":\"" + video.toUri() + "\",\"allow_duplicate\":true,\"options\":" + options + "}";
        String path = "/api/v1/streams/"
                + ask(HttpRequest.newBuilder(api.resolve("/api/v1/streams")).POST(BodyPublishers.ofString(body)))
                        .path("id")
                        .asText();
        JsonNode stream = get(path);
        for (int look = 0; !stream.path("status").asText().matches("completed|failed|stopped"); look++) {
            if (look % LOOKS_A_HEAP == 0) {
                peakHeap = Math.max(peakHeap, heap());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            stream = get(path);
        }
        if (!stream.path("status").asText().equals("completed")) {
            throw new IOException("the stream did not complete: " + stream.path("errors"));
        }
        return path;
    }

    /** What the program answers to {@code body} at {@code path}. */
    JsonNode post(String path, String body) {
        try {
            return ask(HttpRequest.newBuilder(api.resolve(path)).POST(BodyPublishers.ofString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it answers to whoever has {@code key}. */
    int status(String path, String key) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(api.resolve(path))
                                .header("X-API-Key", key)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** Deletes for whoever has {@code key} what is at {@code path}, however long it takes. */
    void delete(String path, String key, String body) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .method("DELETE", BodyPublishers.ofString(body))
                        .header("X-API-Key", key)
                        .header("Content-Type", "application/json")
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != DELETED) {
            throw new IOException(path + " was not deleted: " + answer.body());
        }
    }

    /** Without a path. */
    URI address() {
        return api;
    }

    /** Bytes of the heap in use when it was most, garbage included. */
    double peakHeap() {
        return peakHeap;
    }

    /** Bytes of the virtual machine in memory when it was most; 0 where there is no {@code /proc}. */
    long peakResident() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (Files.notExists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }

    /** Seconds of processors that the virtual machine has taken so far; the server of its database is not in it. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1000.0;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }

    /** Bytes of the heap in use, garbage included. */
    double heap() throws IOException, InterruptedException {
        Matcher matcher = HEAP.matcher(
                http.send(request("/metrics").build(), BodyHandlers.ofString()).body());
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(api.resolve(path)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("X-API-Key", key);
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(http.send(
                        request.header("X-API-Key", key)
                                .header("Content-Type", "application/json")
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }
}
