package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.batch.BatchId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/** Every operation that names a thing, as the API's own description lists them: a new one is covered by itself. */
class TenantIsolationIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller owner = api.caller("admin");
    private final Caller other = api.caller("admin");
    private final Sample sample = Sample.completed(api, owner.organization());
    private final String batch = owner.post(
                    "/api/v1/batches",
                    "{\"streams\": [{\"source_url\": \"https://media.example.com/" + FreshUuid.next() + ".mp4\"}]}")
            .text("/id");

    @TestFactory
    Stream<DynamicTest> foreignAndUnknownIdsAreTheSameToTheCaller() {
        return Contract.INSTANCE
                .document()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getKey().contains("{id}"))
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> DynamicTest.dynamicTest(
                                method + " " + path.getKey(), () -> check(method, path.getKey()))));
    }

    private void check(String method, String template) {
        // What may be deleted is one of its own.
        Sample sample = method.equals("delete") ? Sample.completed(api, owner.organization()) : this.sample;
        String kind = template.replaceFirst("^/api/v1/([^/]+)/.*", "$1");
        String foreign = foreign(kind, sample);
        String unknown = unknown(kind);
        Answer theirs = call(other, method, template, foreign);
        Answer mine = call(owner, method, template, foreign);

        assertThat(mine.status())
                .as("done, or refused for the state that the owner's stream is in")
                .matches(status -> status < 300 || status == HttpStatus.CONFLICT.value());
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.text("/code")).isEqualTo("RESOURCE_NOT_FOUND");
        for (String id : List.of(unknown, "x", "stream_", "hl_zzzzzzzzzzzzzzzzzzzzzzzzzz", "%00", "..%2f..")) {
            assertThat(withoutNames(call(other, method, template, id))).isEqualTo(withoutNames(theirs));
        }
        assertThat(status(this.sample.stream())).isEqualTo("completed");
    }

    private String foreign(String kind, Sample sample) {
        return switch (kind) {
            case "highlights" -> sample.highlight(0).toString();
            case "batches" -> batch;
            default -> sample.stream().streamId().toString();
        };
    }

    private static String unknown(String kind) {
        return switch (kind) {
            case "highlights" -> new HighlightId(FreshUuid.next()).toString();
            case "batches" -> new BatchId(FreshUuid.next()).toString();
            default -> new StreamId(FreshUuid.next()).toString();
        };
    }

    private static Answer call(Caller caller, String method, String template, String id) {
        String body = template.endsWith("/feedback") ? "{\"verdict\": \"accurate\"}" : "";
        return caller.send(
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                template.replace("{id}", id),
                body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"),
                body);
    }

    /** What is left when the request's own path and name are taken out. */
    private static ObjectNode withoutNames(Answer answer) {
        return answer.json().asObject().without(List.of("instance", "request_id"));
    }

    private String status(StreamRef stream) {
        return api.bean(StreamStore.class)
                .find(stream)
                .blockOptional()
                .orElseThrow()
                .status()
                .wire();
    }
}
