package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.DeliveryStatus;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.WebhookId;

/** What was sent to an endpoint, how did that go, and what is to be sent again? */
public final class DeliveryStore {
    /** Characters of an answer in a list. */
    private static final int GLANCE = 200;

    private static final int WHOLE = Integer.MAX_VALUE;

    /** So many at a time are asked for again. */
    public static final int MOST_AT_ONCE = 10_000;

    private static final String ANEW = """
            status = 'pending', run = delivery.run + 1, run_attempts = 0, started_at = NULL, reason = NULL, finished_at = NULL,
            looked_at = NULL, next_attempt_at = now()""";

    private final Database database;

    DeliveryStore(Database database) {
        this.database = database;
    }

    /** The newest first, with the beginnings of what was answered. */
    public Mono<Page<DeliveryRow>> list(EndpointRow endpoint, DeliveryQuery query) {
        return list(
                endpoint.organization(),
                new Conditions(
                        "organization_id = :organization AND endpoint_id = :endpoint",
                        endpoint.organization().uuid(),
                        endpoint.id().uuid()),
                query);
    }

    /** The same of the URLs that are told of this stream alone. */
    public Mono<Page<DeliveryRow>> list(StreamRef stream, DeliveryQuery query) {
        return list(
                stream.organizationId(),
                new Conditions(
                        "(organization_id, endpoint_id) IN (SELECT organization_id, id FROM webhook_endpoints"
                                + " WHERE organization_id = :organization AND stream_id = :stream)",
                        stream.organizationId().uuid(),
                        stream.streamId().uuid()),
                query);
    }

    private Mono<Page<DeliveryRow>> list(OrganizationId organization, Conditions conditions, DeliveryQuery query) {
        DeliveryStatus status = query.status();
        if (status != null) {
            conditions.and("status = :status", status.wire());
        }
        if (query.eventType() != null) {
            conditions.and("event_type = :type", query.eventType());
        }
        conditions.madeWithin(query.after(), query.before()).behind(query.cursor());
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(organization, """
                SELECT * FROM webhook_deliveries WHERE %s ORDER BY id DESC LIMIT %d
                """.formatted(conditions, query.limit() + 1)));
        return database.all(selection, DeliveryStore::delivery)
                .collectList()
                .map(rows -> Page.of(
                        rows, query.limit(), row -> new Cursor("0", row.id().uuid())))
                .flatMap(page ->
                        withAttempts(organization, page.items(), GLANCE).map(rows -> new Page<>(rows, page.next())));
    }

    /** With all that was answered, as far as it is kept. */
    public Mono<DeliveryRow> find(EndpointRow endpoint, DeliveryId id) {
        return database.one(
                        of(
                                endpoint,
                                id,
                                "SELECT * FROM webhook_deliveries WHERE organization_id = :organization"
                                        + " AND endpoint_id = :endpoint AND id = :id"),
                        DeliveryStore::delivery)
                .flatMap(row -> withAttempts(endpoint.organization(), List.of(row), WHOLE)
                        .map(List::getFirst));
    }

    /** As if it had just happened; one whose first attempt is not over stays as it is. */
    public Mono<DeliveryRow> again(EndpointRow endpoint, DeliveryId id) {
        return database.update(of(endpoint, id, """
                        UPDATE webhook_deliveries AS delivery SET %s
                        WHERE organization_id = :organization AND endpoint_id = :endpoint AND id = :id
                          AND status <> 'pending'
                        """.formatted(ANEW))).then(find(endpoint, id));
    }

    /**
     * Everything that the endpoint wants, happened since, and has not arrived, also what happened while it was disabled. At
     * most {@link #MOST_AT_ONCE}, the oldest; answers how many.
     */
    public Mono<Long> recover(EndpointRow endpoint, Instant since) {
        return database.one(
                database.sql(endpoint.organization(), """
                        WITH missed AS MATERIALIZED (
                            SELECT event.id, event.type, event.created_at FROM events event
                            LEFT JOIN webhook_deliveries delivery ON delivery.organization_id = :organization
                                AND delivery.endpoint_id = :endpoint AND delivery.event_id = event.id
                            WHERE event.organization_id = :organization AND event.created_at >= :since
                              AND wants_event(:events, event.type)
                              AND (delivery.status IS NULL OR delivery.status IN ('failed', 'retrying'))
                            ORDER BY event.created_at LIMIT %d
                        ), made AS (
                            INSERT INTO webhook_deliveries AS delivery (organization_id, id, endpoint_id, event_id, event_type,
                                                                        created_at, next_attempt_at)
                            SELECT :organization, delivery_id(id, :endpoint), :endpoint, id, type, created_at, now() FROM missed
                            ON CONFLICT (organization_id, endpoint_id, event_id) DO UPDATE SET %s
                            WHERE delivery.status IN ('failed', 'retrying')
                            RETURNING 1
                        )
                        SELECT count(*) AS made FROM made
                        """.formatted(MOST_AT_ONCE, ANEW))
                        .bind("endpoint", endpoint.id().uuid())
                        .bind("since", since)
                        .bind("events", endpoint.events().toArray(String[]::new)),
                row -> required(row, "made", Long.class));
    }

    /** Of the last {@code days} days (UTC), today included. */
    public Mono<DeliveryStats> stats(EndpointRow endpoint, int days) {
        Mono<DeliveryStats.Deliveries> deliveries = database.one(
                since(endpoint, days, """
                        SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
                               count(*) FILTER (WHERE status = 'retrying') AS retrying,
                               count(*) FILTER (WHERE status = 'delivered') AS delivered,
                               count(*) FILTER (WHERE status = 'failed') AS failed
                        FROM webhook_deliveries
                        WHERE organization_id = :organization AND endpoint_id = :endpoint AND created_at >= (%s)
                        """),
                row -> new DeliveryStats.Deliveries(
                        required(row, "pending", Long.class),
                        required(row, "retrying", Long.class),
                        required(row, "delivered", Long.class),
                        required(row, "failed", Long.class)));
        Mono<DeliveryStats.Attempts> attempts = database.one(
                since(endpoint, days, """
                        SELECT count(*) FILTER (WHERE outcome = 'delivered') AS arrived,
                               count(*) FILTER (WHERE outcome <> 'delivered') AS failed,
                               percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE attempt.status IS NOT NULL) AS median,
                               percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE attempt.status IS NOT NULL) AS p95
                        FROM webhook_attempts attempt JOIN webhook_deliveries delivery
                            ON delivery.organization_id = attempt.organization_id AND delivery.id = attempt.delivery_id
                        WHERE attempt.organization_id = :organization AND delivery.endpoint_id = :endpoint
                          AND attempt.started_at >= (%s)
                        """),
                row -> new DeliveryStats.Attempts(
                        required(row, "arrived", Long.class),
                        required(row, "failed", Long.class),
                        optional(row, "median", Double.class),
                        optional(row, "p95", Double.class)));
        return Mono.zip(deliveries, attempts, daily(endpoint, days).collectList())
                .map(all -> new DeliveryStats(all.getT1(), all.getT2(), all.getT3()));
    }

    private Flux<DeliveryStats.Day> daily(EndpointRow endpoint, int days) {
        return database.all(
                since(endpoint, days, """
                        SELECT midnight::date AS day, count(*) FILTER (WHERE outcome = 'delivered') AS arrived,
                               count(*) FILTER (WHERE outcome <> 'delivered') AS failed
                        FROM generate_series((%s) AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', interval '1 day') AS calendar (midnight)
                        LEFT JOIN (webhook_attempts attempt JOIN webhook_deliveries delivery
                                   ON delivery.organization_id = attempt.organization_id
                                   AND delivery.id = attempt.delivery_id AND delivery.endpoint_id = :endpoint)
                            ON attempt.organization_id = :organization
                            AND (attempt.started_at AT TIME ZONE 'UTC')::date = midnight::date
                        GROUP BY 1 ORDER BY 1
                        """),
                row -> new DeliveryStats.Day(
                        required(row, "day", LocalDate.class),
                        required(row, "arrived", Long.class),
                        required(row, "failed", Long.class)));
    }

    private GenericExecuteSpec since(EndpointRow endpoint, int days, String statement) {
        String midnight =
                "(date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => :days)) AT TIME ZONE 'UTC'";
        return database.sql(endpoint.organization(), statement.formatted(midnight))
                .bind("endpoint", endpoint.id().uuid())
                .bind("days", days - 1);
    }

    private Mono<List<DeliveryRow>> withAttempts(OrganizationId organization, List<DeliveryRow> rows, int characters) {
        Map<UUID, List<AttemptRow>> attempts = new HashMap<>();
        return database.all(
                        database.sql(organization, """
                        SELECT delivery_id, number, started_at, outcome, status, latency_ms, error, left(body, :characters) AS body
                        FROM webhook_attempts
                        WHERE organization_id = :organization AND delivery_id = ANY(:ids) ORDER BY number
                        """)
                                .bind("characters", characters)
                                .bind(
                                        "ids",
                                        rows.stream()
                                                .map(row -> row.id().uuid())
                                                .toArray(UUID[]::new)),
                        row -> attempts.computeIfAbsent(
                                        required(row, "delivery_id", UUID.class), id -> new ArrayList<>())
                                .add(attempt(row)))
                .then(Mono.fromSupplier(() -> rows.stream()
                        .map(row -> row.with(attempts.getOrDefault(row.id().uuid(), List.of())))
                        .toList()));
    }

    private GenericExecuteSpec of(EndpointRow endpoint, DeliveryId id, String statement) {
        return database.sql(endpoint.organization(), statement)
                .bind("endpoint", endpoint.id().uuid())
                .bind("id", id.uuid());
    }

    private static DeliveryRow delivery(Readable row) {
        Instant finished = optional(row, "finished_at", Instant.class);
        return new DeliveryRow(
                new DeliveryId(required(row, "id", UUID.class)),
                new WebhookId(required(row, "endpoint_id", UUID.class)),
                new EventId(required(row, "event_id", UUID.class)),
                required(row, "event_type", String.class),
                word(row, "status", DeliveryStatus.class),
                optional(row, "reason", String.class),
                required(row, "run", Integer.class),
                required(row, "attempts", Integer.class),
                optional(row, "last_status", Integer.class),
                required(row, "created_at", Instant.class),
                finished == null ? required(row, "next_attempt_at", Instant.class) : null,
                finished,
                List.of());
    }

    private static AttemptRow attempt(Readable row) {
        String outcome = optional(row, "outcome", String.class);
        return new AttemptRow(
                required(row, "number", Integer.class),
                required(row, "started_at", Instant.class),
                outcome == null ? null : word(row, "outcome", AttemptResult.Outcome.class),
                optional(row, "status", Integer.class),
                optional(row, "latency_ms", Integer.class),
                optional(row, "error", String.class),
                optional(row, "body", String.class));
    }
}
