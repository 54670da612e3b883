package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.AttemptLog;
import tv.tldr.api.Receiver.Delivery;
import tv.tldr.api.temporal.SilentSweep;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.Signature;

/** Endpoints over HTTP, and what is sent to them, with the real workflow. */
class WebhooksIT {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void everyEventThatIsWantedArrivesAndIsSignedAsStandardWebhooksHasIt() throws Exception {
        try (Receiver receiver = Receiver.answering(delivery -> 200)) {
            Answer created = create(
                    receiver.url(),
                    "'events': ['highlight.*', 'stream.completed'],"
                            + " 'custom_headers': {'Authorization': 'Bearer of-the-receiver'}");
            Sample.completed(api, caller.organization());
            List<String> wanted = events("types=highlight.detected,highlight.processed,stream.completed");

            await().atMost(SOON).until(() -> receiver.all().size() >= wanted.size());

            assertThat(receiver.all())
                    .extracting(delivery -> delivery.json().path("id").asString())
                    .containsExactlyInAnyOrderElementsOf(wanted);
            String secret = created.text("/secret");
            for (Delivery delivery : receiver.all()) {
                new Webhook(secret).verify(delivery.body(), delivery.headers());
                assertThat(delivery.header("X-TLDR-Signature")).isEqualTo(Signature.plain(secret, delivery.body()));
                assertThat(delivery.header("webhook-id"))
                        .isEqualTo(delivery.json().path("id").asString());
                assertThat(delivery.header("Authorization")).isEqualTo("Bearer of-the-receiver");
                assertThat(delivery.json().propertyNames())
                        .containsExactly("id", "type", "created_at", "data", "metadata");
                assertThat(delivery.json().path("metadata").propertyNames())
                        .containsExactly("organization_id", "api_version", "attempt");
                assertThat(delivery.json().at("/metadata/organization_id").asString())
                        .isEqualTo(caller.organization().toString());
            }
            awaitCount(
                    "SELECT count(*) AS n FROM webhook_deliveries WHERE organization_id = :organization"
                            + " AND status = 'delivered' AND attempts = 1",
                    wanted.size());
        }
    }

    @Test
    void whatIsNotTakenComesAgainWithTheSameIdAndEachAttemptIsWrittenDown() {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        try (Receiver receiver = Receiver.answering(
                delivery -> seen.merge(delivery.header("webhook-id"), 1, Integer::sum) < 3 ? 500 : 204)) {
            create(receiver.url(), "'events': ['stream.completed']");
            Sample.completed(api, caller.organization());

            await().atMost(SOON).until(() -> receiver.all().size() == 3);

            assertThat(receiver.all()).extracting(Delivery::attempt).containsExactly(1, 2, 3);
            assertThat(receiver.all().stream()
                            .map(delivery -> delivery.header("webhook-id"))
                            .collect(Collectors.toSet()))
                    .hasSize(1);
            awaitCount(
                    "SELECT count(*) AS n FROM webhook_attempts WHERE organization_id = :organization"
                            + " AND outcome = 'refused' AND status = 500 AND body = 'answered 500'",
                    2);
            awaitCount(
                    "SELECT count(*) AS n FROM webhook_attempts WHERE organization_id = :organization"
                            + " AND outcome = 'delivered' AND status = 204",
                    1);
            // Each gap is four times the one before, beginning with WEBHOOK_RETRY_DELAY.
            awaitCount(
                    "SELECT count(*) AS n FROM (SELECT number, started_at - lag(started_at) OVER (PARTITION BY delivery_id"
                            + " ORDER BY number) AS gap FROM webhook_attempts WHERE organization_id = :organization) gaps"
                            + " WHERE gap < interval '50 milliseconds' * power(4, number - 2)",
                    0);
            assertThat(caller.get(WEBHOOKS).text("/data/0/health")).isEqualTo("healthy");
        }
    }

    @Test
    void oneThatIsGoneIsDisabledAtOnceAndAnotherOneIsToldSo() {
        try (Receiver gone = Receiver.answering(delivery -> 410);
                Receiver watching = Receiver.answering(delivery -> 200)) {
            String id = create(gone.url(), "'events': ['stream.completed']").text("/id");
            create(watching.url(), "'events': ['webhook.disabled']");
            Sample.completed(api, caller.organization());

            await().atMost(SOON).until(() -> !watching.all().isEmpty());

            assertThat(gone.all()).hasSize(1);
            assertThat(watching.all().getFirst().json().at("/data/webhook_id").asString())
                    .isEqualTo(id);
            Answer row = caller.get(WEBHOOKS + "/" + id);
            assertThat(row.text("/health")).isEqualTo("disabled");
            assertThat(row.text("/disabled_reason")).contains("410");
            Answer again = patch(id, "{'enabled': true}");
            assertThat(again.text("/health")).isEqualTo("healthy");
            assertThat(again.json().path("disabled_reason").isNull()).isTrue();
        }
    }

    @Test
    void oneThatFailsAHundredTimesInARowIsDisabledAndWhatWaitedForItIsGivenUp() {
        try (Receiver receiver = Receiver.answering(delivery -> 503)) {
            String id = create(receiver.url(), "'events': ['stream.*'], 'retry_policy': {'max_retries': 100}")
                    .text("/id");
            sql("UPDATE webhook_endpoints SET failures = %d, failing_since = now() WHERE organization_id = '%s'"
                    .formatted(
                            AttemptLog.MOST_FAILURES - 1, caller.organization().uuid()));
            Sample.completed(api, caller.organization());

            await().atMost(SOON)
                    .until(() -> caller.get(WEBHOOKS + "/" + id).text("/health").equals("disabled"));

            assertThat(caller.get(WEBHOOKS + "/" + id).text("/disabled_reason")).contains("in a row");
            awaitCount(
                    "SELECT count(*) AS n FROM webhook_deliveries WHERE organization_id = :organization"
                            + " AND status IN ('pending', 'retrying')",
                    0);
            assertThat(events("types=webhook.disabled")).hasSize(1);
        }
    }

    @Test
    void oneWithoutAnAnswerForAWeekIsDisabled() {
        try (Receiver receiver = Receiver.answering(delivery -> 503)) {
            String id = create(receiver.url(), "'events': ['stream.completed']").text("/id");
            sql("UPDATE webhook_endpoints SET failures = 7, failing_since = now() - interval '7 days 1 minute'"
                    + " WHERE organization_id = '" + caller.organization().uuid() + "'");
            Sample.completed(api, caller.organization());

            await().atMost(SOON).until(() -> caller.get(WEBHOOKS + "/" + id)
                    .text("/disabled_reason")
                    .contains("7 days"));
        }
    }

    @Test
    void oneThatDoesNotAnswerHoldsUpNoneOfNineOthers() {
        CompletableFuture<Integer> awake = new CompletableFuture<>();
        try (Receiver silent = Receiver.answering(delivery -> awake.join());
                Receiver quick = Receiver.answering(delivery -> 200)) {
            String id = create(silent.url(), "'events': ['*'], 'retry_policy': {'first_gap': 1, 'longest_gap': 1}")
                    .text("/id");
            for (int i = 0; i < 9; i++) {
                create(quick.url() + "/" + i, "'events': ['*']");
            }
            Sample.completed(api, caller.organization());
            Sample.completed(api, caller.organization());
            int told = events("").size();

            await().atMost(SOON.multipliedBy(2)).until(() -> quick.all().size() == 9 * told);
            String arrived = "SELECT count(*) AS n FROM webhook_deliveries WHERE organization_id = :organization"
                    + " AND status = 'delivered'";
            awaitCount(arrived, 9L * told);
            await("a test takes one of its places, too")
                    .atMost(SOON)
                    .until(() -> caller.post(WEBHOOKS + "/" + id + "/test", "").status() == 429);
            awake.complete(200);
            awaitCount(arrived, 10L * told);
        }
    }

    @Test
    void aDeliveryWhoseWorkflowIsGoneAndOneThatNobodyHasBegunAreFoundByTheSweep() {
        Set<String> patient = ConcurrentHashMap.newKeySet();
        try (Receiver receiver =
                Receiver.answering(delivery -> patient.add(delivery.header("webhook-id")) ? 500 : 200)) {
            create(receiver.url(), "'events': ['stream.*'], 'retry_policy': {'first_gap': 3600}");
            Sample.completed(api, caller.organization());
            int told = events("types=stream.started,stream.completed").size();
            awaitCount(
                    "SELECT count(*) AS n FROM webhook_deliveries WHERE organization_id = :organization"
                            + " AND status = 'retrying'",
                    told);
            for (String id : deliveries()) {
                api.bean(WorkflowClient.class)
                        .newUntypedWorkflowStub("delivery/" + id)
                        .terminate("by the test");
            }
            sql("UPDATE webhook_deliveries SET next_attempt_at = now() - interval '1 hour' WHERE organization_id = '"
                    + caller.organization().uuid() + "'");

            api.bean(SilentSweep.class).deliveries().block();

            awaitCount(
                    "SELECT count(*) AS n FROM webhook_deliveries WHERE organization_id = :organization"
                            + " AND status = 'delivered' AND attempts = 2",
                    told);
        }
    }

    @Test
    void aSecretIsShownOnceAndStandsNowhere() {
        Answer created = create("http://127.0.0.1:9/hook", "'custom_headers': {'X-Canary': 'canary-in-a-header'}");
        String secret = created.text("/secret");

        assertThat(created.status()).isEqualTo(201);
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        Answer read = caller.get(WEBHOOKS + "/" + created.text("/id"));
        assertThat(read.text()).doesNotContain(secret).doesNotContain("canary-in-a-header");
        assertThat(read.text("/custom_header_names/0")).isEqualTo("X-Canary");
        assertThat(patch(created.text("/id"), "{'description': 'x'}").text("/custom_header_names/0"))
                .isEqualTo("X-Canary");
        for (String table : List.of("webhook_endpoints", "audit_log")) {
            assertThat(api.count(
                            caller.organization(),
                            "SELECT count(*) AS n FROM %s t WHERE organization_id = :organization AND (t::text LIKE '%%%s%%' OR t::text LIKE '%%canary-in%%')"
                                    .formatted(table, secret.substring(6, 30))))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void changesAreOfTheVersionThatTheClientMeansAndAreWrittenDown() {
        Answer created = create("http://127.0.0.1:9/hook", "'description': 'one'");
        String id = created.text("/id");

        Answer changed = send(HttpMethod.PATCH, id, "{'events': ['highlight.*']}", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/description")).isEqualTo("one");
        assertThat(changed.headers().getFirst("ETag")).isEqualTo("\"2\"");
        assertThat(send(HttpMethod.PATCH, id, "{'events': ['*']}", "\"1\"").status())
                .isEqualTo(412);
        assertThat(send(HttpMethod.DELETE, id, "", "*").status()).isEqualTo(204);
        assertThat(caller.get(WEBHOOKS + "/" + id).status()).isEqualTo(404);
        Answer log = caller.get("/api/v1/organizations/" + caller.organization() + "/audit-log");
        assertThat(log.json().path("data").valueStream().map(entry -> entry.path("action")
                        .asString()))
                .containsExactly("webhook_deleted", "webhook_updated", "webhook_created");
        assertThat(log.text()).doesNotContain("/hook");
    }

    @Test
    void whatAChangeLeavesOutOfTheRetriesStays() {
        String id = create(
                        "http://127.0.0.1:9/hook",
                        "'retry_policy': {'max_retries': 7, 'first_gap': 5, 'longest_gap': 60}")
                .text("/id");

        JsonNode changed = send(HttpMethod.PATCH, id, "{'retry_policy': {'max_retries': 3}}", "*")
                .json();
        Answer refused = send(HttpMethod.PATCH, id, "{'retry_policy': {'longest_gap': 4}}", "*");
        JsonNode cleared = send(HttpMethod.PATCH, id, "{'retry_policy': {'first_gap': null}}", "*")
                .json();
        JsonNode usual =
                send(HttpMethod.PATCH, id, "{'retry_policy': null}", "*").json();

        assertThat(changed.path("retry_policy").toString())
                .isEqualTo(json("{'max_retries':3,'first_gap':5.0,'longest_gap':60.0}"));
        assertThat(refused.wrongFields()).containsExactly("retry_policy.longest_gap");
        assertThat(cleared.at("/retry_policy/first_gap").asDouble()).isEqualTo(0.05);
        assertThat(cleared.at("/retry_policy/longest_gap").asInt()).isEqualTo(60);
        assertThat(usual.at("/retry_policy/max_retries").asInt()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | url",
                "{'url': 'ftp://hooks.example.com/'} | url",
                "{'url': 'https://user:word@hooks.example.com/'} | url",
                "{'url': 'https://hooks.example.com/#there'} | url",
                "{'url': 'https://0x7f.1/'} | url",
                "{'url': 'https://h.example.com/', 'events': []} | events",
                "{'url': 'https://h.example.com/', 'events': ['highlight.seen']} | events[0]",
                "{'url': 'https://h.example.com/', 'events': ['highlight*']} | events[0]",
                "{'url': 'https://h.example.com/', 'custom_headers': {'Host': 'x'}} | custom_headers.Host",
                "{'url': 'https://h.example.com/', 'custom_headers': {'webhook-id': 'x'}} | custom_headers.webhook-id",
                "{'url': 'https://h.example.com/', 'custom_headers': {'X-A': 'a\\r\\nX-B: b'}} | custom_headers.X-A",
                "{'url': 'https://h.example.com/', 'custom_headers': {'X A': 'a'}} | custom_headers.X A",
                "{'url': 'https://h.example.com/', 'retry_policy': {'max_retries': 101}} | retry_policy.max_retries",
                "{'url': 'https://h.example.com/', 'retry_policy': {'first_gap': 9, 'longest_gap': 8}} | retry_policy.longest_gap",
                "{'url': 'https://h.example.com/', 'secret': 'mine'} | secret"
            })
    void refusesWhatCannotBe(String body, String field) {
        Answer answer = caller.post(WEBHOOKS, json(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @Test
    void oneThatIsSwitchedOffIsToldNothing() {
        try (Receiver receiver = Receiver.answering(delivery -> 200)) {
            create(receiver.url(), "'enabled': false");
            create(receiver.url(), "'events': ['batch.*']");
            Sample.completed(api, caller.organization());

            assertThat(deliveries()).isEmpty();
        }
    }

    @Test
    void thereAreFiftyAtMost() {
        for (int i = 0; i < 50; i++) {
            assertThat(create("http://127.0.0.1:9/" + i, "'events': ['batch.*']")
                            .status())
                    .isEqualTo(201);
        }

        assertThat(create("http://127.0.0.1:9/50", "'events': ['*']").status()).isEqualTo(409);
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(WEBHOOKS + "?limit=30" + cursor);
            page.json().path("data").forEach(one -> listed.add(one.path("url").asString()));
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());
        assertThat(listed).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void listsThemFromEitherEndAndThoseThatAreSwitchedOffAlone() {
        String on = create("http://127.0.0.1:9/on", "'events': ['batch.*']").text("/id");
        String off = create("http://127.0.0.1:9/off", "'events': ['batch.*'], 'enabled': false")
                .text("/id");

        assertThat(ids("")).containsExactly(on, off);
        assertThat(ids("?order=desc")).containsExactly(off, on);
        assertThat(ids("?enabled=true")).containsExactly(on);
        assertThat(ids("?enabled=false")).containsExactly(off);
        assertThat(caller.get(WEBHOOKS + "?enabled=yes&order=new").wrongFields())
                .containsExactlyInAnyOrder("enabled", "order");
    }

    private List<String> ids(String query) {
        return caller.get(WEBHOOKS + query)
                .json()
                .path("data")
                .valueStream()
                .map((JsonNode one) -> one.path("id").asString())
                .toList();
    }

    private Answer create(String url, String more) {
        return caller.post(WEBHOOKS, json("{'url': '" + url + "', " + more + "}"));
    }

    private Answer patch(String id, String body) {
        return send(HttpMethod.PATCH, id, body, "*");
    }

    private Answer send(HttpMethod method, String id, String body, String version) {
        return caller.send(
                method,
                WEBHOOKS + "/" + id,
                body.isEmpty()
                        ? Map.of("If-Match", version)
                        : Map.of("Content-Type", "application/json", "If-Match", version),
                json(body));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private List<String> events(String query) {
        return caller.get("/api/v1/events?limit=100&" + query)
                .json()
                .path("data")
                .valueStream()
                .map((JsonNode event) -> event.path("id").asString())
                .toList();
    }

    private List<String> deliveries() {
        return api.owner()
                .sql("SELECT id FROM webhook_deliveries WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .map(row -> new DeliveryId(Objects.requireNonNull(row.get("id", UUID.class))).toString())
                .all()
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private void awaitCount(String statement, long expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(api.count(caller.organization(), statement))
                .isEqualTo(expected));
    }

    private void sql(String statement) {
        api.owner().sql(statement).then().block();
    }
}
