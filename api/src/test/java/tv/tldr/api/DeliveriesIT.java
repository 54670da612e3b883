package tv.tldr.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.EndpointStore;
import tv.tldr.api.Receiver.Delivery;
import tv.tldr.workflows.event.Signature;

/** What was sent to an endpoint, over HTTP, and what can be done about it. */
class DeliveriesIT {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final AtomicInteger status = new AtomicInteger(200);
    private final Receiver receiver = Receiver.answering(delivery -> status.get());

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void eachDeliveryTellsEachAttempt() {
        status.set(503);
        String id = create(
                        "'events': ['stream.completed'], 'retry_policy': {'max_retries': 2, 'first_gap': 1, 'longest_gap': 1}")
                .text("/id");
        Sample.completed(api, caller.organization());

        await().atMost(SOON).until(() -> deliveries(id, "status=failed").size() == 1);

        JsonNode delivery = deliveries(id, "event_type=stream.completed").getFirst();
        assertThat(delivery.path("attempt_count").asInt()).isEqualTo(3);
        assertThat(delivery.path("attempts").valueStream().map(one -> one.path("number")
                        .asInt()))
                .containsExactly(1, 2, 3);
        assertThat(delivery.path("attempts")).allSatisfy(attempt -> {
            assertThat(attempt.path("outcome").asString()).isEqualTo("refused");
            assertThat(attempt.path("status_code").asInt()).isEqualTo(503);
            assertThat(attempt.path("latency_ms").asInt()).isNotNegative();
            assertThat(attempt.path("response_body").asString()).isEqualTo("answered 503");
        });
        assertThat(gap(delivery, 1)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(6));
        assertThat(delivery.path("reason").asString()).isEqualTo("the receiver answered 503");
        assertThat(caller.get(path(id) + "/deliveries/" + delivery.path("id").asString())
                        .json())
                .isEqualTo(delivery);
        assertThat(deliveries(id, "status=delivered")).isEmpty();
        assertThat(deliveries(id, "created_before=2020-01-01T00:00:00Z")).isEmpty();
    }

    private static Duration gap(JsonNode delivery, int behind) {
        return Duration.between(
                Instant.parse(
                        delivery.at("/attempts/" + (behind - 1) + "/started_at").asString()),
                Instant.parse(delivery.at("/attempts/" + behind + "/started_at").asString()));
    }

    @Test
    void whatHasArrivedIsSentOnceMoreWithTheSameIdWhenSomebodyAsks() {
        String id = create("'events': ['stream.completed']").text("/id");
        Sample.completed(api, caller.organization());
        await().atMost(SOON).until(() -> deliveries(id, "status=delivered").size() == 1);
        String delivery = deliveries(id, "").getFirst().path("id").asString();

        Answer again = caller.post(path(id) + "/deliveries/" + delivery + "/redeliver", "");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text("/id")).isEqualTo(delivery);
        await().atMost(SOON).until(() -> deliveries(id, "status=delivered").size() == 1);
        assertThat(receiver.all()).extracting(Delivery::attempt).containsExactly(1, 2);
        assertThat(receiver.all()).extracting(one -> one.header("webhook-id")).containsOnly(again.text("/event_id"));
    }

    @Test
    void whatWasMissedWhileItWasDisabledIsRecovered() {
        String id = create("'events': ['stream.*']").text("/id");
        patch(id, "{'enabled': false}");
        Sample.completed(api, caller.organization());
        int missed = (int) caller.get("/api/v1/events?limit=100")
                .json()
                .path("data")
                .valueStream()
                .filter(event -> event.path("type").asString().startsWith("stream."))
                .count();

        Answer disabled = caller.post(path(id) + "/recover", "");
        patch(id, "{'enabled': true}");
        Answer recovered =
                caller.post(path(id) + "/recover?since=" + Instant.now().minusSeconds(600), "");

        assertThat(disabled.status()).isEqualTo(409);
        assertThat(recovered.json().path("recovered").asInt()).isEqualTo(missed);
        assertThat(recovered.json().path("has_more").asBoolean()).isFalse();
        await().atMost(SOON).until(() -> receiver.all().size() == missed);
        await().atMost(SOON).until(() -> deliveries(id, "status=delivered").size() == missed);
        assertThat(caller.post(path(id) + "/recover", "")
                        .json()
                        .path("recovered")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"})
    void recoversNothingSinceAnInstantThatCannotBe(String since) {
        String id = create("'events': ['*']").text("/id");

        assertThat(caller.post(path(id) + "/recover?since=" + since, "").wrongFields())
                .containsExactly("since");
    }

    @Test
    void aTestIsAnsweredWithWhatTheReceiverSays() throws Exception {
        Answer created = create("'events': ['batch.*'], 'enabled': false");
        status.set(418);

        Answer tried = caller.post(path(created.text("/id")) + "/test", "");

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.json().path("delivered").asBoolean()).isFalse();
        assertThat(tried.json().path("status_code").asInt()).isEqualTo(418);
        assertThat(tried.text("/response_body")).isEqualTo("answered 418");
        Delivery ping = receiver.all().getFirst();
        assertThat(ping.type()).isEqualTo("test.ping");
        assertThat(ping.header("webhook-id")).isEqualTo(tried.text("/event_id"));
        new Webhook(created.text("/secret")).verify(ping.body(), ping.headers());
        assertThat(deliveries(created.text("/id"), "")).isEmpty();
        receiver.close();
        Answer nobody = caller.post(path(created.text("/id")) + "/test", "");
        assertThat(nobody.text("/error")).contains("refuses connections");
    }

    @Test
    void duringARotationBothSecretsVerifyAndAfterItTheNewOneAlone() {
        Answer created = create("'events': ['batch.*']");
        String id = created.text("/id");

        Answer rotated = caller.post(path(id) + "/rotate-secret", "{\"overlap_seconds\": 600}");
        caller.post(path(id) + "/test", "");
        Answer once = caller.post(path(id) + "/rotate-secret", "{\"overlap_seconds\": 0}");
        caller.post(path(id) + "/test", "");

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.text("/former_secret_until")).isNotEmpty();
        Delivery during = receiver.all().getFirst();
        Delivery after = receiver.all().getLast();
        assertThatCode(() -> verify(created, during)).doesNotThrowAnyException();
        assertThatCode(() -> verify(rotated, during)).doesNotThrowAnyException();
        assertThatCode(() -> verify(once, after)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(created, after)).isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(rotated, after)).isInstanceOf(WebhookVerificationException.class);
        assertThat(caller.post(path(id) + "/rotate-secret", "{\"overlap_seconds\": 604801}")
                        .wrongFields())
                .containsExactly("overlap_seconds");
    }

    @Test
    void aRotationEndsNoOverlapBeforeItsTimeAndThereAreFiveAtMost() {
        Answer created = create("'events': ['batch.*']");
        String id = created.text("/id");
        String rotate = path(id) + "/rotate-secret";
        Answer brief = caller.post(rotate, "{\"overlap_seconds\": 600}");
        Answer second = caller.post(rotate, "{\"overlap_seconds\": 3}");
        caller.post(path(id) + "/test", "");
        Delivery during = receiver.all().getFirst();
        for (Answer one : List.of(created, brief, second)) {
            assertThatCode(() -> verify(one, during)).doesNotThrowAnyException();
        }
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            caller.post(path(id) + "/test", "");
            assertThatThrownBy(() -> verify(brief, receiver.all().getLast()))
                    .isInstanceOf(WebhookVerificationException.class);
        });
        Delivery after = receiver.all().getLast();
        assertThatCode(() -> verify(created, after)).doesNotThrowAnyException();
        assertThat(after.header("x-tldr-signature-former"))
                .isEqualTo(Signature.plain(created.text("/secret"), after.body()));

        for (int former = 2; former <= EndpointStore.MOST_FORMER; former++) {
            assertThat(caller.post(rotate, "").status()).isEqualTo(200);
        }
        Answer refused = caller.post(rotate, "");
        caller.post(path(id) + "/test", "");
        Delivery many = receiver.all().getLast();
        Answer none = caller.post(rotate, "{\"overlap_seconds\": 0}");
        caller.post(path(id) + "/test", "");
        Delivery last = receiver.all().getLast();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(many.header("webhook-signature").split(" ")).hasSize(EndpointStore.MOST_FORMER + 1);
        assertThatCode(() -> verify(created, many)).doesNotThrowAnyException();
        assertThat(last.header("webhook-signature").split(" ")).hasSize(1);
        assertThatCode(() -> verify(none, last)).doesNotThrowAnyException();
    }

    @Test
    void tellsHowItGoesDayByDay() {
        String id = create("'events': ['stream.*']").text("/id");
        assertThat(caller.get(path(id) + "/stats").json().path("success_rate").isNull())
                .isTrue();
        Sample.completed(api, caller.organization());
        await().atMost(SOON)
                .until(() -> receiver.all().size() >= 2
                        && deliveries(id, "status=pending").isEmpty());

        JsonNode stats = caller.get(path(id) + "/stats?days=3").json();

        int arrived = receiver.all().size();
        assertThat(stats.at("/deliveries/delivered").asInt()).isEqualTo(arrived);
        assertThat(stats.at("/attempts/arrived").asInt()).isEqualTo(arrived);
        assertThat(stats.at("/attempts/median_latency_ms").asDouble()).isNotNegative();
        assertThat(stats.path("success_rate").asDouble()).isEqualTo(1);
        assertThat(stats.path("days")).hasSize(3);
        assertThat(stats.path("days")
                        .valueStream()
                        .mapToInt(day -> day.path("arrived").asInt())
                        .sum())
                .isEqualTo(arrived);
    }

    @Test
    void pagesLeaveNothingOut() {
        String id = create("'events': ['*']").text("/id");
        Sample.completed(api, caller.organization());
        int all = caller.get("/api/v1/events?limit=100").json().path("data").size();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(path(id) + "/deliveries?limit=2" + cursor);
            page.json()
                    .path("data")
                    .forEach(one -> seen.add(one.path("event_id").asString()));
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void aSubmissionIsToldOfItsStreamAlone() throws Exception {
        Answer submitted = caller.post("/api/v1/streams", json("""
                {'source_url': 'https://media.example.com/hooks.mp4',
                 'webhooks': {'on_progress': '%s', 'on_complete': '%s'}}
                """.formatted(receiver.url(), receiver.url())));
        Sample.completed(api, caller.organization());
        String id = submitted.text("/id");
        await().atMost(SOON)
                .until(() -> caller.get("/api/v1/streams/" + id).text("/status").equals("processing"));
        caller.post("/api/v1/streams/" + id + "/stop", "{}");

        await().atMost(SOON).until(() -> receiver.all().size() == 2);

        assertThat(receiver.all())
                .extracting(Delivery::type)
                .containsExactlyInAnyOrder("stream.started", "stream.stopped");
        assertThat(receiver.all()).allSatisfy(delivery -> assertThat(
                        delivery.json().at("/data/stream_id").asString())
                .isEqualTo(id));
        String secret = "whsec_"
                + Base64.getEncoder().encodeToString("a webhook secret that only the tests have".getBytes(UTF_8));
        Delivery first = receiver.all().getFirst();
        new Webhook(secret).verify(first.body(), first.headers());
        assertThat(caller.get(WEBHOOKS).json().path("data")).isEmpty();
        String sent = "/api/v1/streams/" + id + "/deliveries";
        await().atMost(SOON)
                .until(() -> caller.get(sent + "?status=delivered")
                                .json()
                                .path("data")
                                .size()
                        == 2);
        JsonNode started =
                caller.get(sent + "?event_type=stream.started").json().at("/data/0");
        String path = path(started.path("webhook_id").asString()) + "/deliveries/"
                + started.path("id").asString();
        assertThat(caller.get(path).json()).isEqualTo(started);
        assertThat(caller.post(path + "/redeliver", "").status()).isEqualTo(202);
        await().atMost(SOON).until(() -> receiver.all().size() == 3);
        assertThat(receiver.all().getLast().type()).isEqualTo("stream.started");
        assertThat(caller.get(path(started.path("webhook_id").asString())).status())
                .as("no list shows it, and nobody changes it")
                .isEqualTo(404);
        assertThat(api.caller("admin").get(sent).status()).isEqualTo(404);
        assertThat(caller.post("/api/v1/streams", json("""
                        {'source_url': 'https://media.example.com/other.mp4', 'webhooks': {'on_error': 'ftp://a/', 'on_x': 'x'}}
                        """)).wrongFields())
                .containsExactlyInAnyOrder("webhooks.on_error", "webhooks.on_x");
    }

    private static void verify(Answer issued, Delivery delivery) throws WebhookVerificationException {
        new Webhook(issued.text("/secret")).verify(delivery.body(), delivery.headers());
    }

    private Answer create(String more) {
        return caller.post(WEBHOOKS, json("{'url': '" + receiver.url() + "', " + more + "}"));
    }

    private void patch(String id, String body) {
        assertThat(caller.send(HttpMethod.PATCH, path(id), Map.of("Content-Type", "application/json"), json(body))
                        .status())
                .isEqualTo(200);
    }

    private static String path(String id) {
        return WEBHOOKS + "/" + id;
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private List<JsonNode> deliveries(String id, String query) {
        return caller.get(path(id) + "/deliveries?limit=100&" + query)
                .json()
                .path("data")
                .valueStream()
                .toList();
    }
}
