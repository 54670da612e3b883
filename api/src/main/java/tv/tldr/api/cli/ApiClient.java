package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as this program's commands use it. An {@link IOException} means that the instance is gone. */
final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DOWNLOAD_PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI api;
    private final String key;

    ApiClient(URI api, String key) {
        this.api = api;
        this.key = key;
    }

    /** Whether all that the instance needs is there. */
    boolean isReady() {
        try {
            return http.send(request("/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why it is not ready, in the words of its checks; empty when it is, or does not say. */
    Optional<String> complaint() {
        try {
            JsonNode checks = json(send(request("/health/ready").build(), BodyHandlers.ofString())
                            .body())
                    .path("checks");
            return checks.propertyStream()
                    .filter(check ->
                            !check.getValue().path("status").asString("").equals("up"))
                    .map(check -> check.getValue().path("detail").asString(check.getKey()))
                    .findFirst();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    JsonNode get(String path) throws IOException {
        return answer(request(path).build());
    }

    JsonNode post(String path, JsonNode body) throws IOException {
        return send("POST", path, body);
    }

    JsonNode put(String path, JsonNode body) throws IOException {
        return send("PUT", path, body);
    }

    JsonNode patch(String path, JsonNode body) throws IOException {
        return send("PATCH", path, body);
    }

    JsonNode delete(String path) throws IOException {
        return answer(request(path).DELETE().build());
    }

    /** All of a list, page after page. */
    List<JsonNode> list(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=100" + cursor);
            page.path("data").forEach(items::add);
            cursor = page.path("has_more").asBoolean(false)
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** Writes what {@code url}, absolute or a path of the API, leads to into {@code file}. */
    void download(String url, Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(url))
                .timeout(DOWNLOAD_PATIENCE)
                .header("X-API-Key", key)
                .build();
        HttpResponse<Path> response = send(request, BodyHandlers.ofFile(file));
        if (response.statusCode() != 200) {
            throw new Failure("A clip could not be fetched: HTTP " + response.statusCode() + " for "
                    + request.uri().getPath());
        }
    }

    private JsonNode send(String verb, String path, JsonNode body) throws IOException {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .method(verb, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).header("X-API-Key", key);
    }

    private JsonNode answer(HttpRequest request) throws IOException {
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        JsonNode body = json(response.body());
        if (response.statusCode() >= 400) {
            throw Refusal.of(response.statusCode(), body);
        }
        return body;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
