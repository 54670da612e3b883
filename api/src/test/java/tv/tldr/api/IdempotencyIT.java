package tv.tldr.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.IdempotencyStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

class IdempotencyIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final String KEYS = "/api/v1/auth/api-keys";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final String key = UUID.randomUUID().toString();
    private final String source = "https://media.example.com/" + UUID.randomUUID() + ".mp4";
    private final String body = "{\"source_url\": \"" + source + "\"}";

    @Test
    void fiftyAtOnceAreOneStreamOneStartAndOneAnswer() {
        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers =
                    IntStream.range(0, 50)
                            .mapToObj(i -> CompletableFuture.supplyAsync(this::postUntilDone, threads))
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
        }

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::text)
                .containsOnly(answers.getFirst().text());
        assertThat(answers)
                .extracting(answer -> answer.headers().getFirst("Location"))
                .containsOnly(STREAMS + "/" + answers.getFirst().text("/id"));
        assertThat(answers)
                .filteredOn(answer -> answer.headers().getFirst("Idempotency-Replayed") == null)
                .hasSize(1);
        assertThat(streams()).isEqualTo(1);
        await().until(() -> started() > 0);
        assertThat(started()).isEqualTo(1);
    }

    private Answer postUntilDone() {
        while (true) {
            Answer answer = post(caller, key, body);
            if (answer.status() != 409) {
                return answer;
            }
            assertThat(answer.text("/code")).isEqualTo("PROCESSING_ERROR");
            assertThat(answer.headers().getFirst("Retry-After")).isEqualTo("1");
            Thread.onSpinWait();
        }
    }

    @Test
    void anotherRequestNeedsAnotherKey() {
        Answer first = post(caller, key, body);

        Answer otherBody = post(caller, key, body.replace(".mp4", ".mov"));
        Answer otherPath = caller.send(
                HttpMethod.POST, STREAMS + "/" + first.text("/id") + "/stop", Map.of("Idempotency-Key", key), "");

        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(otherBody.text("/code")).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(otherPath.status()).isEqualTo(422);
        assertThat(streams()).isEqualTo(1);
    }

    @Test
    void aRefusalIsRepeatedToo() {
        Answer first = post(caller, key, "{\"source_url\": 1}");
        Answer again = post(caller, key, "{\"source_url\": 1}");

        assertThat(first.status()).isEqualTo(400);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.headers().getContentType()).isEqualTo(first.headers().getContentType());
        assertThat(again.headers().getFirst("X-Request-Id"))
                .isNotEqualTo(first.headers().getFirst("X-Request-Id"));
    }

    @Test
    void whatTheKeyLacksAScopeForIsNotKept() {
        Caller reader = api.caller(caller.organization(), null, "streams:read");

        assertThat(post(reader, key, body).status()).isEqualTo(403);
        assertThat(post(caller, key, body).status()).isEqualTo(202);
    }

    @Test
    void anAnswerIsNotToldToAKeyOfFewerScopes() {
        Caller reader = api.caller(caller.organization(), null, "streams:read");
        Caller writer = api.caller(caller.organization(), null, "streams:write");
        Caller rotated = api.caller(caller.organization(), null, "streams:*");
        Answer first = post(writer, key, body);

        assertThat(post(reader, key, body).text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        assertThat(post(rotated, key, body).text()).isEqualTo(first.text());
    }

    @Test
    void whatSomebodySentIsNothingToOthers() {
        Person member = Person.in(api, caller.organization(), Role.MEMBER);
        Person admin = Person.in(api, caller.organization(), Role.ADMIN);
        String wanted = "{\"name\": \"ci\", \"scopes\": [\"streams:*\"]}";
        Answer made = member.caller().send(HttpMethod.POST, KEYS, headers(key), wanted);

        Answer theirs = admin.caller().send(HttpMethod.POST, KEYS, headers(key), wanted);

        assertThat(made.status()).isEqualTo(201);
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.headers().getFirst("Idempotency-Replayed")).isNull();
        assertThat(theirs.text("/id")).isNotEqualTo(made.text("/id"));
        assertThat(admin.caller()
                        .send(HttpMethod.POST, KEYS, headers(key), wanted.replace("ci", "cd"))
                        .text("/code"))
                .as("the same person, another request")
                .isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void aPersonAndTheKeysThatTheyMadeAreOne() {
        Person admin = Person.in(api, caller.organization(), Role.ADMIN);
        Answer made = admin.caller().post(KEYS, "{\"name\": \"ci\", \"scopes\": [\"admin\"]}");
        Caller robot = caller.with(made.text("/secret"));

        Answer first = post(robot, "k".repeat(255), body);
        Answer again = post(robot, "k".repeat(255), body);
        Answer other = post(admin.caller(), "k".repeat(255), body.replace(".mp4", ".mov"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void whatAnOlderVersionKeptUnderOneNameForAllPeopleIsFound() {
        Person member = Person.in(api, caller.organization(), Role.MEMBER);
        Person other = Person.in(api, caller.organization(), Role.MEMBER);
        Answer first = post(member.caller(), key, body);
        theProcessDiedBeforeItAnswered();
        sql("UPDATE idempotency_keys SET person = NULL, client_key = NULL");

        Answer after = post(member.caller(), key, body);
        Answer theirs = post(other.caller(), key, body.replace(".mp4", ".mov"));

        assertThat(after.text("/id")).isEqualTo(first.text("/id"));
        assertThat(theirs.status()).isEqualTo(202);
    }

    @Test
    void everySessionEndsThatIsToldToUnderWhicheverKey() {
        Person person = Person.register(api);
        Caller first = person.caller();
        person.signIn();
        Caller second = person.caller();

        first.send(HttpMethod.POST, "/api/v1/auth/logout", headers(key), "");
        second.send(HttpMethod.POST, "/api/v1/auth/logout", headers(key), "");

        await().atMost(Duration.ofSeconds(2))
                .until(() -> second.get("/api/v1/users/me").status() == 401);
    }

    @Test
    void organizationsDoNotMeet() {
        Caller other = api.caller("admin");
        Answer mine = post(caller, key, body);
        Answer theirs = post(other, key, body);

        assertThat(theirs.status()).isEqualTo(202);
        assertThat(theirs.text("/id")).isNotEqualTo(mine.text("/id"));
    }

    @Test
    void theSameIsRefusedWhileItIsUnderWayAndGoesOnWhenItsProcessDied() {
        Answer first = post(caller, key, body);
        sql(
                "UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, held_until = now() + interval '1h'");

        Answer underWay = post(caller, key, body);
        sql("UPDATE idempotency_keys SET held_until = now()");
        Answer after = post(caller, key, body);

        assertThat(underWay.status()).isEqualTo(409);
        assertThat(underWay.text("/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(after.status()).isEqualTo(202);
        assertThat(after.text("/id")).as("what the first try wrote is found").isEqualTo(first.text("/id"));
        assertThat(streams()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "batches          | {'streams': [{'source_url': 'https://media.example.com/SOURCE.mp4'}]}",
                "dimension-sets   | {'name': 'Mine', 'base': 'podcast_default'}",
            })
    void whatADeadTryHasMadeIsFound(String resource, String form) {
        String path = "/api/v1/" + resource;
        String wanted = form.replace('\'', '"').replace("SOURCE", key);
        Answer first = caller.send(HttpMethod.POST, path, headers(key), wanted);
        theProcessDiedBeforeItAnswered();

        Answer after = caller.send(HttpMethod.POST, path, headers(key), wanted);

        assertThat(first.text("/id")).isNotEmpty();
        assertThat(after.status()).isEqualTo(first.status());
        assertThat(after.text("/id")).isEqualTo(first.text("/id"));
        assertThat(after.headers().getFirst("Location"))
                .isEqualTo(first.headers().getFirst("Location"));
        assertThat(caller.get(path).text()).containsOnlyOnce("\"id\":\"" + first.text("/id"));
    }

    @Test
    void aKeyThatADeadTryMadeGetsASecretThatIsTold() {
        String wanted = "{\"name\": \"Robot\", \"scopes\": [\"streams:read\"]}";
        Answer first = caller.send(HttpMethod.POST, KEYS, headers(key), wanted);
        theProcessDiedBeforeItAnswered();
        Answer after = caller.send(HttpMethod.POST, KEYS, headers(key), wanted);

        assertThat(after.status()).isEqualTo(201);
        assertThat(after.text("/id")).isEqualTo(first.text("/id"));
        assertThat(caller.with(after.text("/secret")).get(STREAMS).status()).isEqualTo(200);
        await().until(() -> caller.with(first.text("/secret")).get(STREAMS).status() == 401);
    }

    @Test
    void aRotationOfWhichNobodyWasToldIsDoneAgain() {
        String path = KEYS + "/"
                + caller.post(KEYS, "{\"name\": \"Robot\", \"scopes\": [\"streams:read\"]}")
                        .text("/id") + "/rotate";
        Answer first = caller.send(HttpMethod.POST, path, headers(key), "{}");
        theProcessDiedBeforeItAnswered();

        Answer after = caller.send(HttpMethod.POST, path, headers(key), "{}");

        assertThat(after.status()).isEqualTo(first.status());
        assertThat(after.text("/id")).isEqualTo(first.text("/id"));
        assertThat(caller.with(after.text("/secret")).get(STREAMS).status()).isEqualTo(200);
    }

    private static Map<String, String> headers(String key) {
        return Map.of("Content-Type", "application/json", "Idempotency-Key", key);
    }

    private void theProcessDiedBeforeItAnswered() {
        sql("UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, held_until = now()");
    }

    @Test
    void aClientThatHangsUpFindsItDone() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            String request = "POST " + STREAMS + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + caller.key()
                    + "\r\nIdempotency-Key: " + key + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            await().until(() ->
                    count("SELECT count(*) AS n FROM idempotency_keys WHERE organization_id = :organization") == 1);
        }
        await().until(() ->
                count("SELECT count(status) AS n FROM idempotency_keys WHERE organization_id = :organization") == 1);

        Answer again = post(caller, key, body);

        assertThat(again.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.status()).isEqualTo(202);
        assertThat(streams()).isEqualTo(1);
    }

    @Test
    void theDatabaseAloneDoesNotTellWhatWasAnswered() {
        String secret = post(caller, key, body).text("/id");

        ByteBuffer kept = api.owner()
                .sql("SELECT body FROM idempotency_keys WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .map(row -> Objects.requireNonNull(row.get("body", ByteBuffer.class)))
                .one()
                .blockOptional()
                .orElseThrow();
        assertThat(UTF_8.decode(kept).toString()).doesNotContain(secret, "source_url");
    }

    @Test
    void afterADayTheKeyIsFreeAndItsRowIsSwept() {
        Answer first = post(caller, key, body);
        sql("UPDATE idempotency_keys SET expires_at = now() - interval '1 second'");

        Answer other = post(caller, key, body.replace(".mp4", ".mov"));
        assertThat(other.status()).isEqualTo(202);
        assertThat(other.text("/id")).isNotEqualTo(first.text("/id"));

        sql("UPDATE idempotency_keys SET expires_at = now() - interval '1 second'");
        api.bean(IdempotencyStore.class).sweep().block();
        assertThat(count("SELECT count(*) AS n FROM idempotency_keys WHERE organization_id = :organization"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "schlüssel", "tab\tbed"})
    void refusesAKeyThatIsNone(String bad) {
        Answer answer = post(caller, bad, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("Idempotency-Key");
        assertThat(streams()).isZero();
    }

    @Test
    void aKeyHasAtMost255Characters() {
        assertThat(post(caller, "k".repeat(256), body).status()).isEqualTo(400);
        assertThat(post(caller, "k".repeat(255), body).status()).isEqualTo(202);
    }

    private static Answer post(Caller caller, String key, String body) {
        return caller.send(HttpMethod.POST, STREAMS, headers(key), body);
    }

    private long streams() {
        return count("SELECT count(*) AS n FROM streams WHERE organization_id = :organization");
    }

    private long started() {
        OrganizationId organization = caller.organization();
        return api.bean(EventStore.class)
                .after(organization, 0, 100)
                .filter(event -> event.type().equals("stream.started"))
                .count()
                .blockOptional(Duration.ofSeconds(10))
                .orElseThrow();
    }

    private long count(String statement) {
        return api.count(caller.organization(), statement);
    }

    private void sql(String update) {
        api.owner()
                .sql(update + " WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .then()
                .block();
    }
}
