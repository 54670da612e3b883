package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

class AccountsIT {
    private static final String ME = "/api/v1/users/me";
    private static final String NEW_PASSWORD = "eleven dry days in June";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final RunningApi api = RunningApi.shared();
    private final Person ada = Person.register(api);
    private final TestMail mail = RunningApi.mail();

    @Test
    void tellsEveryFaultOfARegistrationAtOnce() {
        Answer refused = ada.post(
                "/register",
                "{\"email\": \"ada\", \"password\": \"short\", \"name\": \" \", \"role\": \"OWNER\", \"plan\": \"ENTERPRISE\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder("email", "password", "name", "organization_name", "role", "plan");
    }

    @Test
    void oneAddressHasOneAccountHoweverItIsWritten() {
        Answer second = ada.post(
                "/register",
                "{\"email\": \"%s\", \"password\": \"%s\", \"name\": \"Ada\", \"organization_name\": \"Other\"}"
                        .formatted(ada.email().toUpperCase(Locale.ROOT), Person.PASSWORD));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("/code")).isEqualTo("DUPLICATE_RESOURCE");
    }

    @Test
    void theLinkInTheMailVerifiesTheAddressOnce() {
        assertThat(ada.caller().get(ME).json().path("email_verified_at").isNull())
                .isTrue();
        String token = mail.token(ada.email(), "Confirm", 1);

        assertThat(ada.post("/verify-email", "{\"token\": \"" + token + "\"}").status())
                .isEqualTo(204);

        assertThat(ada.caller().get(ME).json().path("email_verified_at").isNull())
                .isFalse();
        assertThat(ada.post("/verify-email", "{\"token\": \"" + token + "\"}").wrongFields())
                .containsExactly("token");
        assertThat(ada.caller().post("/api/v1/auth/verify-email/resend", "").status())
                .isEqualTo(202);
    }

    @Test
    void anotherLinkMakesTheOneBeforeVoid() {
        String first = mail.token(ada.email(), "Confirm", 1);
        assertThat(ada.caller().post("/api/v1/auth/verify-email/resend", "").status())
                .isEqualTo(202);
        String second = mail.token(ada.email(), "Confirm", 2);

        assertThat(ada.post("/verify-email", "{\"token\": \"" + first + "\"}").status())
                .isEqualTo(400);
        assertThat(ada.post("/verify-email", "{\"token\": \"" + second + "\"}").status())
                .isEqualTo(204);
    }

    @Test
    void aForgottenPasswordIsResetByTheLinkAndEndsAllSessions() {
        Caller before = ada.caller();
        assertThat(before.get(ME).status()).isEqualTo(200);
        Answer known = ada.post("/password/forgot", "{\"email\": \"" + ada.email() + "\"}");
        Answer unknown = ada.post("/password/forgot", "{\"email\": \"nobody-" + UUID.randomUUID() + "@example.com\"}");
        assertThat(known.status()).isEqualTo(202);
        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(unknown.text()).isEqualTo(known.text());
        String token = mail.token(ada.email(), "Choose", 1);

        assertThat(reset(token, "p".repeat(20)).wrongFields()).containsExactly("new_password");
        assertThat(reset(token, ada.email()).wrongFields()).containsExactly("new_password");
        assertThat(reset(token, NEW_PASSWORD).status()).isEqualTo(204);

        await().atMost(A_SECOND).until(() -> before.get(ME).status() == 401);
        mail.token(ada.email(), "Your password was changed", 1);
        assertThat(reset(token, NEW_PASSWORD).wrongFields()).containsExactly("token");
        assertThat(ada.login(Person.PASSWORD).status()).isEqualTo(401);
        assertThat(ada.login(NEW_PASSWORD).status()).isEqualTo(200);
        assertThat(ada.refresh("").status()).isEqualTo(401);
    }

    @Test
    void aChangedPasswordEndsTheOtherSessions() {
        Caller elsewhere = ada.caller();
        ada.signIn();
        Caller here = ada.caller();

        assertThat(change(here, "wrong password", NEW_PASSWORD).status()).isEqualTo(401);
        assertThat(change(here, Person.PASSWORD, "123456789012").wrongFields()).containsExactly("new_password");
        assertThat(change(here, Person.PASSWORD, NEW_PASSWORD).status()).isEqualTo(204);

        await().atMost(A_SECOND).until(() -> elsewhere.get(ME).status() == 401);
        assertThat(here.get(ME).status()).isEqualTo(200);
        assertThat(ada.login(NEW_PASSWORD).status()).isEqualTo(200);
        mail.token(ada.email(), "Your password was changed", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "id,'\"usr_01kb0000000000000000000000\"'",
        "email,'\"eve@example.com\"'",
        "email_verified_at,'\"2026-01-01T00:00:00Z\"'",
        "version,9",
        "password_hash,'\"x\"'",
        "role,'\"OWNER\"'"
    })
    void nothingButTheNameIsChangedByAPatch(String field, String value) {
        Answer refused = patch(ada.caller(), ME, "{\"name\": \"Eve\", \"" + field + "\": " + value + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly(field);
        assertThat(patch(ada.caller(), ME, "{\"name\": \"Ada L.\"}").text("/name"))
                .isEqualTo("Ada L.");
    }

    @Test
    void whoeverIsInvitedComesInWithTheRoleOfTheInvitation() {
        String grace = "grace-" + UUID.randomUUID() + "@example.com";
        Answer invitation = invite(ada.caller(), grace, "MEMBER");
        assertThat(invitation.status()).as(invitation.toString()).isEqualTo(201);
        assertThat(invitation.text()).doesNotContain("token");
        assertThat(invitation.text("/mail_status")).isEqualTo("sent");
        String token = mail.token(grace, "You are invited", 1);

        assertThat(accept(token, "Grace", "short").wrongFields()).containsExactly("password");
        Answer in = accept(token, "Grace", Person.PASSWORD);

        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        assertThat(in.text("/role")).isEqualTo("MEMBER");
        assertThat(in.text("/organization_id")).isEqualTo(ada.organization().toString());
        Caller member = ada.caller().with(in.text("/access_token"));
        assertThat(member.get(ME).json().path("email_verified_at").isNull()).isFalse();
        assertThat(invite(member, "x@example.com", "VIEWER").status()).isEqualTo(403);
        assertThat(accept(token, "Grace", Person.PASSWORD).wrongFields()).containsExactly("token");
        assertThat(invite(ada.caller(), grace, "ADMIN").status()).isEqualTo(409);
    }

    @Test
    void whoInvitesAnAddressOverAndOverHearsThatItGetsNoMoreMail() {
        String grace = "grace-" + UUID.randomUUID() + "@example.com";

        List<String> told = IntStream.range(0, 12)
                .mapToObj(i -> invite(ada.caller(), grace, "MEMBER").text("/mail_status"))
                .toList();

        assertThat(told).startsWith("sent").endsWith("limited").doesNotContain("off", "logged");
    }

    @Test
    void anOrganizationHasNoMailSentToEverNewAddresses() {
        Caller owner = ada.unlimited().caller();

        List<String> told = IntStream.range(0, 101)
                .mapToObj(i -> invite(owner, "i" + UUID.randomUUID() + "@example.com", "VIEWER")
                        .text("/mail_status"))
                .toList();

        assertThat(told.subList(0, 100)).containsOnly("sent");
        assertThat(told.getLast()).isEqualTo("limited");
    }

    @Test
    void whoHasAnAccountAcceptsWithItsPasswordAlone() {
        Person grace = Person.register(api);
        invite(ada.caller(), grace.email(), "VIEWER");
        String token = mail.token(grace.email(), "You are invited", 1);

        assertThat(accept(token, "Grace", "somebody else's guess").status()).isEqualTo(401);
        assertThat(accept(token, "Grace", Person.PASSWORD).text("/role")).isEqualTo("VIEWER");
    }

    @Test
    void anInvitationThatWasTakenBackIsVoid() {
        String grace = "grace-" + UUID.randomUUID() + "@example.com";
        String id = invite(ada.caller(), grace, "MEMBER").text("/id");
        String token = mail.token(grace, "You are invited", 1);
        assertThat(ada.caller().get(place("/invitations")).text("/data/0/email"))
                .isEqualTo(grace);

        assertThat(ada.caller()
                        .send(HttpMethod.DELETE, place("/invitations/" + id), Map.of(), "")
                        .status())
                .isEqualTo(204);

        assertThat(accept(token, "Grace", Person.PASSWORD).wrongFields()).containsExactly("token");
        assertThat(ada.caller().get(place("/invitations")).json().path("data")).isEmpty();
    }

    @Test
    void aPlanHasRoomForSoManyAndAnInvitationToTheSameAddressTakesNoSecondPlace() {
        String again = "again-" + UUID.randomUUID() + "@example.com";
        assertThat(invite(ada.caller(), again, "VIEWER").status()).isEqualTo(201);
        assertThat(invite(ada.caller(), again, "VIEWER").status()).isEqualTo(201);
        for (int i = 0; i < 3; i++) {
            assertThat(invite(ada.caller(), "i" + UUID.randomUUID() + "@example.com", "VIEWER")
                            .status())
                    .isEqualTo(201);
        }

        Answer full = invite(ada.caller(), "late@example.com", "VIEWER");

        assertThat(full.status()).isEqualTo(403);
        assertThat(full.text("/code")).isEqualTo("QUOTA_EXCEEDED");
        assertThat(full.text("/quota/name")).isEqualTo("users");
        assertThat(full.json().at("/quota/used").asInt()).isEqualTo(5);
        assertThat(full.json().at("/quota/limit").asInt()).isEqualTo(5);
        assertThat(ada.caller().get(place("/invitations")).json().path("data")).hasSize(4);
    }

    @Test
    void theLastOwnerStays() {
        Caller owner = ada.caller();
        String self = place("/members/" + ada.id());

        assertThat(patch(owner, self, "{\"role\": \"ADMIN\"}").status()).isEqualTo(409);
        assertThat(owner.send(HttpMethod.DELETE, self, Map.of(), "").status()).isEqualTo(409);

        Person grace = Person.in(api, ada.organization(), Role.OWNER);
        assertThat(patch(owner, self, "{\"role\": \"ADMIN\"}").status()).isEqualTo(200);
        assertThat(patch(grace.caller(), place("/members/" + grace.id()), "{\"role\": \"VIEWER\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aRoleIsNotChangedOverWhatSomebodyElseDidMeanwhile() {
        Person grace = Person.in(api, ada.organization(), Role.MEMBER);
        String member = place("/members/" + grace.id());
        String read = ada.caller()
                .get(place("/members"))
                .json()
                .path("data")
                .valueStream()
                .filter(row -> row.path("user_id").asString().equals(grace.id().toString()))
                .map(row -> "\"" + row.path("version").asLong() + "\"")
                .findFirst()
                .orElseThrow();

        Answer first = conditional(HttpMethod.PATCH, member, read, "{\"role\": \"ADMIN\"}");
        Answer second = conditional(HttpMethod.PATCH, member, read, "{\"role\": \"VIEWER\"}");
        Answer removal = conditional(HttpMethod.DELETE, member, read, "");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().getETag()).isEqualTo("\"2\"");
        assertThat(second.status()).isEqualTo(412);
        assertThat(removal.status()).isEqualTo(412);
        assertThat(conditional(HttpMethod.DELETE, member, "\"2\"", "").status()).isEqualTo(204);
    }

    @Test
    void membersAndInvitationsAreListedByRoleAndFromEitherEnd() {
        Person grace = Person.in(api, ada.organization(), Role.ADMIN);
        Person late = Person.in(api, ada.organization(), Role.VIEWER);
        String viewer = invite(ada.caller(), "v" + UUID.randomUUID() + "@example.com", "VIEWER")
                .text("/id");
        String member = invite(ada.caller(), "m" + UUID.randomUUID() + "@example.com", "MEMBER")
                .text("/id");
        api.owner()
                .sql(
                        "UPDATE invitations SET expires_at = now() WHERE organization_id = :organization AND role = 'viewer'")
                .bind("organization", ada.organization().uuid())
                .then()
                .block();

        assertThat(listed("/members?order=desc", "user_id"))
                .containsExactly(
                        late.id().toString(), grace.id().toString(), ada.id().toString());
        assertThat(listed("/members?role=OWNER,ADMIN", "user_id"))
                .containsExactly(ada.id().toString(), grace.id().toString());
        assertThat(listed("/members?role=MEMBER", "user_id")).isEmpty();
        assertThat(ada.caller().get(place("/members?role=owner&order=up")).wrongFields())
                .containsExactlyInAnyOrder("role", "order");
        assertThat(listed("/invitations?order=desc", "id")).containsExactly(member, viewer);
        assertThat(listed("/invitations?role=VIEWER", "id")).containsExactly(viewer);
        assertThat(listed("/invitations?expired=true", "id")).containsExactly(viewer);
        assertThat(listed("/invitations?expired=false", "id")).containsExactly(member);
    }

    @Test
    void onesOrganizationsAreListedFromEitherEnd() {
        String first = ada.organization().toString();
        String second = ada.caller()
                .post("/api/v1/organizations", "{\"name\": \"Second\"}")
                .text("/id");

        assertThat(ids(ada.caller().get("/api/v1/organizations"), "id")).containsExactly(first, second);
        assertThat(ids(ada.caller().get("/api/v1/organizations?order=desc"), "id"))
                .containsExactly(second, first);
    }

    private List<String> listed(String list, String id) {
        return ids(ada.caller().get(place(list)), id);
    }

    private static List<String> ids(Answer page, String id) {
        return page.json()
                .path("data")
                .valueStream()
                .map(row -> row.path(id).asString())
                .toList();
    }

    private Answer conditional(HttpMethod method, String path, String version, String body) {
        return ada.caller().send(method, path, Map.of("Content-Type", "application/json", "If-Match", version), body);
    }

    @Test
    void nobodyHandlesWhoIsAboveThem() {
        Person admin = Person.in(api, ada.organization(), Role.ADMIN);
        Person member = Person.in(api, ada.organization(), Role.MEMBER);
        Caller key = api.caller(ada.organization(), null, "users:write");

        assertThat(patch(admin.caller(), place("/members/" + ada.id()), "{\"role\": \"VIEWER\"}")
                        .status())
                .isEqualTo(403);
        assertThat(patch(admin.caller(), place("/members/" + member.id()), "{\"role\": \"OWNER\"}")
                        .status())
                .isEqualTo(403);
        assertThat(invite(admin.caller(), "o@example.com", "OWNER").status()).isEqualTo(403);
        assertThat(patch(admin.caller(), place("/members/" + admin.id()), "{\"role\": \"OWNER\"}")
                        .status())
                .isEqualTo(403);
        assertThat(patch(key, place("/members/" + member.id()), "{\"role\": \"ADMIN\"}")
                        .status())
                .as("a key does not reach beyond its scopes")
                .isEqualTo(403);
        assertThat(patch(admin.caller(), place("/members/" + member.id()), "{\"role\": \"ADMIN\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLoweredRoleCountsAtOnceForThePersonAndTheirKeys() {
        Person grace = Person.in(api, ada.organization(), Role.ADMIN);
        Answer key = grace.caller().post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:*\"]}");
        Caller holder = ada.caller().with(key.text("/secret"));
        assertThat(holder.submit("https://media.example.com/lowered.mp4").status())
                .isEqualTo(202);
        assertThat(grace.caller().get(place("/audit-log")).status()).isEqualTo(200);

        patch(ada.caller(), place("/members/" + grace.id()), "{\"role\": \"VIEWER\"}");

        await().atMost(A_SECOND)
                .until(() ->
                        holder.submit("https://media.example.com/lowered.mp4").status() == 403
                                && grace.caller().get(place("/audit-log")).status() == 403);
        assertThat(holder.get("/api/v1/streams").status()).isEqualTo(200);

        assertThat(ada.caller()
                        .send(HttpMethod.DELETE, place("/members/" + grace.id()), Map.of(), "")
                        .status())
                .isEqualTo(204);

        await().atMost(A_SECOND)
                .until(() -> holder.get("/api/v1/streams").status() == 401
                        && grace.caller().get("/api/v1/streams").status() == 401);
        assertThat(grace.refresh("").text("/organization_id"))
                .isNotEqualTo(ada.organization().toString());
    }

    @Test
    void whatSomebodyLeftDoesNotComeBackWithThem() {
        Person grace = Person.in(api, ada.organization(), Role.ADMIN);
        Answer key = grace.caller().post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:*\"]}");
        Caller holder = ada.caller().with(key.text("/secret"));
        invite(grace.caller(), "friend@example.com", "ADMIN");
        assertThat(holder.get("/api/v1/streams").status()).isEqualTo(200);

        ada.caller().send(HttpMethod.DELETE, place("/members/" + grace.id()), Map.of(), "");
        api.bean(MemberStore.class)
                .add(ada.organization(), grace.id(), Role.VIEWER)
                .block();

        await().atMost(A_SECOND).until(() -> holder.get("/api/v1/streams").status() == 401);
        assertThat(ada.caller().get(place("/invitations")).json().path("data")).isEmpty();
    }

    @Test
    void aMemberSeesAndRevokesTheirOwnKeysAlone() {
        Person grace = Person.in(api, ada.organization(), Role.MEMBER);
        String mine = key(grace.caller());
        String adas = key(ada.caller());

        assertThat(grace.caller().get("/api/v1/auth/api-keys").text())
                .contains(mine)
                .doesNotContain(adas);
        assertThat(grace.caller().get("/api/v1/auth/api-keys/" + adas).status()).isEqualTo(404);
        assertThat(grace.caller()
                        .send(HttpMethod.DELETE, "/api/v1/auth/api-keys/" + adas, Map.of(), "")
                        .status())
                .isEqualTo(404);
        assertThat(ada.caller().get("/api/v1/auth/api-keys").text()).contains(mine, adas);
    }

    @Test
    void theAuditLogTellsWhoDidWhatFromWhere() {
        ada.login("wrong password here");
        ada.signIn();
        String key = key(ada.caller());
        Answer renamed = ada.caller()
                .send(
                        HttpMethod.PATCH,
                        "/api/v1/organizations/" + ada.organization(),
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "X-Request-Id",
                                "audit-1",
                                "X-Forwarded-For",
                                "192.0.2.9"),
                        "{\"name\": \"Renamed\"}");
        assertThat(renamed.text("/name")).isEqualTo("Renamed");

        Answer log = ada.caller().get(place("/audit-log"));

        List<String> actions = log.json()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
        assertThat(actions)
                .containsSubsequence(
                        "organization_updated",
                        "api_key_created",
                        "user_signed_in",
                        "user_sign_in_failed",
                        "user_registered");
        assertThat(log.text("/data/0/request_id")).isEqualTo("audit-1");
        assertThat(log.text("/data/0/actor")).isEqualTo(ada.id().toString());
        assertThat(log.text("/data/0/address")).isEqualTo("192.0.2.9");
        assertThat(log.text("/data/1/target")).isEqualTo(key);
        assertThat(log.text()).doesNotContain("wrong password here").doesNotContain("tldr_sk_");
    }

    @Test
    void theAuditLogIsFilteredAndPaged() {
        for (int i = 0; i < 3; i++) {
            key(ada.caller());
        }

        Answer page = ada.caller().get(place("/audit-log?action=api_key_created&limit=2"));
        Answer rest = ada.caller()
                .get(place("/audit-log?action=api_key_created&limit=2&cursor=" + page.text("/next_cursor")));

        assertThat(page.json().path("data")).hasSize(2);
        assertThat(rest.json().path("data")).hasSize(1);
        assertThat(ada.caller()
                        .get(place("/audit-log?actor=" + ada.id()))
                        .json()
                        .path("data"))
                .isNotEmpty();
        assertThat(ada.caller().get(place("/audit-log?actor=usr_x")).json().path("data"))
                .isEmpty();
        assertThat(ada.caller()
                        .get(place("/audit-log?created_before=2020-01-01T00:00:00Z"))
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(ada.caller().get(place("/audit-log?action=flew")).wrongFields())
                .containsExactly("action");
        assertThat(api.caller(ada.organization(), null, "organizations:*")
                        .get(place("/audit-log"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aStaleVersionChangesNothing() {
        Map<String, String> stale = Map.of("Content-Type", "application/json", "If-Match", "\"7\"");

        assertThat(ada.caller()
                        .send(
                                HttpMethod.PATCH,
                                "/api/v1/organizations/" + ada.organization(),
                                stale,
                                "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(412);
        assertThat(ada.caller()
                        .send(HttpMethod.PATCH, ME, stale, "{\"name\": \"x\"}")
                        .status())
                .isEqualTo(412);
        assertThat(patch(
                                ada.caller(),
                                "/api/v1/organizations/" + ada.organization(),
                                "{\"plan\": \"ENTERPRISE\", \"name\": \"x\", \"id\": \""
                                        + new OrganizationId(new UUID(0, 1)) + "\"}")
                        .wrongFields())
                .containsExactlyInAnyOrder("plan", "id");
    }

    @Test
    void noSecretIsInTheDatabaseAsItIs() {
        ada.post("/password/forgot", "{\"email\": \"" + ada.email() + "\"}");
        String link = mail.token(ada.email(), "Choose", 1);

        for (String table :
                List.of("users", "refresh_tokens", "one_time_tokens", "sessions", "audit_log", "attempts")) {
            List<String> rows = api.owner()
                    .sql("SELECT t::text AS line FROM " + table + " t")
                    .map(row -> String.valueOf(row.get("line", String.class)))
                    .all()
                    .collectList()
                    .blockOptional()
                    .orElseThrow();
            assertThat(rows)
                    .as(table)
                    .isNotEmpty()
                    .noneMatch(row -> row.contains(link)
                            || row.contains(ada.tokens().text("/refresh_token"))
                            || row.contains(Person.PASSWORD));
        }
    }

    private String key(Caller by) {
        return by.post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"streams:read\"]}")
                .text("/id");
    }

    private String place(String below) {
        return "/api/v1/organizations/" + ada.organization() + below;
    }

    private Answer invite(Caller by, String email, String role) {
        return by.post(place("/invitations"), "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role));
    }

    private Answer accept(String token, String name, String password) {
        return ada.post(
                "/invitations/accept",
                "{\"token\": \"%s\", \"name\": \"%s\", \"password\": \"%s\"}".formatted(token, name, password));
    }

    private Answer reset(String token, String password) {
        return ada.post("/password/reset", "{\"token\": \"%s\", \"new_password\": \"%s\"}".formatted(token, password));
    }

    private static Answer change(Caller by, String current, String next) {
        return by.post(
                "/api/v1/auth/password",
                "{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, next));
    }

    private static Answer patch(Caller by, String path, String body) {
        return by.send(HttpMethod.PATCH, path, Map.of("Content-Type", "application/json"), body);
    }
}
