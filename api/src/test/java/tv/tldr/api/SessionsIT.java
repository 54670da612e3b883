package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

class SessionsIT {
    private static final String ME = "/api/v1/users/me";
    private static final String STREAMS = "/api/v1/streams";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final RunningApi api = RunningApi.shared();

    @Test
    void whoRegistersIsSignedInAndOwnsAnOrganization() {
        Person ada = Person.register(api);

        assertThat(ada.tokens().status()).as(ada.tokens().toString()).isEqualTo(201);
        assertThat(ada.tokens().text("/role")).isEqualTo("OWNER");
        assertThat(ada.caller().get(ME).text("/email")).isEqualTo(ada.email());
        assertThat(ada.caller().get(STREAMS).status()).isEqualTo(200);
        assertThat(ada.caller().submit("https://media.example.com/own.mp4").status())
                .isEqualTo(202);
    }

    @Test
    void anAccessTokenOfAnotherInstallationOrOfNobodyIsRefused() {
        String token = Person.register(api).tokens().text("/access_token");
        String[] parts = token.split("\\.", -1);
        String none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + parts[1] + ".";

        for (String wrong : List.of(none, parts[0] + "." + parts[1] + ".", "eyJ", "eyJ.eyJ.eyJ", token + "x")) {
            Answer answer = api.stranger().with(wrong).get(STREAMS);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.text("/code")).isEqualTo("AUTHENTICATION_REQUIRED");
        }
        assertThat(api.stranger().get(STREAMS, Map.of("X-API-Key", token)).text("/code"))
                .isEqualTo("INVALID_API_KEY");
    }

    @Test
    void aRefreshTokenIsGoodOnceAndItsThiefEndsTheSession() {
        Person ada = Person.register(api);
        Caller before = ada.caller();
        Answer next = ada.refresh("");
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text("/refresh_token")).isNotEqualTo(ada.tokens().text("/refresh_token"));
        Caller after = before.with(next.text("/access_token"));
        assertThat(after.get(ME).status()).isEqualTo(200);

        Answer stolen = ada.refresh("");

        assertThat(stolen.status()).isEqualTo(401);
        await().atMost(A_SECOND)
                .until(() -> after.get(ME).status() == 401 && before.get(ME).status() == 401);
        assertThat(ada.post("/refresh", "{\"refresh_token\": \"" + next.text("/refresh_token") + "\"}")
                        .status())
                .isEqualTo(401);
        ada.signIn();
        Answer audit = ada.caller()
                .get("/api/v1/organizations/" + ada.organization() + "/audit-log?action=refresh_token_reused");
        assertThat(audit.text("/data/0/target")).isEqualTo(ada.id().toString());
        assertThat(audit.text("/data/0/address")).startsWith("10.");
    }

    @Test
    void ofManyWhoRefreshAtOnceOneAtMostGoesOn() {
        Person ada = Person.register(api);

        List<Integer> statuses = Flux.range(0, 8)
                .flatMap(
                        i -> Mono.fromCallable(() -> ada.refresh("").status()).subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .blockOptional()
                .orElseThrow();

        assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
        assertThat(statuses).allMatch(status -> status == 200 || status == 401);
    }

    @Test
    void whoSignsOutIsOutWithAllTokensOfThatSessionAlone() {
        Person ada = Person.register(api);
        Caller first = ada.caller();
        ada.signIn();
        Caller second = ada.caller();

        assertThat(second.post("/api/v1/auth/logout", "").status()).isEqualTo(204);

        await().atMost(A_SECOND).until(() -> second.get(ME).status() == 401);
        assertThat(ada.refresh("").status()).isEqualTo(401);
        assertThat(first.get(ME).status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordAndUnknownAddressAreTheSame() {
        Person ada = Person.register(api);

        Answer wrong = ada.login("ten rainy days in May");
        Answer unknown =
                ada.post("/login", "{\"email\": \"nobody@example.com\", \"password\": \"" + Person.PASSWORD + "\"}");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.text("/detail")).isEqualTo(wrong.text("/detail"));
        assertThat(unknown.text("/code")).isEqualTo(wrong.text("/code"));
    }

    @Test
    void tooManyTriesForAnAccountWaitWhereverTheyComeFrom() {
        Person ada = Person.register(api);
        for (int i = 0; i < 10; i++) {
            assertThat(ada.login("wrong password " + i).status()).isEqualTo(401);
        }

        Answer limited = ada.login(Person.PASSWORD);
        Answer elsewhere = api.stranger()
                .send(
                        HttpMethod.POST,
                        "/api/v1/auth/login",
                        Person.headers(Person.address()),
                        "{\"email\": \"" + ada.email().toUpperCase(Locale.ROOT) + "\", \"password\": \"x\"}");

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.text("/code")).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(Long.parseLong(String.valueOf(limited.headers().getFirst("Retry-After"))))
                .isBetween(1L, 900L);
        assertThat(elsewhere.status()).isEqualTo(429);
    }

    @Test
    void aGoodSignInForgetsTheTriesBefore() {
        Person ada = Person.register(api);
        for (int i = 0; i < 9; i++) {
            ada.login("wrong password " + i);
        }
        assertThat(ada.login(Person.PASSWORD).status()).isEqualTo(200);

        assertThat(ada.login("wrong again").status()).isEqualTo(401);
        assertThat(ada.login(Person.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void tooManyTriesFromAnAddressWaitWhicheverAccountTheyAreFor() {
        String address = Person.address();
        for (int i = 0; i < 100; i++) {
            api.stranger()
                    .send(
                            HttpMethod.POST,
                            "/api/v1/auth/verify-email",
                            Person.headers(address),
                            "{\"token\": \"guess" + i + "\"}");
        }

        Answer limited = api.stranger()
                .send(
                        HttpMethod.POST,
                        "/api/v1/auth/login",
                        Person.headers(address),
                        "{\"email\": \"someone@example.com\", \"password\": \"x\"}");

        assertThat(limited.status()).isEqualTo(429);
    }

    @Test
    void aPersonGoesFromOneOrganizationToAnother() {
        Person ada = Person.register(api);
        Answer made = ada.caller().post("/api/v1/organizations", "{\"name\": \"Second\"}");
        assertThat(made.status()).isEqualTo(201);

        assertThat(ada.caller().get("/api/v1/organizations/" + made.text("/id")).status())
                .isEqualTo(404);
        Answer foreign = ada.refresh(api.organization().toString());
        Answer there = ada.refresh(made.text("/id"));

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(there.text("/organization_id")).isEqualTo(made.text("/id"));
        Caller caller = ada.caller().with(there.text("/access_token"));
        assertThat(caller.get("/api/v1/organizations/" + made.text("/id")).text("/name"))
                .isEqualTo("Second");
        assertThat(caller.get("/api/v1/organizations").json().path("data")).hasSize(2);
        assertThat(actions(caller, made.text("/id"))).containsExactly("user_signed_in", "organization_created");
    }

    @Test
    void everyOrganizationOfAPersonLearnsThatThePasswordIsAnotherOne() {
        Person ada = Person.register(api);
        String second = ada.caller()
                .post("/api/v1/organizations", "{\"name\": \"Second\"}")
                .text("/id");

        assertThat(ada.caller()
                        .post(
                                "/api/v1/auth/password",
                                "{\"current_password\": \"%s\", \"new_password\": \"another good one\"}"
                                        .formatted(Person.PASSWORD))
                        .status())
                .isEqualTo(204);

        assertThat(actions(ada.caller(), ada.organization().toString())).startsWith("password_changed");
        Caller there = ada.caller().with(ada.refresh(second).text("/access_token"));
        assertThat(actions(there, second)).contains("password_changed");
    }

    @Test
    void everyOrganizationOfAPersonLearnsThatTheyHaveAnotherName() {
        Person ada = Person.register(api);
        String second = ada.caller()
                .post("/api/v1/organizations", "{\"name\": \"Second\"}")
                .text("/id");

        Answer renamed = ada.caller()
                .send(HttpMethod.PATCH, ME, Map.of("Content-Type", "application/json"), "{\"name\": \"Ada L.\"}");

        assertThat(renamed.status()).isEqualTo(200);
        assertThat(actions(ada.caller(), ada.organization().toString())).startsWith("user_updated");
        Caller there = ada.caller().with(ada.refresh(second).text("/access_token"));
        assertThat(actions(there, second)).contains("user_updated");
    }

    private static List<String> actions(Caller caller, String organization) {
        return caller.get("/api/v1/organizations/" + organization + "/audit-log")
                .json()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void aPersonHasThreeOrganizationsOnTheSmallestPlanHoweverManyAreAskedForAtOnce() {
        Person ada = Person.register(api);
        Caller caller = ada.caller();

        List<Answer> answers = IntStream.range(0, 5)
                .parallel()
                .mapToObj(i -> caller.post("/api/v1/organizations", "{\"name\": \"Another\"}"))
                .toList();

        assertThat(answers)
                .extracting(Answer::status)
                .containsOnly(201, 403)
                .filteredOn(status -> status == 201)
                .hasSize(2);
        String another = answers.stream()
                .filter(answer -> answer.status() == 201)
                .findFirst()
                .orElseThrow()
                .text("/id");
        // Handed over to somebody else.
        api.owner()
                .sql("DELETE FROM memberships WHERE organization_id = :id")
                .bind("id", OrganizationId.parse(another).uuid())
                .then()
                .block();
        Answer refused = caller.post("/api/v1/organizations", "{\"name\": \"Another\"}");
        assertThat(refused.text("/code")).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refused.text("/quota/name")).isEqualTo("starter_organizations");
        assertThat(refused.json().at("/quota/used").asInt()).isEqualTo(3);
        assertThat(refused.json().at("/quota/limit").asInt()).isEqualTo(3);

        api.bean(OrganizationStore.class)
                .changePlan(OrganizationId.parse(another), Plan.PROFESSIONAL)
                .block();
        assertThat(caller.post("/api/v1/organizations", "{\"name\": \"Another\"}")
                        .status())
                .isEqualTo(201);
    }
}
