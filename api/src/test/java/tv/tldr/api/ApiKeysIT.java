package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tv.tldr.workflows.account.Role;

class ApiKeysIT {
    private static final String KEYS = "/api/v1/auth/api-keys";
    private static final String STREAMS = "/api/v1/streams";
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String BOUNDS = "\"expires_at\": \"2099-01-01T00:00:00Z\","
            + " \"ip_allow_list\": [\"127.0.0.0/8\"], \"requests_per_minute\": 50";

    private final RunningApi api = RunningApi.shared();
    private final Caller admin = api.caller("admin");

    @Test
    void aNewKeyIsShownOnceAndDoesWhatItsScopesSay() {
        Answer made = create("{\"name\": \" Ingest \", \"scopes\": [\"streams:read\"]}");
        Caller holder = admin.with(made.text("/secret"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/name")).isEqualTo("Ingest");
        assertThat(holder.get(STREAMS).status()).isEqualTo(200);
        assertThat(holder.submit("https://media.example.com/a.mp4").status()).isEqualTo(403);
        Answer found = admin.get(KEYS + "/" + made.text("/id"));
        assertThat(found.text()).doesNotContain(made.text("/secret"));
        assertThat(made.text("/secret")).startsWith(found.text("/preview").replace("…", ""));
        assertThat(admin.get(KEYS).text()).contains(made.text("/id")).doesNotContain(made.text("/secret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name scopes",
                "{\"name\": \"  \", \"scopes\": []} | name scopes",
                "{\"name\": \"x\", \"scopes\": [\"streams:fly\", \"*\"]} | scopes[0] scopes[1]",
                "{\"name\": \"x\", \"scopes\": [\"admin\"], \"expires_at\": \"soon\"} | expires_at",
                "{\"name\": \"x\", \"scopes\": [\"admin\"], \"expires_at\": \"2020-01-01T00:00:00Z\"} | expires_at",
                "{\"name\": \"x\", \"scopes\": [\"admin\"], \"ip_allow_list\": [\"10.0.0.0/8\", \"10.0.0.1/8\"]} | ip_allow_list[1]",
                "{\"name\": \"x\", \"scopes\": [\"admin\"], \"requests_per_minute\": 0} | requests_per_minute",
                "{\"name\": \"x\", \"scopes\": [\"admin\"], \"id\": \"key_1\", \"use_count\": 7, \"created_by\": \"me\", \"secret\": \"s\"} | id use_count created_by secret"
            })
    void tellsEveryFaultAndTakesNoFieldThatIsOurs(String body, String fields) {
        Answer refused = create(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void aKeyMakesNoKeyThatMayDoMoreThanItself() {
        Caller maker = api.caller(admin.organization(), null, "api-keys:write", "streams:read");

        assertThat(maker.post(KEYS, "{\"name\": \"x\", \"scopes\": [\"streams:read\"]}")
                        .status())
                .isEqualTo(201);
        for (String scope : List.of("streams:*", "streams:write", "admin", "api-keys:write\", \"highlights:read")) {
            Answer refused = maker.post(KEYS, "{\"name\": \"x\", \"scopes\": [\"" + scope + "\"]}");
            assertThat(refused.status()).as(scope).isEqualTo(403);
            assertThat(refused.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        }
    }

    @Test
    void nobodyGetsHoldOfAStrongerKeyByRotatingOrChangingIt() {
        String strong =
                create("{\"name\": \"strong\", \"scopes\": [\"admin\"]}").text("/id");
        Caller maker = api.caller(admin.organization(), null, "api-keys:write", "streams:read");

        assertThat(maker.post(KEYS + "/" + strong + "/rotate", "{}").status()).isEqualTo(403);
        assertThat(patch(maker, strong, "{\"name\": \"mine\"}").status()).isEqualTo(403);
        assertThat(admin.get(KEYS + "/" + strong).text("/name")).isEqualTo("strong");
    }

    @Test
    void nobodyBecomesMoreByChangingAKeyOfSomebodyAboveThem() {
        Person owner = Person.in(api, admin.organization(), Role.OWNER);
        Person assistant = Person.in(api, admin.organization(), Role.ADMIN);
        Caller assistantsKey = assistant
                .caller()
                .with(assistant
                        .caller()
                        .post(KEYS, "{\"name\": \"mine\", \"scopes\": [\"admin\"]}")
                        .text("/secret"));
        String owners = owner.caller()
                .post(KEYS, "{\"name\": \"x\", \"scopes\": [\"streams:read\"]}")
                .text("/id");
        String nobodys =
                create("{\"name\": \"x\", \"scopes\": [\"streams:read\"]}").text("/id");

        for (Caller below : List.of(assistant.caller(), assistantsKey)) {
            for (String key : List.of(owners, nobodys)) {
                Answer refused = patch(below, key, "{\"scopes\": [\"admin\"]}");
                assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
                assertThat(refused.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
            }
        }
        assertThat(patch(owner.caller(), nobodys, "{\"scopes\": [\"admin\"]}").status())
                .as("with it the installation is run")
                .isEqualTo(403);
        assertThat(patch(admin, owners, "{\"name\": \"y\"}").status()).isEqualTo(200);
        assertThat(assistant
                        .caller()
                        .post(KEYS + "/" + owners + "/rotate", "{}")
                        .text("/created_by"))
                .isEqualTo(assistant.id().toString());
        assertThat(delete(assistant.caller(), nobodys).status()).isEqualTo(204);
    }

    @Test
    void aKeyOfSomebodyElseGetsNoScopeThatTheyHaveNot() {
        Person assistant = Person.in(api, admin.organization(), Role.ADMIN);
        Person member = Person.in(api, admin.organization(), Role.MEMBER);
        String members = member.caller()
                .post(KEYS, "{\"name\": \"x\", \"scopes\": [\"streams:read\"]}")
                .text("/id");

        assertThat(patch(assistant.caller(), members, "{\"scopes\": [\"admin\"]}")
                        .text("/detail"))
                .contains("MEMBER", "admin");
        assertThat(patch(assistant.caller(), members, "{\"scopes\": [\"streams:*\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bothAreGoodWhileAKeyIsRotated() {
        Answer former = create("{\"name\": \"r\", \"scopes\": [\"streams:read\"]}");
        String place = KEYS + "/" + former.text("/id");

        Answer next = admin.post(place + "/rotate", "{\"overlap_seconds\": 2}");

        assertThat(next.status()).isEqualTo(201);
        assertThat(admin.get(place).text("/successor_id")).isEqualTo(next.text("/id"));
        assertThat(admin.with(next.text("/secret")).get(STREAMS).status()).isEqualTo(200);
        assertThat(admin.with(former.text("/secret")).get(STREAMS).status()).isEqualTo(200);
        assertThat(admin.post(place + "/rotate", "{}").status()).isEqualTo(409);
        await().atMost(Duration.ofSeconds(4)).until(() -> admin.with(former.text("/secret"))
                .get(STREAMS)
                .text("/code")
                .equals("API_KEY_EXPIRED"));
        assertThat(admin.with(next.text("/secret")).get(STREAMS).status()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsGoneAndGoodNoMore() {
        Answer made = create("{\"name\": \"r\", \"scopes\": [\"streams:read\"]}");
        Caller holder = admin.with(made.text("/secret"));
        assertThat(holder.get(STREAMS).status()).isEqualTo(200);

        assertThat(delete(admin, made.text("/id")).status()).isEqualTo(204);

        await().atMost(A_SECOND).until(() -> holder.get(STREAMS).text("/code").equals("INVALID_API_KEY"));
        assertThat(admin.get(KEYS + "/" + made.text("/id")).status()).isEqualTo(404);
        assertThat(delete(admin, made.text("/id")).status()).isEqualTo(404);
    }

    @Test
    void allKeysAreRevokedAtOnceAndTheOneThatAsksMayStay() {
        Caller first = api.caller(admin.organization(), null, "streams:read");
        Caller second = api.caller(admin.organization(), null, "streams:read");
        Caller elsewhere = api.caller("streams:read");
        assertThat(first.get(STREAMS).status()).isEqualTo(200);

        Answer kept = admin.post(KEYS + "/revoke-all", "{\"keep_current\": true}");

        assertThat(kept.json().path("revoked").asInt()).isEqualTo(2);
        await().atMost(A_SECOND)
                .until(() -> first.get(STREAMS).status() == 401
                        && second.get(STREAMS).status() == 401);
        assertThat(admin.get(STREAMS).status()).isEqualTo(200);
        assertThat(elsewhere.get(STREAMS).status()).isEqualTo(200);
        assertThat(admin.post(KEYS + "/revoke-all", "").status()).isEqualTo(200);
        await().atMost(A_SECOND).until(() -> admin.get(STREAMS).status() == 401);
    }

    /** Who made them is whoever runs the installation, so that each of these keys sees the others. */
    @Test
    void whatMayDoMoreIsNotRevokedByWhatMayDoLess() {
        Answer great = create("{\"name\": \"great\", \"scopes\": [\"streams:*\", \"api-keys:write\"]}");
        Answer equal = create("{\"name\": \"equal\", \"scopes\": [\"streams:read\"]}");
        Caller small = admin.with(create("{\"name\": \"small\", \"scopes\": [\"streams:read\", \"api-keys:write\"]}")
                .text("/secret"));

        Answer one = small.send(HttpMethod.DELETE, KEYS + "/" + great.text("/id"), Map.of(), "");
        Answer all = small.post(KEYS + "/revoke-all", "{\"keep_current\": true}");

        assertThat(one.status()).isEqualTo(403);
        assertThat(one.text("/detail")).contains("beyond your own scopes", "streams:");
        assertThat(all.json().path("revoked").asInt()).isEqualTo(1);
        await().atMost(A_SECOND)
                .until(() -> admin.with(equal.text("/secret")).get(STREAMS).status() == 401);
        assertThat(admin.with(great.text("/secret")).get(STREAMS).status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/organizations/" + admin.organization() + "/audit-log?action=api_keys_revoked")
                        .json()
                        .at("/data/0/details/ids/0")
                        .asString())
                .isEqualTo(equal.text("/id"));
    }

    @Test
    void aChangeCountsAtOnceAndNamesItsVersion() {
        Answer made = create("{\"name\": \"c\", \"scopes\": [\"streams:read\", \"highlights:read\"]}");
        Caller holder = admin.with(made.text("/secret"));
        assertThat(holder.get(STREAMS).status()).isEqualTo(200);

        Answer changed = patch(admin, made.text("/id"), "{\"scopes\": [\"highlights:read\"]}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/name")).isEqualTo("c");
        await().atMost(A_SECOND).until(() -> holder.get(STREAMS).status() == 403);
        Answer stale = admin.send(
                HttpMethod.PATCH,
                KEYS + "/" + made.text("/id"),
                Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
                "{\"name\": \"d\"}");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(admin.send(HttpMethod.DELETE, KEYS + "/" + made.text("/id"), Map.of("If-Match", "\"1\""), "")
                        .status())
                .isEqualTo(412);
        assertThat(patch(admin, made.text("/id"), "{\"secret\": \"x\", \"version\": 9}")
                        .wrongFields())
                .containsExactlyInAnyOrder("secret", "version");
    }

    @Test
    void anEndedKeyIsRefusedByItsOwnCodeAndCanBeGivenMoreTime() {
        Answer made = ending("e");
        Caller holder = admin.with(made.text("/secret"));
        await().atMost(Duration.ofSeconds(4))
                .until(() -> holder.get(STREAMS).text("/code").equals("API_KEY_EXPIRED"));

        assertThat(patch(admin, made.text("/id"), "{\"expires_at\": null}").status())
                .isEqualTo(200);

        // Every process hears of the change, this one, too.
        await().atMost(A_SECOND).until(() -> holder.get(STREAMS).status() == 200);
    }

    @Test
    void aKeyWhoseTimeIsOverIsChangedButGetsNoTimeOfThePastAndNoSuccessor() {
        Answer made = ending("e");
        String place = KEYS + "/" + made.text("/id");
        await().atMost(Duration.ofSeconds(4)).until(() -> names("?expired=true").contains("e"));

        assertThat(patch(admin, made.text("/id"), "{\"name\": \"f\"}").status()).isEqualTo(200);
        assertThat(patch(admin, made.text("/id"), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}")
                        .wrongFields())
                .containsExactly("expires_at");
        Answer rotated = admin.post(place + "/rotate", "{}");
        assertThat(rotated.status()).isEqualTo(409);
        assertThat(rotated.text("/detail")).contains("expires_at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"expires_at\": null}",
                "{\"ip_allow_list\": []}",
                "{\"ip_allow_list\": [\"126.0.0.0/7\"]}",
                "{\"requests_per_minute\": null}",
                "{\"requests_per_minute\": 51}"
            })
    void aKeyDoesNotFreeItselfNorMakesOneThatIsFreer(String freer) {
        String whole = "{\"name\": \"b\", \"scopes\": [\"api-keys:write\"], " + BOUNDS + "}";
        Answer made = create(whole);
        Caller holder = admin.with(made.text("/secret"));

        Answer freed = patch(holder, made.text("/id"), freer);
        Answer child = holder.post(KEYS, "{\"name\": \"c\", \"scopes\": [\"api-keys:write\"]}");
        Answer twin = holder.post(KEYS, whole);

        assertThat(freed.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        assertThat(child.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        assertThat(child.text("/detail")).contains("expires_at", "ip_allow_list", "requests_per_minute");
        assertThat(twin.status()).isEqualTo(201);
    }

    @Test
    void aKeyLaysNoHandOnOneThatIsFreer() {
        Answer free = create("{\"name\": \"free\", \"scopes\": [\"streams:read\"]}");
        Caller holder = admin.with(
                create("{\"name\": \"b\", \"scopes\": [\"api-keys:write\", \"streams:read\"], " + BOUNDS + "}")
                        .text("/secret"));
        Answer bound = create("{\"name\": \"bound\", \"scopes\": [\"streams:read\"], " + BOUNDS + "}");

        Answer changed = patch(holder, free.text("/id"), "{" + BOUNDS + "}");
        Answer revoked = delete(holder, free.text("/id"));
        Answer all = holder.post(KEYS + "/revoke-all", "{\"keep_current\": true}");

        assertThat(changed.status()).isEqualTo(403);
        assertThat(changed.text("/detail"))
                .contains("is beyond your own", "expires_at", "ip_allow_list", "requests_per_minute");
        assertThat(revoked.status()).isEqualTo(403);
        assertThat(all.json().path("revoked").asInt()).as("bound alone").isEqualTo(1);
        assertThat(admin.get(KEYS + "/" + free.text("/id")).json().path("version"))
                .isEqualTo(free.json().path("version"));
        assertThat(admin.get(KEYS + "/" + bound.text("/id")).status()).isEqualTo(404);
    }

    @Test
    void aRotatedKeyRevokesNoneButItself() {
        Answer made = create("{\"name\": \"r\", \"scopes\": [\"api-keys:write\"]}");
        Caller holder = admin.with(made.text("/secret"));
        Answer next = admin.post(KEYS + "/" + made.text("/id") + "/rotate", "{}");

        assertThat(delete(holder, next.text("/id")).status()).isEqualTo(403);
        assertThat(holder.post(KEYS + "/revoke-all", "{}").status()).isEqualTo(403);
        assertThat(admin.with(next.text("/secret")).get(KEYS).status()).isEqualTo(200);
        assertThat(delete(holder, made.text("/id")).status()).isEqualTo(204);
    }

    @Test
    void aRotatedKeyMakesAndChangesNoKeys() {
        Answer made = create("{\"name\": \"r\", \"scopes\": [\"api-keys:write\"]}");
        Caller holder = admin.with(made.text("/secret"));
        admin.post(KEYS + "/" + made.text("/id") + "/rotate", "{}");

        assertThat(patch(holder, made.text("/id"), "{\"expires_at\": null}").status())
                .isEqualTo(403);
        assertThat(holder.post(KEYS, "{\"name\": \"c\", \"scopes\": [\"api-keys:write\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(holder.get(KEYS).status()).as("it is good meanwhile").isEqualTo(200);
    }

    @Test
    void aKeyIsGoodFromItsAddressesAlone() {
        Answer made = create(
                "{\"name\": \"a\", \"scopes\": [\"streams:read\"], \"ip_allow_list\": [\"192.0.2.0/24\", \"2001:db8::1\"]}");
        Caller holder = admin.with(made.text("/secret"));

        assertThat(made.json().path("ip_allow_list").path(1).asString()).isEqualTo("2001:db8::1/128");
        assertThat(holder.get(STREAMS).text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
        assertThat(holder.get(STREAMS, Map.of("X-Forwarded-For", "192.0.2.7")).status())
                .isEqualTo(200);
        assertThat(holder.get(STREAMS, Map.of("X-Forwarded-For", "192.0.2.7, 203.0.113.9"))
                        .status())
                .isEqualTo(403);
        assertThat(holder.get(STREAMS, Map.of("X-Forwarded-For", "2001:db8::1")).status())
                .isEqualTo(200);

        patch(admin, made.text("/id"), "{\"ip_allow_list\": [\"127.0.0.1\"]}");
        await().atMost(A_SECOND).until(() -> holder.get(STREAMS).status() == 200);
    }

    @Test
    void tellsAfterSomeSecondsHowOftenAKeyWasUsed() {
        Answer made = create("{\"name\": \"u\", \"scopes\": [\"streams:read\"]}");
        Instant before = Instant.now().minusSeconds(1);
        for (int i = 0; i < 7; i++) {
            admin.with(made.text("/secret")).get(STREAMS);
        }

        await().atMost(Duration.ofSeconds(10))
                .until(() -> admin.get(KEYS + "/" + made.text("/id"))
                                .json()
                                .path("use_count")
                                .asInt()
                        == 7);
        assertThat(Instant.parse(admin.get(KEYS + "/" + made.text("/id")).text("/last_used_at")))
                .isAfter(before);
    }

    @Test
    void pagesThroughTheKeys() {
        create("{\"name\": \"1\", \"scopes\": [\"streams:read\"]}");
        create("{\"name\": \"2\", \"scopes\": [\"streams:read\"]}");

        Answer first = admin.get(KEYS + "?limit=2");
        Answer rest = admin.get(KEYS + "?limit=2&cursor=" + first.text("/next_cursor"));

        assertThat(first.json().path("data")).hasSize(2);
        assertThat(rest.json().path("data")).hasSize(1);
        assertThat(rest.json().path("has_more").asBoolean()).isFalse();
        assertThat(admin.get(KEYS + "?cursor=eHw").status()).isEqualTo(400);
    }

    @Test
    void listsThemFromEitherEndAndByWhetherTheirTimeIsOver() {
        ending("ended");
        create("{\"name\": \"later\", \"scopes\": [\"streams:read\"], \"expires_at\": \"2920-01-01T00:00:00Z\"}");

        assertThat(names("")).containsExactly("test", "ended", "later");
        assertThat(names("?order=desc")).containsExactly("later", "ended", "test");
        await().atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(names("?expired=true")).containsExactly("ended"));
        assertThat(names("?expired=false&order=desc")).containsExactly("later", "test");
        assertThat(admin.get(KEYS + "?expired=maybe").wrongFields()).containsExactly("expired");
    }

    private List<String> names(String query) {
        return admin.get(KEYS + query)
                .json()
                .path("data")
                .valueStream()
                .map(key -> key.path("name").asString())
                .toList();
    }

    /** A key whose time is over in a second. */
    private Answer ending(String name) {
        return create("{\"name\": \"%s\", \"scopes\": [\"streams:read\"], \"expires_at\": \"%s\"}"
                .formatted(name, Instant.now().plus(A_SECOND)));
    }

    private Answer create(String body) {
        return admin.post(KEYS, body);
    }

    private static Answer patch(Caller caller, String id, String body) {
        return caller.send(HttpMethod.PATCH, KEYS + "/" + id, Map.of("Content-Type", "application/json"), body);
    }

    private static Answer delete(Caller caller, String id) {
        return caller.send(HttpMethod.DELETE, KEYS + "/" + id, Map.of(), "");
    }
}
