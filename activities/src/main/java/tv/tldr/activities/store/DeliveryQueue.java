package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.DeliveryInput;
import tv.tldr.workflows.event.WebhookId;

/**
 * Which deliveries are handed to Temporal, and when? When their endpoint has room: what is for one that does not answer waits
 * here, and before nobody else. The rows are made by the database, in the transaction that writes the event.
 */
public final class DeliveryQueue {
    private final Database database;

    DeliveryQueue(Database database) {
        this.database = database;
    }

    /**
     * Takes the oldest deliveries that wait, as many for each endpoint as there is room for: whoever takes one starts its
     * workflow.
     *
     * @param room first attempts of an endpoint that may be under way at the same time
     */
    public Flux<DeliveryInput> take(OrganizationId organization, int room) {
        return database.all(database.sql(organization, """
                        WITH room AS MATERIALIZED (
                            SELECT DISTINCT waiting.endpoint_id AS id, :room - (
                                SELECT count(*) FROM webhook_deliveries sending
                                WHERE sending.organization_id = :organization
                                  AND sending.endpoint_id = waiting.endpoint_id
                                  AND sending.status = 'pending' AND sending.started_at IS NOT NULL) AS free
                            FROM (SELECT DISTINCT endpoint_id FROM webhook_deliveries
                                  WHERE organization_id = :organization AND status = 'pending' AND started_at IS NULL
                                 ) AS waiting
                        ), taken AS MATERIALIZED (
                            SELECT waiting.id FROM room, LATERAL (
                                SELECT id FROM webhook_deliveries
                                WHERE organization_id = :organization AND endpoint_id = room.id
                                  AND status = 'pending' AND started_at IS NULL
                                ORDER BY id LIMIT greatest(room.free, 0)
                                FOR UPDATE SKIP LOCKED) AS waiting
                        )
                        UPDATE webhook_deliveries AS delivery SET started_at = now(), next_attempt_at = now() FROM taken
                        WHERE delivery.organization_id = :organization AND delivery.id = taken.id
                        RETURNING delivery.organization_id, delivery.endpoint_id, delivery.id, delivery.run
                        """).bind("room", room), DeliveryQueue::input);
    }

    /** Notes that its workflow was not started, after all. */
    public Mono<Void> putBack(DeliveryInput delivery) {
        return database.update(of(delivery, """
                        UPDATE webhook_deliveries SET started_at = NULL
                        WHERE organization_id = :organization AND id = :id AND run = :run AND status = 'pending'
                          AND run_attempts = 0
                        """)).then();
    }

    /** Gives one up, in whichever state it is, unless it has ended. */
    public Mono<Void> giveUp(OrganizationId organization, DeliveryId delivery, int run, String reason) {
        return database.update(database.sql(organization, """
                        UPDATE webhook_deliveries SET status = 'failed', finished_at = now(), reason = :reason
                        WHERE organization_id = :organization AND id = :id AND run = :run
                          AND status IN ('pending', 'retrying')
                        """)
                        .bind("id", delivery.uuid())
                        .bind("run", run)
                        .bind("reason", reason))
                .then();
    }

    /** Organizations with something that waits for room, or for somebody to start it. */
    public Flux<OrganizationId> waiting() {
        return database.all(
                database.acrossOrganizations("""
                        SELECT DISTINCT organization_id FROM webhook_deliveries
                        WHERE status = 'pending' AND started_at IS NULL
                        """),
                row -> new OrganizationId(required(row, "organization_id", UUID.class)));
    }

    /** Of all organizations: deliveries whose attempt is overdue for {@code silence}. Each is handed out once in that time. */
    public Flux<DeliveryInput> claimSilent(Duration silence, int limit) {
        return database.all(
                database.acrossOrganizations("""
                        WITH silent AS MATERIALIZED (
                            SELECT organization_id, id FROM webhook_deliveries
                            WHERE status IN ('pending', 'retrying') AND started_at IS NOT NULL
                              AND next_attempt_at < now() - make_interval(secs => :silence)
                              AND coalesce(looked_at < now() - make_interval(secs => :silence), true)
                            ORDER BY next_attempt_at LIMIT :limit
                            FOR NO KEY UPDATE SKIP LOCKED
                        )
                        UPDATE webhook_deliveries AS delivery SET looked_at = now() FROM silent
                        WHERE delivery.organization_id = silent.organization_id AND delivery.id = silent.id
                        RETURNING delivery.organization_id, delivery.endpoint_id, delivery.id, delivery.run
                        """)
                        .bind("silence", silence.toMillis() / 1000.0)
                        .bind("limit", limit),
                DeliveryQueue::input);
    }

    /** Notes that nobody has looked after it, after all. */
    public Mono<Void> forgetLook(DeliveryInput delivery) {
        return database.update(of(delivery, """
                        UPDATE webhook_deliveries SET looked_at = NULL
                        WHERE organization_id = :organization AND id = :id AND run = :run
                        """)).then();
    }

    /** What is over for longer than {@code age}, with its attempts. Answers how many were removed. */
    public Mono<Long> forgetOld(Duration age, int limit) {
        return database.update(database.acrossOrganizations("""
                        DELETE FROM webhook_deliveries AS delivery USING (
                            SELECT organization_id, id FROM webhook_deliveries
                            WHERE finished_at < now() - make_interval(secs => :age) LIMIT :limit) AS old
                        WHERE delivery.organization_id = old.organization_id AND delivery.id = old.id
                        """)
                .bind("age", (double) age.toSeconds())
                .bind("limit", limit));
    }

    private GenericExecuteSpec of(DeliveryInput delivery, String statement) {
        return database.sql(delivery.organizationId(), statement)
                .bind("id", delivery.deliveryId().uuid())
                .bind("run", delivery.run());
    }

    private static DeliveryInput input(Readable row) {
        return new DeliveryInput(
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new WebhookId(required(row, "endpoint_id", UUID.class)),
                new DeliveryId(required(row, "id", UUID.class)),
                required(row, "run", Integer.class));
    }
}
