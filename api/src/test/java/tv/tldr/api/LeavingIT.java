package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.DeletedOrganization;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.workflows.account.Role;

/** Organizations and people that go, and people whose address changes. */
class LeavingIT {
    private static final String ORGANIZATIONS = "/api/v1/organizations";
    private static final String ME = "/api/v1/users/me";
    private static final String PROOF = "{\"password\": \"" + Person.PASSWORD + "\"}";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final RunningApi api = RunningApi.shared();
    private final Person ada = Person.register(api);
    private final TestMail mail = RunningApi.mail();
    private final String place = "/api/v1/organizations/" + ada.organization();

    @Test
    void anOrganizationGoesWithAllThatItHas() {
        Caller owner = ada.caller();
        Sample sample = Sample.completed(api, ada.organization());
        ObjectStore objects = api.bean(ObjectStore.class);
        ObjectKey clip = ObjectKeys.clip(sample.stream(), sample.highlight(0), 1);
        assertThat(objects.find(clip)).isPresent();
        String secret = owner.post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:read\"]}")
                .text("/secret");
        Caller key = owner.with(secret);
        owner.post("/api/v1/webhooks", "{\"url\": \"https://hooks.example.com/tldr\", \"events\": [\"*\"]}");
        assertThat(key.get("/api/v1/streams").status()).isEqualTo(200);
        copyStream(25);

        Answer gone = delete(owner, place, "{\"name\": \"Example\"}");

        assertThat(gone.status()).as(gone.toString()).isEqualTo(204);
        await().atMost(A_SECOND)
                .until(() -> key.get("/api/v1/streams").status() == 401
                        && owner.get(place).status() == 401);
        assertThat(rowsOfAdas()).isEmpty();
        await().until(() -> objects.find(clip).isEmpty());
        assertThat(ada.login(Person.PASSWORD).json().path("organization_id").isNull())
                .isTrue();
    }

    @Test
    void thatAnOrganizationIsGoneIsToldToItsOwnersAndToWhoeverRunsTheInstallation() {
        Person grace = Person.in(api, ada.organization(), Role.OWNER);
        Person member = Person.in(api, ada.organization(), Role.MEMBER);

        assertThat(delete(ada.caller(), place, "{\"name\": \"Example\"}").status())
                .isEqualTo(204);

        for (Person owner : List.of(ada, grace)) {
            mail.token(owner.email(), "An organization of yours was deleted", 1);
            assertThat(mail.to(owner.email()).getLast().text())
                    .contains("Example", ada.organization().toString(), ada.id().toString());
        }
        assertThat(mail.to(member.email())).noneMatch(sent -> sent.text().contains("was deleted"));
        DeletedOrganization noted = api.bean(OrganizationStore.class)
                .deleted()
                .filter(gone -> gone.id().equals(ada.organization()))
                .single()
                .blockOptional()
                .orElseThrow();
        assertThat(noted.name()).isEqualTo("Example");
        assertThat(noted.order().actor()).isEqualTo(ada.id().toString());
        assertThat(noted.order().address()).isNotEmpty();
    }

    @Test
    void anOrganizationThatStaysAfterAllKeepsItsAuditLog() {
        Sample.completed(api, ada.organization());
        OwnTransaction reader = new OwnTransaction(api);
        reader.run("SELECT FROM events WHERE organization_id = '"
                + ada.organization().uuid() + "' FOR UPDATE");
        CompletableFuture<Answer> deletion =
                CompletableFuture.supplyAsync(() -> delete(ada.caller(), place, "{\"name\": \"Example\"}"));
        await().until(() ->
                api.count(ada.organization(), "SELECT count(*) AS n FROM streams WHERE organization_id = :organization")
                        == 0);

        Sample.pending(api, ada.organization());
        reader.commit();

        assertThat(deletion.join().status()).isEqualTo(409);
        assertThat(ada.caller().get(place + "/audit-log").text()).contains("user_registered");
        assertThat(ada.caller().get(ORGANIZATIONS).json().path("data")).hasSize(1);
    }

    @Test
    void whoseLastOrganizationIsGoneStaysSomebodyAndMakesAnotherOne() {
        Caller outside = ada.outside().caller();

        assertThat(outside.get(ME).text("/email")).isEqualTo(ada.email());
        assertThat(outside.get(ORGANIZATIONS).json().path("data")).isEmpty();
        Map<String, String> once = Map.of("Content-Type", "application/json", "Idempotency-Key", "again");
        Answer made = outside.send(HttpMethod.POST, ORGANIZATIONS, once, "{\"name\": \"Another\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(outside.send(HttpMethod.POST, ORGANIZATIONS, once, "{\"name\": \"Another\"}")
                        .text("/id"))
                .as("once, however often it is sent")
                .isEqualTo(made.text("/id"));

        ada.refresh();

        assertThat(ada.tokens().text("/role")).isEqualTo("OWNER");
        assertThat(ada.tokens().text("/organization_id")).isEqualTo(made.text("/id"));
        assertThat(ada.caller().get("/api/v1/streams").status()).isEqualTo(200);
        assertThat(ada.caller().get(ORGANIZATIONS).text("/data/0/name")).isEqualTo("Another");
    }

    @Test
    void whoBelongsToNoOrganizationSignsOutComesBackAndLeaves() {
        Caller outside = ada.outside().caller();
        assertThat(outside.post("/api/v1/auth/logout", "").status()).isEqualTo(204);
        await().atMost(A_SECOND).until(() -> outside.get(ME).status() == 401);
        assertThat(ada.refresh("").status()).isEqualTo(401);
        ada.signIn();
        Caller back = outside.with(ada.tokens().text("/access_token"));
        assertThat(back.post(
                                "/api/v1/auth/password",
                                "{\"current_password\": \"%s\", \"new_password\": \"another of my passwords\"}"
                                        .formatted(Person.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(delete(back, ME, PROOF).status()).isEqualTo(401);

        assertThat(delete(back, ME, "{\"password\": \"another of my passwords\"}")
                        .status())
                .isEqualTo(204);

        await().atMost(A_SECOND).until(() -> back.get(ME).status() == 401);
        assertThat(ada.login("another of my passwords").status()).isEqualTo(401);
    }

    @Test
    void whoBelongsToNoOrganizationAsksSixtyTimesAMinute() {
        Caller outside = ada.outside().caller();

        List<Integer> answers = IntStream.range(0, 65)
                .mapToObj(i -> outside.get(ME).status())
                .distinct()
                .toList();

        assertThat(answers).containsExactly(200, 429);
    }

    /** More than go at a time. */
    private void copyStream(int times) {
        Long made = api.owner()
                .sql(
                        "INSERT INTO streams SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*"
                                + " FROM streams one, generate_series(1, " + times + ") WHERE one.organization_id = '"
                                + ada.organization().uuid() + "'")
                .fetch()
                .rowsUpdated()
                .block();
        assertThat(made).isEqualTo(times);
    }

    @Test
    void anotherNameAnotherVersionAndWhoIsNoOwnerDeleteNothing() {
        Person admin = Person.in(api, ada.organization(), Role.ADMIN);

        assertThat(delete(ada.caller(), place, "{\"name\": \"example\"}").wrongFields())
                .containsExactly("name");
        assertThat(ada.caller()
                        .send(
                                HttpMethod.DELETE,
                                place,
                                Map.of("Content-Type", "application/json", "If-Match", "\"7\""),
                                "{\"name\": \"Example\"}")
                        .status())
                .isEqualTo(412);
        assertThat(delete(admin.caller(), place, "{\"name\": \"Example\"}").status())
                .isEqualTo(403);
        assertThat(delete(api.caller(ada.organization(), null, "organizations:*"), place, "{\"name\": \"Example\"}")
                        .status())
                .as("a key does not reach beyond its scopes")
                .isEqualTo(403);
        assertThat(ada.caller().get(place).text("/name")).isEqualTo("Example");
    }

    @Test
    void whatIsInProcessHoldsItsOrganization() {
        Sample.pending(api, ada.organization());

        Answer refused = delete(ada.caller(), place, "{\"name\": \"Example\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains("pending").contains("/stop");
        assertThat(ada.caller().get(place).status()).isEqualTo(200);
    }

    @Test
    void somebodyLeavesEverywhereAndTheirKeysWithThem() {
        Person owner = Person.register(api);
        Person grace = Person.in(api, owner.organization(), Role.ADMIN);
        String secret = grace.caller()
                .post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:read\"]}")
                .text("/secret");
        Caller key = owner.caller().with(secret);
        assertThat(key.get("/api/v1/streams").status()).isEqualTo(200);

        assertThat(delete(grace.caller(), ME, "{\"password\": \"somebody else's guess\"}")
                        .status())
                .isEqualTo(401);
        Answer refused = delete(grace.caller(), ME, PROOF);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains("last owner of \"Example\"");
        assertThat(key.get("/api/v1/streams").status())
                .as("what is refused changes nothing")
                .isEqualTo(200);

        Answer own = grace.login(Person.PASSWORD);
        assertThat(delete(
                                grace.caller().with(own.text("/access_token")),
                                "/api/v1/organizations/" + own.text("/organization_id"),
                                "{\"name\": \"Example\"}")
                        .status())
                .isEqualTo(204);
        assertThat(delete(grace.caller(), ME, PROOF).status()).isEqualTo(204);

        await().atMost(A_SECOND)
                .until(() -> key.get("/api/v1/streams").status() == 401
                        && grace.caller().get(ME).status() == 401);
        assertThat(grace.login(Person.PASSWORD).status()).isEqualTo(401);
        assertThat(owner.caller()
                        .get("/api/v1/organizations/" + owner.organization() + "/audit-log?action=member_removed")
                        .text("/data/0/actor"))
                .isEqualTo(grace.id().toString());
    }

    @Test
    void anotherAddressCountsFromWhenItsLinkIsFollowed() {
        String wanted = "ada-" + UUID.randomUUID() + "@example.net";

        assertThat(ada.caller().post(ME + "/email", change(wanted, "a guess")).status())
                .isEqualTo(401);
        assertThat(ada.caller()
                        .post(ME + "/email", change(wanted, Person.PASSWORD))
                        .status())
                .isEqualTo(202);
        String token = mail.token(wanted, "Confirm your new", 1);
        assertThat(ada.caller().get(ME).text("/email")).isEqualTo(ada.email());

        assertThat(ada.post("/verify-email", "{\"token\": \"" + token + "\"}").status())
                .isEqualTo(204);

        assertThat(ada.caller().get(ME).text("/email")).isEqualTo(wanted);
        assertThat(ada.caller().get(ME).text("/email_verified_at")).isNotEmpty();
        assertThat(ada.login(Person.PASSWORD).status()).isEqualTo(401);
        mail.token(ada.email(), "Your e-mail address was changed", 1);
        assertThat(ada.post("/verify-email", "{\"token\": \"" + token + "\"}").wrongFields())
                .containsExactly("token");
    }

    @Test
    void anotherPasswordMakesALinkToAnotherAddressVoid() {
        String eves = "eve-" + UUID.randomUUID() + "@example.net";
        ada.caller().post(ME + "/email", change(eves, Person.PASSWORD));
        String changed = mail.token(eves, "Confirm your new", 1);
        assertThat(ada.caller()
                        .post(
                                "/api/v1/auth/password",
                                "{\"current_password\": \"%s\", \"new_password\": \"eleven dry days in June\"}"
                                        .formatted(Person.PASSWORD))
                        .status())
                .isEqualTo(204);
        ada.caller().post(ME + "/email", change(eves, "eleven dry days in June"));
        String reset = mail.token(eves, "Confirm your new", 2);
        ada.post("/password/forgot", "{\"email\": \"" + ada.email() + "\"}");
        assertThat(ada.post(
                                "/password/reset",
                                "{\"token\": \"%s\", \"new_password\": \"twelve wet days in July\"}"
                                        .formatted(mail.token(ada.email(), "Choose", 1)))
                        .status())
                .isEqualTo(204);

        for (String link : List.of(changed, reset)) {
            assertThat(ada.post("/verify-email", "{\"token\": \"" + link + "\"}")
                            .wrongFields())
                    .containsExactly("token");
        }
        assertThat(ada.login("twelve wet days in July").status()).isEqualTo(200);
    }

    @Test
    void thatAnAddressWasChangedIsToldHoweverManyLinksWereAskedForBefore() {
        for (int i = 0; i < 6; i++) {
            ada.post("/password/forgot", "{\"email\": \"" + ada.email() + "\"}");
        }
        mail.token(ada.email(), "Choose", 4);
        String eves = "eve-" + UUID.randomUUID() + "@example.net";
        ada.caller().post(ME + "/email", change(eves, Person.PASSWORD));

        ada.post("/verify-email", "{\"token\": \"" + mail.token(eves, "Confirm your new", 1) + "\"}");

        mail.token(ada.email(), "Your e-mail address was changed", 1);
    }

    @Test
    void whoseAnAddressIsIsToldToNobodyElse() {
        Person grace = Person.register(api);

        Answer taken = ada.caller().post(ME + "/email", change(grace.email(), Person.PASSWORD));

        assertThat(taken.status()).isEqualTo(202);
        assertThat(ada.caller().get(ME).text("/email")).isEqualTo(ada.email());
    }

    private static String change(String email, String password) {
        return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
    }

    private static Answer delete(Caller caller, String path, String json) {
        return caller.send(HttpMethod.DELETE, path, Map.of("Content-Type", "application/json"), json);
    }

    /** The tables in which something of the organization is left, but for the note of what is to be removed. */
    private List<String> rowsOfAdas() {
        return api
                .owner()
                .sql("""
                        SELECT class.oid::regclass::text AS name FROM pg_class class JOIN pg_attribute part ON part.attrelid = class.oid
                        WHERE class.relkind = 'r' AND class.relnamespace = current_schema()::regnamespace
                          AND part.attname = 'organization_id' AND class.relname <> 'object_removals'
                        """)
                .map(row -> Objects.requireNonNull(row.get("name", String.class)))
                .all()
                .collectList()
                .blockOptional()
                .orElseThrow()
                .stream()
                .filter(this::hasSomethingOfAdas)
                .toList();
    }

    private boolean hasSomethingOfAdas(String table) {
        return api.owner()
                .sql("SELECT 1 FROM " + table + " WHERE organization_id = :id LIMIT 1")
                .bind("id", ada.organization().uuid())
                .fetch()
                .first()
                .blockOptional()
                .isPresent();
    }
}
