package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.storage.Sha256;

/** What is sent again by somebody whom nobody knows yet is done once, too; and nobody else gets the answer. */
class StrangersIdempotencyIT {
    private static final String AUTH = "/api/v1/auth";
    private static final String REGISTER = AUTH + "/register";
    private static final String DIED = "status = NULL, headers = NULL, body = NULL, held_until = now()";

    private final RunningApi api = RunningApi.shared();
    private final String key = UUID.randomUUID().toString();
    private final String email = "Once" + UUID.randomUUID() + "@example.com";
    private final Map<String, String> headers = headers(key);

    @Test
    void manyRegistrationsAtOnceAreOneAccountAndOneAnswer() {
        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(this::registerUntilDone, threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(Answer::text)
                .containsOnly(answers.getFirst().text());
        assertThat(answers)
                .filteredOn(answer -> answer.headers().getFirst("Idempotency-Replayed") == null)
                .hasSize(1);
    }

    private Answer registerUntilDone() {
        while (true) {
            Answer answer = register(email, Person.PASSWORD);
            if (answer.status() != 409) {
                return answer;
            }
            assertThat(answer.text("/code")).isEqualTo("PROCESSING_ERROR");
            Thread.onSpinWait();
        }
    }

    @Test
    void anotherRequestOfTheSameSenderNeedsAnotherKeyAndThatOfAnotherSenderDoesNot() {
        register(email, Person.PASSWORD);

        assertThat(register(email.toUpperCase(Locale.ROOT), Person.PASSWORD).text("/code"))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(register("other" + email, Person.PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void whatIsRefusedIsNotKept() {
        assertThat(register(email, "short").status()).isEqualTo(400);
        assertThat(register(email, Person.PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void anAccountThatADeadTryMadeIsFound() {
        Answer first = register(email, Person.PASSWORD);
        mine(DIED);

        Answer after = register(email, Person.PASSWORD);

        assertThat(after.status()).isEqualTo(201);
        assertThat(after.text("/user_id")).isEqualTo(first.text("/user_id"));
        assertThat(after.text("/organization_id")).isEqualTo(first.text("/organization_id"));
        assertThat(session(after)).isEqualTo(session(first));
    }

    @Test
    void aRefreshWhoseAnswerWasLostIsNotTakenForATheft() {
        Person person = Person.register(api);
        String body = "{\"refresh_token\": \"%s\"}".formatted(person.tokens().text("/refresh_token"));

        Answer first = post("/refresh", headers, body);
        Answer again = post("/refresh", headers, body);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(api.stranger()
                        .with(again.text("/access_token"))
                        .get("/api/v1/users/me")
                        .status())
                .isEqualTo(200);
        assertThat(post("/refresh", headers(UUID.randomUUID().toString()), body).status())
                .as("used again under another name: stolen")
                .isEqualTo(401);
    }

    @Test
    void aRefreshWhoseProcessDiedGivesTheSamePairAgainAndNobodyElse() {
        Person person = Person.register(api);
        String body = "{\"refresh_token\": \"%s\"}".formatted(person.tokens().text("/refresh_token"));
        Answer first = post("/refresh", headers, body);
        mine(DIED);

        Answer after = post("/refresh", headers, body);

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text("/refresh_token")).isEqualTo(first.text("/refresh_token"));
        assertThat(after.text("/refresh_expires_at")).isEqualTo(first.text("/refresh_expires_at"));
        assertThat(after.text("/organization_id")).isEqualTo(first.text("/organization_id"));
        assertThat(post("/refresh", headers(UUID.randomUUID().toString()), body).status())
                .as("used again under another name: stolen")
                .isEqualTo(401);
        assertThat(post(
                                "/refresh",
                                headers(UUID.randomUUID().toString()),
                                body.replaceAll(": \".*\"", ": \"" + after.text("/refresh_token") + "\""))
                        .status())
                .as("with which the session is over")
                .isEqualTo(401);
    }

    @Test
    void aSignInIsOneSessionHoweverOftenItIsSent() {
        Person person = Person.register(api);

        Answer wrong = signIn(person, "a wrong password");
        Answer first = signIn(person, Person.PASSWORD);
        Answer again = signIn(person, Person.PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(first.headers().getFirst("Idempotency-Replayed")).isNull();
        assertThat(again.text()).isEqualTo(first.text());
    }

    @Test
    void aSignInWhoseProcessDiedIsOneSession() {
        Person person = Person.register(api);
        Answer first = signIn(person, Person.PASSWORD);
        mine(DIED);

        Answer after = signIn(person, Person.PASSWORD);

        assertThat(after.status()).isEqualTo(200);
        assertThat(session(after)).isEqualTo(session(first));
        assertThat(signIns(api.stranger().with(after.text("/access_token")), person))
                .as("by registering, and once more")
                .hasSize(2)
                .contains(session(first));
    }

    @Test
    void aSessionThatIsOverIsNotGoneOnWith() {
        Person person = Person.register(api);
        Answer first = signIn(person, Person.PASSWORD);
        mine(DIED);
        Caller caller = api.stranger().with(first.text("/access_token"));
        assertThat(caller.post(AUTH + "/logout", "").status()).isEqualTo(204);

        Answer after = signIn(person, Person.PASSWORD);

        assertThat(session(after)).isNotEqualTo(session(first));
        assertThat(api.stranger()
                        .with(after.text("/access_token"))
                        .get("/api/v1/users/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPasswordIsNotGuessedAtByTryingWhetherItIsTheSameRequest() {
        Person person = Person.register(api);
        signIn(person, Person.PASSWORD);

        List<Integer> guesses = IntStream.range(0, 11)
                .mapToObj(i -> signIn(person, "guess number " + i).status())
                .toList();

        assertThat(guesses.subList(0, 10)).containsOnly(422);
        assertThat(guesses.getLast()).isEqualTo(429);
    }

    @Test
    void aPasswordIsNotGuessedAtFromWhatIsStored() {
        register(email, Person.PASSWORD);

        String noted = api.owner()
                .sql("SELECT encode(fingerprint, 'hex') AS noted FROM open_idempotency_keys WHERE key = :key")
                .bind("key", key)
                .map(row -> Objects.requireNonNull(row.get("noted", String.class)))
                .one()
                .blockOptional()
                .orElseThrow();

        assertThat(noted)
                .isNotEqualTo(Sha256.of("\nPOST " + REGISTER + "?null\n" + form(email, Person.PASSWORD))
                        .hex());
    }

    @Test
    void aKeyThatCannotBeIsRefused() {
        Answer answer = post("/register", headers("two words"), form(email, Person.PASSWORD));

        assertThat(answer.wrongFields()).containsExactly("Idempotency-Key");
    }

    private Answer register(String whose, String password) {
        return post("/register", headers, form(whose, password));
    }

    private Answer signIn(Person person, String password) {
        return post("/login", headers, "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(person.email(), password));
    }

    /** The session that an access token belongs to. */
    private static String session(Answer tokens) {
        String claims = tokens.text("/access_token").split("\\.", -1)[1];
        return JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(claims))
                .path("sid")
                .asString();
    }

    private static List<String> signIns(Caller caller, Person person) {
        return caller.get("/api/v1/organizations/" + person.organization() + "/audit-log?action=user_signed_in")
                .json()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("target").asString())
                .toList();
    }

    private Answer post(String path, Map<String, String> with, String body) {
        return api.stranger().send(HttpMethod.POST, AUTH + path, with, body);
    }

    private static String form(String email, String password) {
        return "{\"email\": \"%s\", \"password\": \"%s\", \"name\": \"Ada\", \"organization_name\": \"Example\"}"
                .formatted(email, password);
    }

    private static Map<String, String> headers(String key) {
        Map<String, String> headers = new HashMap<>(Person.headers(Person.address()));
        headers.put("Idempotency-Key", key);
        return headers;
    }

    private void mine(String change) {
        api.owner()
                .sql("UPDATE open_idempotency_keys SET " + change + " WHERE key = :key")
                .bind("key", key)
                .then()
                .block();
    }
}
