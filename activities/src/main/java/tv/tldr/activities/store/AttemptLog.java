package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.DeliveryInput;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.event.WebhookId;

/**
 * What is sent, and what came of it? Each attempt is written down before it is sent, so that none is missing whatever dies.
 */
public final class AttemptLog {
    /** Attempts in a row, and time without any that arrived, after which an endpoint is not tried any more. */
    public static final int MOST_FAILURES = 100;

    private static final Duration LONGEST_FAILURE = Duration.ofDays(7);

    /** Of the row {@code endpoint}, as one text: the driver reads no list of bytes. */
    private static final String FORMER_SECRETS =
            "(SELECT string_agg(encode(former.secret, 'hex'), ' ') FROM former_secrets(endpoint) AS former)"
                    + " AS former_secrets";

    private final Database database;
    private final WebhookSecrets secrets;
    private final EventStore events;

    AttemptLog(Database database, WebhookSecrets secrets, EventStore events) {
        this.database = database;
        this.secrets = secrets;
        this.events = events;
    }

    /**
     * Writes down that it is sent now, and what there is to send. Empty when there is nothing to send any more: it has
     * arrived, was given up, or is gone with its endpoint.
     */
    public Mono<Outgoing> begin(DeliveryInput delivery) {
        return database.one(of(delivery, """
                WITH taken AS (
                    UPDATE webhook_deliveries AS one
                    SET attempts = one.attempts + 1, run_attempts = one.run_attempts + 1, next_attempt_at = now()
                    FROM webhook_endpoints endpoint
                    WHERE one.organization_id = :organization AND one.id = :id AND one.run = :run
                      AND one.status IN ('pending', 'retrying')
                      AND endpoint.organization_id = :organization AND endpoint.id = one.endpoint_id AND endpoint.enabled
                    RETURNING one.organization_id, one.id, one.event_id, one.attempts, one.run_attempts, endpoint.url,
                        endpoint.secret, endpoint.headers, endpoint.max_retries, endpoint.first_gap, endpoint.longest_gap,
                        %s
                ), lost AS (
                    UPDATE webhook_attempts
                    SET outcome = 'lost', error = 'the process that sent it is gone; whether it arrived, nobody knows'
                    FROM taken
                    WHERE webhook_attempts.organization_id = :organization AND delivery_id = taken.id AND outcome IS NULL
                ), begun AS (
                    INSERT INTO webhook_attempts (organization_id, delivery_id, number, started_at)
                    SELECT organization_id, id, attempts, clock_timestamp() FROM taken
                )
                SELECT taken.*, event.type, event.data, event.created_at
                FROM taken JOIN events event ON event.organization_id = :organization AND event.id = taken.event_id
                """.formatted(FORMER_SECRETS)), row -> outgoing(delivery, row));
    }

    private Outgoing outgoing(DeliveryInput delivery, Readable row) {
        EventId event = new EventId(required(row, "event_id", UUID.class));
        int number = required(row, "attempts", Integer.class);
        String body = EventBody.of(
                delivery.organizationId(),
                event,
                required(row, "type", String.class),
                required(row, "created_at", Instant.class),
                Jsonb.object(required(row, "data", Json.class)),
                number);
        int failed = required(row, "run_attempts", Integer.class) - 1;
        return outgoing(delivery.organizationId(), delivery.webhookId(), event, number, failed, body, row);
    }

    /** What an endpoint is tried with: of no event, and never written down. */
    public Mono<Outgoing> ping(EndpointRow endpoint, EventId event, Instant now) {
        OrganizationId organization = endpoint.organization();
        String body = EventBody.of(
                organization,
                event,
                EventType.TEST_PING.wire(),
                now,
                Map.of("webhook_id", endpoint.id().toString(), "message", "This is a test."),
                1);
        return database.one(
                database.sql(organization, """
                        SELECT url, secret, headers, max_retries, first_gap, longest_gap,
                            %s
                        FROM webhook_endpoints AS endpoint WHERE organization_id = :organization AND id = :endpoint
                        """.formatted(FORMER_SECRETS))
                        .bind("endpoint", endpoint.id().uuid()),
                row -> outgoing(organization, endpoint.id(), event, 1, 0, body, row));
    }

    private Outgoing outgoing(
            OrganizationId organization,
            WebhookId endpoint,
            EventId event,
            int number,
            int failed,
            String body,
            Readable row) {
        byte[] secret = optional(row, "secret", byte[].class);
        String former = optional(row, "former_secrets", String.class);
        List<String> keys = Stream.concat(
                        Stream.ofNullable(secret),
                        Stream.ofNullable(former)
                                .flatMap(all -> Stream.of(all.split(" ")))
                                .map(HexFormat.of()::parseHex))
                .flatMap(one -> secrets.open(one, organization, endpoint).stream())
                .toList();
        return new Outgoing(
                event,
                number,
                failed,
                required(row, "url", String.class),
                keys,
                secret == null,
                secrets.openHeaders(optional(row, "headers", byte[].class), organization, endpoint),
                EndpointStore.retries(row),
                body);
    }

    /** Gives up what waits for an endpoint that is switched off. */
    public Mono<Void> giveUp(DeliveryInput delivery) {
        return database.update(of(delivery, """
                        UPDATE webhook_deliveries SET status = 'failed', finished_at = now(), reason = 'its endpoint is disabled'
                        WHERE organization_id = :organization AND id = :id AND run = :run
                          AND status IN ('pending', 'retrying')
                        """)).then();
    }

    /** It has arrived. Answers whether more waits for the same endpoint. */
    public Mono<Boolean> arrived(DeliveryInput delivery, int number, AttemptResult result) {
        return database.one(told(delivery, number, result, """
                        , done AS (
                            UPDATE webhook_deliveries SET status = 'delivered', finished_at = now(), last_status = :status
                            WHERE organization_id = :organization AND id = :id AND run = :run
                              AND status IN ('pending', 'retrying')
                        ), well AS (
                            UPDATE webhook_endpoints SET failures = 0, failing_since = NULL
                            WHERE organization_id = :organization AND id = :endpoint AND failures > 0
                        )
                        """), row -> required(row, "more", Boolean.class));
    }

    /**
     * It has not. Disables the endpoint, and says so in an event, when it has failed for too long, or at once when the
     * receiver wants it.
     *
     * @param next null: it is given up
     * @param unwanted whether the receiver wants no more
     * @return whether more waits for the same endpoint
     */
    public Mono<Boolean> failed(
            DeliveryInput delivery, int number, AttemptResult result, @Nullable Instant next, boolean unwanted) {
        Mono<Boolean> written = database.one(
                told(delivery, number, result, """
                        , done AS (
                            UPDATE webhook_deliveries
                            SET status = CASE WHEN :next IS NULL THEN 'failed' ELSE 'retrying' END, last_status = :status,
                                next_attempt_at = coalesce(:next, next_attempt_at), reason = CASE WHEN :next IS NULL THEN :error END,
                                finished_at = CASE WHEN :next IS NULL THEN now() END
                            WHERE organization_id = :organization AND id = :id AND run = :run
                              AND status IN ('pending', 'retrying')
                        ), ill AS (
                            UPDATE webhook_endpoints SET failures = failures + 1, failing_since = coalesce(failing_since, now())
                            WHERE organization_id = :organization AND id = :endpoint
                        )
                        """).bind("next", nullable(Instant.class, next)),
                row -> required(row, "more", Boolean.class));
        return database.transaction(
                written.flatMap(more -> disable(delivery, unwanted).thenReturn(more)));
    }

    private GenericExecuteSpec told(DeliveryInput delivery, int number, AttemptResult result, String more) {
        return of(delivery, """
                WITH told AS (
                    UPDATE webhook_attempts
                    SET outcome = :outcome, status = :status, latency_ms = :latency, error = :error, body = :body
                    WHERE organization_id = :organization AND delivery_id = :id AND number = :number
                )
                %s
                SELECT EXISTS (
                    SELECT FROM webhook_deliveries WHERE organization_id = :organization AND endpoint_id = :endpoint
                      AND status = 'pending' AND started_at IS NULL) AS more
                """.formatted(more))
                .bind("endpoint", delivery.webhookId().uuid())
                .bind("number", number)
                .bind("outcome", result.outcome().wire())
                .bind("status", nullable(Integer.class, result.status()))
                .bind("latency", (int) result.latency().toMillis())
                .bind("error", nullable(String.class, result.error()))
                .bind("body", nullable(String.class, result.body()));
    }

    private Mono<Void> disable(DeliveryInput delivery, boolean unwanted) {
        OrganizationId organization = delivery.organizationId();
        return database.one(
                        database.sql(organization, """
                        UPDATE webhook_endpoints
                        SET enabled = false, disabled_at = now(), version = version + 1, updated_at = now(),
                            disabled_reason = CASE
                                WHEN :unwanted THEN 'the receiver answered 410: it wants no more'
                                WHEN failures >= :most THEN failures || ' attempts in a row failed'
                                ELSE 'nothing has arrived for 7 days' END
                        WHERE organization_id = :organization AND id = :endpoint AND enabled
                          AND (:unwanted OR failures >= :most OR failing_since < now() - make_interval(secs => :longest))
                        RETURNING *
                        """)
                                .bind("endpoint", delivery.webhookId().uuid())
                                .bind("unwanted", unwanted)
                                .bind("most", MOST_FAILURES)
                                .bind("longest", (double) LONGEST_FAILURE.toSeconds()),
                        EndpointStore::endpoint)
                .flatMap(endpoint ->
                        giveUpWaiting(delivery).then(events.append(organization, List.of(disabled(endpoint)))))
                .then();
    }

    /** What nobody has begun: thousands, maybe, each of which would be begun only to be given up. */
    private Mono<Long> giveUpWaiting(DeliveryInput delivery) {
        return database.update(database.sql(delivery.organizationId(), """
                        UPDATE webhook_deliveries SET status = 'failed', finished_at = now(), reason = 'its endpoint is disabled'
                        WHERE organization_id = :organization AND endpoint_id = :endpoint
                          AND status = 'pending' AND started_at IS NULL
                        """)
                .bind("endpoint", delivery.webhookId().uuid()));
    }

    private static NewEvent disabled(EndpointRow endpoint) {
        return new NewEvent(
                new EventId(FreshUuid.next()),
                EventType.WEBHOOK_DISABLED,
                null,
                Map.of(
                        "webhook_id",
                        endpoint.id().toString(),
                        "description",
                        endpoint.description(),
                        "reason",
                        String.valueOf(endpoint.disabledReason()),
                        "failures_in_row",
                        endpoint.failures()));
    }

    private GenericExecuteSpec of(DeliveryInput delivery, String statement) {
        return database.sql(delivery.organizationId(), statement)
                .bind("id", delivery.deliveryId().uuid())
                .bind("run", delivery.run());
    }
}
