package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tv.tldr.workflows.account.OrganizationId;

/** A client of the API. Every answer must be one that {@code openapi.json} describes. */
public final class Caller {
    private final int port;
    private final WebTestClient client;
    private final String key;
    private final OrganizationId organization;

    Caller(int port, String key, OrganizationId organization) {
        this.port = port;
        this.client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(32 << 20))
                .build();
        this.key = key;
        this.organization = organization;
    }

    public OrganizationId organization() {
        return organization;
    }

    public String key() {
        return key;
    }

    /** Somebody else in the same organization, with another key or an access token. */
    public Caller with(String credential) {
        return new Caller(port, credential, organization);
    }

    /** The same caller at another process. */
    public Caller at(RunningApi process) {
        return new Caller(process.port(), key, organization);
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, Map.of(), "");
    }

    public Answer get(String path, Map<String, String> headers) {
        return send(HttpMethod.GET, path, headers, "");
    }

    public Answer post(String path, String json) {
        return send(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), json);
    }

    /** Submits a source that no other stream has; the stream's id. */
    public String submitted() {
        return submit("https://media.example.com/" + java.util.UUID.randomUUID() + ".mp4")
                .text("/id");
    }

    public Answer submit(String url) {
        return post("/api/v1/streams", "{\"source_url\": \"" + url + "\"}");
    }

    /** Asks for a stream's end, which is promised. */
    public void stop(String stream) {
        assertThat(post("/api/v1/streams/" + stream + "/stop", "{}").status()).isEqualTo(202);
    }

    /** The streams of a batch that have a status, in the batch's order. */
    public List<String> entries(String batch, String status) {
        return get("/api/v1/batches/" + batch)
                .json()
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("status").asString().equals(status))
                .map(entry -> entry.path("stream_id").asString())
                .toList();
    }

    public Answer send(HttpMethod method, String path, Map<String, String> headers, String body) {
        return send(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(HttpMethod method, String path, Map<String, String> headers, byte[] body) {
        WebTestClient.RequestBodySpec request = client.method(method).uri(path);
        if (key.startsWith("eyJ")) {
            request.header("Authorization", "Bearer " + key);
        } else if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        headers.forEach((name, value) -> request.headers(all -> all.set(name, value)));
        WebTestClient.ResponseSpec response =
                body.length == 0 ? request.exchange() : request.bodyValue(body).exchange();
        EntityExchangeResult<byte[]> result = response.expectBody().returnResult();
        byte[] bytes = Objects.requireNonNullElse(result.getResponseBody(), new byte[0]);
        Answer answer = new Answer(result.getStatus().value(), result.getResponseHeaders(), bytes);
        Contract.INSTANCE.check(method, path, answer);
        return answer;
    }
}
