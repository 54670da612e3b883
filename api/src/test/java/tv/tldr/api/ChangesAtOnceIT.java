package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Many change the same thing at once, and none of them names a version: each change is made, one after another. */
class ChangesAtOnceIT {
    private static final int MANY = 12;
    private static final String SET = "{\"name\": \"Mine\", \"dimensions\": [{\"id\": \"wit\", \"weight\": 1}]}";

    private final RunningApi api = RunningApi.shared();
    private final Person owner = Person.register(api).unlimited();
    private final Caller caller = owner.caller();

    @ParameterizedTest
    @ValueSource(strings = {"organization", "user", "key", "webhook", "set"})
    void everyChangeIsWritten(String what) {
        String path = path(what);
        long before = version(caller.get(path));

        List<Answer> answers = atOnce(i -> patch(path, i, Map.of()));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers).extracting(ChangesAtOnceIT::version).doesNotHaveDuplicates();
        assertThat(version(caller.get(path))).isEqualTo(before + MANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization", "user", "key", "webhook", "set"})
    void ofThoseThatNameTheSameVersionOneIsWritten(String what) {
        String path = path(what);
        Map<String, String> seen = Map.of("If-Match", "\"" + version(caller.get(path)) + "\"");

        List<Answer> answers = atOnce(i -> patch(path, i, seen));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200)
                .as("written")
                .hasSize(1);
    }

    @Test
    void everyTypeComesIntoTheSet() {
        String types = path("set") + "/highlight-types";

        List<Answer> answers = atOnce(i -> caller.post(types, "{\"id\": \"type_" + i + "\"}"));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(caller.get(types).json().path("data")).hasSize(MANY);
    }

    @Test
    void everyOptionComesToAStreamThatWaits() {
        String path =
                "/api/v1/streams/" + Sample.pending(api, owner.organization()).streamId();
        List<Map.Entry<String, Integer>> options = List.of(
                Map.entry("highlight_threshold", 1),
                Map.entry("min_duration", 9),
                Map.entry("max_duration", 90),
                Map.entry("merge_threshold", 7),
                Map.entry("buffer_before", 8),
                Map.entry("buffer_after", 4),
                Map.entry("max_highlights", 6),
                Map.entry("ai_budget_usd", 2));

        List<Answer> answers = atOnce(options.size(), i -> {
            String body = "{\"options\": {\"%s\": %d}}"
                    .formatted(options.get(i).getKey(), options.get(i).getValue());
            return caller.send(HttpMethod.PATCH, path, Map.of("Content-Type", "application/json"), body);
        });

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        JsonNode there = caller.get(path).json().path("options");
        assertThat(options)
                .allSatisfy(option -> assertThat(there.path(option.getKey()).asDouble())
                        .as(option.getKey())
                        .isEqualTo(option.getValue().doubleValue()));
    }

    private Answer patch(String path, int i, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        String field = path.contains("webhooks") ? "description" : "name";
        return caller.send(HttpMethod.PATCH, path, all, "{\"%s\": \"n%d\"}".formatted(field, i));
    }

    private String path(String what) {
        return switch (what) {
            case "organization" -> "/api/v1/organizations/" + owner.organization();
            case "user" -> "/api/v1/users/me";
            case "key" -> made("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:read\"]}");
            case "webhook" -> made("/api/v1/webhooks", "{\"url\": \"http://127.0.0.1:9/hook\", \"events\": [\"*\"]}");
            case "set" -> made("/api/v1/dimension-sets", SET);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private String made(String list, String body) {
        Answer made = caller.post(list, body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return list + "/" + made.text("/id");
    }

    private static List<Answer> atOnce(IntFunction<Answer> request) {
        return atOnce(MANY, request);
    }

    private static List<Answer> atOnce(int many, IntFunction<Answer> request) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, many)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> request.apply(i), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private static long version(Answer answer) {
        String tag = String.valueOf(answer.headers().getETag());
        assertThat(tag).as(answer.toString()).matches("\"\\d+\"");
        return Long.parseLong(tag.replace("\"", ""));
    }
}
