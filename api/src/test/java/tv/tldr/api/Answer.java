package tv.tldr.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back; held against the API's description already. */
public final class Answer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** As every answer to HEAD is. */
    boolean isEmpty() {
        return body.length == 0;
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The text at a JSON pointer. */
    public String text(String pointer) {
        return json().at(pointer).asString();
    }

    /** The fields that a validation error names. */
    public List<String> wrongFields() {
        return json().path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
