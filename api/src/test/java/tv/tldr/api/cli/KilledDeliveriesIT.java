package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.Receiver;
import tv.tldr.api.Receiver.Delivery;

/**
 * The program is killed without warning while events are delivered: each arrives all the same, and each attempt stands in the
 * log. A longer campaign: {@code -Ddeliveries=1000}.
 */
class KilledDeliveriesIT {
    private static final int EVENTS = Integer.getInteger("deliveries", 120);
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(500L * EVENTS);

    private final AtomicReference<String> secret = new AtomicReference<>("");
    private final AtomicInteger unverified = new AtomicInteger();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyEventArrivesAtLeastOnceAndEachAttemptIsInTheLog() throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                "WEBHOOK_ALLOW_PRIVATE=true\nWEBHOOK_RETRY_DELAY=100ms\nSWEEP_INTERVAL=2s\nSWEEP_SILENCE=20s\n");
        try (Receiver receiver = Receiver.answering(this::take)) {
            try (Program first = Program.start(folder, "serve")) {
                JsonNode made = first.ready()
                        .post("/api/v1/webhooks", Json.of("{'url': '" + receiver.url() + "', 'events': ['batch.*']}"));
                secret.set(made.path("secret").asString());
                happen(EVENTS);
                await().atMost(PATIENCE).until(() -> receiver.all().size() >= EVENTS / 3);
                first.kill();
                first.exit();
            }
            try (Program second = Program.start(folder, "serve")) {
                second.ready();
                await().atMost(PATIENCE).until(() -> ids(receiver).size() >= 2 * EVENTS / 3);
                second.kill();
                second.exit();
            }
            try (Program third = Program.start(folder, "serve")) {
                third.ready();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() ->
                                count("SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered'") == EVENTS);

                assertThat(ids(receiver)).hasSize(EVENTS);
                assertThat(unverified).hasValue(0);
                int attempts = count("SELECT count(*) FROM webhook_attempts");
                assertThat(attempts)
                        .isEqualTo(count("SELECT sum(attempts) FROM webhook_deliveries"))
                        .isGreaterThanOrEqualTo(receiver.all().size());
                assertThat(count("SELECT count(*) FROM webhook_attempts WHERE outcome IS NULL"))
                        .isZero();
                assertThat(count("SELECT count(DISTINCT event_id) FROM webhook_deliveries"))
                        .isEqualTo(EVENTS);
                listens(third.ready());
                third.terminate();
                third.exit();
            }
        }
    }

    /** Whoever writes a receiver makes no webhook by hand, and leaves none behind. */
    private void listens(ApiClient client) throws Exception {
        try (Program listener =
                Program.startBeside(folder, "webhooks", "listen", "--port", "0", "--events", "batch.*")) {
            await().atMost(PATIENCE).until(() -> listener.err().contains("Listening on"));
            assertThat(client.get("/api/v1/webhooks").path("data")).hasSize(2);

            happen(1);

            await().atMost(PATIENCE).until(() -> listener.out().contains("batch.completed"));
            assertThat(listener.out())
                    .contains("attempt 1")
                    .contains("verified")
                    .doesNotContain("NOT VERIFIED");
            listener.interrupt();
            listener.exit();
            assertThat(client.get("/api/v1/webhooks").path("data")).hasSize(1);
        }
    }

    /** The first attempt at some fails. */
    private int take(Delivery delivery) {
        try {
            new Webhook(secret.get()).verify(delivery.body(), delivery.headers());
        } catch (WebhookVerificationException e) {
            unverified.incrementAndGet();
        }
        return delivery.attempt() == 1 && delivery.header("webhook-id").hashCode() % 7 == 0 ? 500 : 200;
    }

    private static Set<String> ids(Receiver receiver) {
        return receiver.all().stream()
                .map(delivery -> delivery.header("webhook-id"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** In the organization of the first key. */
    private void happen(int events) throws IOException, SQLException {
        List<List<String>> written = Rows.of(folder, """
                WITH next AS (
                    UPDATE organizations SET event_sequence = event_sequence + %1$d RETURNING id, event_sequence - %1$d AS before
                )
                INSERT INTO events (organization_id, sequence, id, type, data, created_at)
                SELECT id, before + number, gen_random_uuid(), 'batch.completed', '{}', clock_timestamp()
                FROM next, generate_series(1, %1$d) AS number
                RETURNING id
                """.formatted(events));
        assertThat(written).hasSize(events);
    }

    private int count(String query) throws IOException, SQLException {
        return Integer.parseInt(Rows.of(folder, query).getFirst().getFirst());
    }
}
