package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.workflows.activity.StreamRef;

/** Somebody who reads server-sent events, line by line, as they come. */
public final class Follower implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BufferedReader lines;

    private Follower(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    public record Told(long id, String type, JsonNode data) {}

    public static Follower of(RunningApi api, Caller caller, StreamRef stream, long after) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + api.port() + "/api/v1/streams/" + stream.streamId() + "/events"))
                .header("X-API-Key", caller.key())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", String.valueOf(after))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<InputStream> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            return new Follower(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the server has begun to answer. */
    void awaitOpen() {
        assertThat(line()).startsWith("retry:");
    }

    /** The next so many. */
    public List<Told> take(int count) {
        List<Told> told = new ArrayList<>();
        long id = 0;
        String type = "";
        String line = "";
        while (told.size() < count && (line = line()) != null) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                type = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                told.add(new Told(id, type, JsonMapper.shared().readTree(line.substring(5))));
            }
        }
        return told;
    }

    /** All until the server ends. */
    public List<Told> untilTheEnd() {
        try (this) {
            return take(Integer.MAX_VALUE);
        }
    }

    private @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
