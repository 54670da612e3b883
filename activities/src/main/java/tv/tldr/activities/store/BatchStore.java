package tv.tldr.activities.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.batch.BatchRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.stream.StreamId;

/** Which streams were submitted together, and how far are they? */
public final class BatchStore {
    /** Batches with the counts of their streams: chosen before anything is counted. */
    private static final String SELECTION = """
            SELECT batches.*, counts.* FROM (SELECT * FROM batches WHERE %s) AS batches CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE status = 'pending' AND queued_at IS NULL)::integer AS held,
                       count(*) FILTER (WHERE status = 'pending' AND queued_at IS NOT NULL)::integer AS pending,
                       count(*) FILTER (WHERE status = 'processing')::integer AS processing,
                       count(*) FILTER (WHERE status = 'completed')::integer AS completed,
                       count(*) FILTER (WHERE status = 'failed')::integer AS failed,
                       count(*) FILTER (WHERE status = 'stopped')::integer AS stopped,
                       count(*) FILTER (WHERE status IS NULL)::integer AS deleted
                FROM batch_entries LEFT JOIN streams
                    ON streams.organization_id = batch_entries.organization_id AND streams.id = batch_entries.stream_id
                WHERE batch_entries.organization_id = batches.organization_id AND batch_entries.batch_id = batches.id
            ) AS counts
            """;

    private final Database database;
    private final HeldStreams held;
    private final StreamHooks hooks;
    private final EventStore events;

    BatchStore(Database database, StreamStore streams, EventStore events) {
        this.database = database;
        this.held = new HeldStreams(database, streams);
        this.hooks = new StreamHooks(database);
        this.events = events;
    }

    /** Writes down the batch and all its streams, held back; or finds it written by an earlier try. */
    public Mono<BatchSubmission> submit(NewBatch batch) {
        return find(batch.ref())
                .<BatchSubmission>map(BatchSubmission.Accepted::new)
                .switchIfEmpty(Mono.defer(() -> write(batch)));
    }

    private Mono<BatchSubmission> write(NewBatch batch) {
        Mono<BatchRow> work = insert(batch)
                .then(held.insert(batch.ref().organizationId(), batch.streams()))
                .flatMap(twins -> twins.isEmpty()
                        ? hooks.write(batch.ref().organizationId(), batch.streams())
                                .then(insertEntries(batch))
                                .then(find(batch.ref()))
                        : Mono.error(new Twins(twins)));
        return database.transaction(work)
                .<BatchSubmission>map(BatchSubmission.Accepted::new)
                .onErrorResume(
                        failure -> failure.getCause() instanceof Twins,
                        failure -> failure.getCause() instanceof Twins twins
                                ? Mono.just(new BatchSubmission.AlreadyInProcess(twins.streams))
                                : Mono.error(failure));
    }

    private Mono<Long> insert(NewBatch batch) {
        return database.update(sql(batch.ref(), """
                        INSERT INTO batches (organization_id, id, status, parallel_limit)
                        VALUES (:organization, :batch, 'processing', :limit)
                        """).bind("limit", batch.parallelLimit()));
    }

    private Mono<Long> insertEntries(NewBatch batch) {
        return database.update(sql(batch.ref(), """
                        INSERT INTO batch_entries (organization_id, batch_id, position, stream_id)
                        SELECT :organization, :batch, place - 1, stream
                        FROM unnest(:streams::uuid[]) WITH ORDINALITY AS entry (stream, place)
                        """)
                .bind(
                        "streams",
                        batch.streams().stream()
                                .map(stream -> stream.ref().streamId().uuid())
                                .toArray(UUID[]::new)));
    }

    /** Takes back the transaction. */
    private static final class Twins extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Map<Integer, StreamId> streams;

        Twins(Map<Integer, StreamId> streams) {
            this.streams = streams;
        }
    }

    /** The batch; empty when there is none or it is another organization's. */
    public Mono<BatchRow> find(BatchRef ref) {
        return database.one(
                sql(ref, SELECTION.formatted("organization_id = :organization AND id = :batch")), BatchMapping::batch);
    }

    /** The organization's batches. */
    public Mono<Page<BatchRow>> list(OrganizationId organization, BatchQuery query) {
        Conditions conditions = query.of(new Conditions("organization_id = :organization", organization.uuid()));
        String order = query.page().rows();
        return database.byTime(
                "batches",
                organization,
                query.page(),
                database.all(
                        conditions.bindTo(
                                database.sql(organization, SELECTION.formatted(conditions + " " + order) + order)),
                        BatchMapping::batch),
                row -> Cursor.made(row.createdAt(), row.ref().batchId().uuid()));
    }

    /** What the batch consists of, in the order of its submission. */
    public Flux<BatchEntry> entries(BatchRef ref) {
        return database.all(sql(ref, """
                SELECT position, stream_id, source_url, status, highlight_count, errors
                FROM batch_entries LEFT JOIN streams
                    ON streams.organization_id = batch_entries.organization_id AND streams.id = batch_entries.stream_id
                WHERE batch_entries.organization_id = :organization AND batch_id = :batch
                ORDER BY position
                """), BatchMapping::entry);
    }

    /** Lets the first held streams go until {@code limit} are under way. Told twice, it lets none go the second time. */
    public Mono<Long> letGo(BatchRef ref, int limit) {
        Mono<Long> work = database.update(sql(ref, """
                WITH mine AS MATERIALIZED (
                    SELECT position, stream_id, status, queued_at
                    FROM batch_entries JOIN streams
                        ON streams.organization_id = batch_entries.organization_id AND streams.id = stream_id
                    WHERE batch_entries.organization_id = :organization AND batch_id = :batch
                ), next AS (
                    SELECT stream_id FROM mine WHERE status = 'pending' AND queued_at IS NULL
                    ORDER BY position
                    LIMIT (SELECT greatest(0, :limit - count(*)) FROM mine
                           WHERE status = 'processing' OR status = 'pending' AND queued_at IS NOT NULL)
                )
                UPDATE streams SET queued_at = now(), updated_at = now()
                FROM next WHERE streams.organization_id = :organization AND streams.id = next.stream_id
                  AND NOT EXISTS (SELECT FROM batches WHERE organization_id = :organization AND batches.id = :batch
                                    AND cancel_requested_at IS NOT NULL)
                """).bind("limit", limit));
        return database.alone("batch " + ref.batchId(), work);
    }

    /** Streams that a cancellation has not reached yet, those that are held first. */
    public Flux<StreamRow> toStop(BatchRef ref, int limit) {
        return database.all(sql(ref, """
                        SELECT streams.* FROM batch_entries JOIN streams
                            ON streams.organization_id = batch_entries.organization_id AND streams.id = stream_id
                        WHERE batch_entries.organization_id = :organization AND batch_id = :batch
                          AND status IN ('pending', 'processing') AND stop_requested_at IS NULL
                        ORDER BY queued_at NULLS FIRST, position LIMIT :limit
                        """).bind("limit", limit), StreamMapping::stream);
    }

    /** Notes that what is left of the batch is to be stopped; empty when it is over. A second time only {@code force} counts. */
    public Mono<BatchRow> requestCancel(BatchRef ref, boolean force) {
        return database.update(sql(ref, """
                        UPDATE batches SET cancel_requested_at = coalesce(cancel_requested_at, now()),
                                           cancel_force = cancel_force OR :force
                        WHERE organization_id = :organization AND id = :batch AND status = 'processing'
                        """).bind("force", force))
                .filter(rows -> rows > 0)
                .flatMap(noted -> find(ref));
    }

    /** Writes the end, with its event; nothing when it is written. */
    public Mono<Long> finish(BatchRef ref, EventId eventId) {
        Mono<Long> end = database.update(sql(ref, """
                UPDATE batches SET completed_at = now(),
                                   status = CASE WHEN cancel_requested_at IS NULL THEN 'completed' ELSE 'cancelled' END
                WHERE organization_id = :organization AND id = :batch AND status = 'processing'
                """));
        return database.transaction(end.filter(rows -> rows > 0)
                .flatMap(ended -> find(ref))
                .flatMap(row -> events.append(
                        ref.organizationId(),
                        List.of(new NewEvent(eventId, EventType.BATCH_COMPLETED, null, BatchEvents.completed(row))))));
    }

    /** The batch that waits for the stream; empty when none does. */
    public Mono<BatchRef> waitingFor(StreamRef stream) {
        return database.one(database.sql(stream, """
                SELECT batches.organization_id, batches.id FROM batch_entries
                JOIN batches ON batches.organization_id = batch_entries.organization_id AND batches.id = batch_id
                JOIN streams ON streams.organization_id = batch_entries.organization_id AND streams.id = stream_id
                WHERE batch_entries.organization_id = :organization AND stream_id = :stream
                  AND batches.status = 'processing'
                  -- Those that a cancelled batch has never let go are stopped by its own workflow, which counts them.
                  AND NOT (cancel_requested_at IS NOT NULL AND queued_at IS NULL)
                """), BatchMapping::ref);
    }

    /** Notes that the batch's workflow was started or made to look. */
    public Mono<Void> markLookedAt(BatchRef ref) {
        return database.update(sql(
                        ref,
                        "UPDATE batches SET looked_at = now() WHERE organization_id = :organization AND id = :batch"))
                .then();
    }

    /** Notes that it was not, after all. */
    public Mono<Void> forgetLook(BatchRef ref) {
        return database.update(sql(
                        ref,
                        "UPDATE batches SET looked_at = NULL WHERE organization_id = :organization AND id = :batch"))
                .then();
    }

    /**
     * Of all organizations: open batches whose workflow nobody has started within {@code age}, or looked after for
     * {@code silence}. Each is handed out once in that time, whoever asks.
     */
    public Flux<BatchRef> claimSilent(Duration age, Duration silence, int limit) {
        return database.all(
                database.acrossOrganizations("""
                        WITH silent AS MATERIALIZED (
                            SELECT organization_id, id FROM batches
                            WHERE status = 'processing' AND (
                                looked_at IS NULL AND created_at < now() - make_interval(secs => :age)
                                OR looked_at < now() - make_interval(secs => :silence))
                            ORDER BY looked_at NULLS FIRST LIMIT :limit
                            FOR NO KEY UPDATE SKIP LOCKED
                        )
                        UPDATE batches SET looked_at = now() FROM silent
                        WHERE batches.organization_id = silent.organization_id AND batches.id = silent.id
                        RETURNING batches.organization_id, batches.id
                        """)
                        .bind("age", age.toMillis() / 1000.0)
                        .bind("silence", silence.toMillis() / 1000.0)
                        .bind("limit", limit),
                BatchMapping::ref);
    }

    private GenericExecuteSpec sql(BatchRef ref, String statement) {
        return database.sql(ref.organizationId(), statement)
                .bind("batch", ref.batchId().uuid());
    }
}
