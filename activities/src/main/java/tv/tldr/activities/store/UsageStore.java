package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;

/** What has an organization used, and is it told in time that its plan has limits? */
public final class UsageStore {
    /** Of the files of a row of {@code highlights}. */
    static final String BYTES = """
            coalesce((files -> 'clip' ->> 'size_bytes')::bigint, 0)
            + coalesce((files -> 'thumbnail' ->> 'size_bytes')::bigint, 0)
            """;

    /** The month that counts. */
    private static final String PERIOD = """
            month AS (
                SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AS begun
            ), period AS (
                SELECT begun AT TIME ZONE 'UTC' AS since, (begun + interval '1 month') AT TIME ZONE 'UTC' AS until
                FROM month
            )
            """;

    private final Database database;
    private final EventStore events;

    UsageStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /** The organization's plan; empty when there is no such organization. */
    public Mono<Plan> plan(OrganizationId organization) {
        return database.one(
                database.sql(organization, "SELECT plan FROM organizations WHERE id = :organization"),
                row -> word(row, "plan", Plan.class));
    }

    /** What it has used in this month, and what it holds. */
    public Mono<UsageNow> now(OrganizationId organization) {
        return database.one(
                database.sql(organization, """
                        WITH %s, used AS (
                            SELECT coalesce(sum(quantity) FILTER (WHERE metric = 'stream_seconds'), 0) AS stream_seconds,
                                   coalesce(sum(quantity) FILTER (WHERE metric = 'api_calls'), 0)::bigint AS api_calls
                            FROM usage_records, period
                            WHERE organization_id = :organization AND created_at >= since
                        ), asked AS (
                            SELECT count(*) AS ai_requests, coalesce(sum(cost_usd), 0) AS ai_cost
                            FROM model_requests, period WHERE organization_id = :organization AND sent_at >= since
                        ), held AS (
                            SELECT coalesce((
                                    SELECT sum(bytes) FROM held_bytes WHERE organization_id = :organization), 0)
                                + coalesce((
                                    SELECT sum(coalesce(length, received)) FROM uploads
                                    WHERE organization_id = :organization AND completed_at IS NULL), 0)
                                + coalesce((
                                    SELECT sum(size) FROM upload_parts JOIN uploads USING (organization_id)
                                    WHERE organization_id = :organization AND upload_id = uploads.id
                                      AND completed_at IS NOT NULL), 0) AS bytes
                        )
                        SELECT plan, now() AS at, since, until, stream_seconds, api_calls, ai_requests, ai_cost,
                               held.bytes::bigint AS storage_bytes, (%s)::integer AS in_process
                        FROM organizations, period, used, asked, held WHERE id = :organization
                        """.formatted(PERIOD, PlaceStore.taken(":organization"))),
                row -> new UsageNow(
                        word(row, "plan", Plan.class),
                        required(row, "at", Instant.class),
                        required(row, "since", Instant.class),
                        required(row, "until", Instant.class),
                        required(row, "stream_seconds", Double.class),
                        required(row, "storage_bytes", Long.class),
                        required(row, "api_calls", Long.class),
                        required(row, "ai_requests", Long.class),
                        required(row, "ai_cost", BigDecimal.class),
                        required(row, "in_process", Integer.class)));
    }

    /** Empty while there are hours left for this stream: what it was counted for itself is not in its way. */
    Mono<UsedUp> hoursUsedUp(StreamRef stream, Plan.Limits limits) {
        return database.one(database.sql(stream, """
                                WITH %s
                                SELECT until, coalesce(sum(quantity), 0) AS used,
                                       coalesce(sum(quantity) FILTER (WHERE stream_id = :stream), 0) AS own
                                FROM period LEFT JOIN usage_records
                                    ON organization_id = :organization AND metric = 'stream_seconds' AND created_at >= since
                                GROUP BY until
                                """.formatted(PERIOD)), row -> {
                    double used = required(row, "used", Double.class);
                    Instant reset = required(row, "until", Instant.class);
                    return UsedUp.hours(used - required(row, "own", Double.class), limits, reset)
                            .flatMap(others -> UsedUp.hours(used, limits, reset));
                })
                .flatMap(Mono::justOrEmpty);
    }

    /** Step by step, the empty ones too; the first and the last only as far as they were asked for. */
    public Flux<UsageBucket> report(OrganizationId organization, Instant from, Instant to, Granularity granularity) {
        String unit = granularity.wire();
        return database.all(
                database.sql(organization, """
                        WITH used AS (
                            SELECT date_trunc('%1$s', created_at AT TIME ZONE 'UTC') AS step,
                                   sum(quantity) FILTER (WHERE metric = 'stream_seconds') AS stream_seconds,
                                   count(DISTINCT stream_id) FILTER (WHERE metric = 'stream_seconds') AS streams,
                                   sum(quantity) FILTER (WHERE metric = 'storage_bytes') AS storage_bytes,
                                   sum(quantity) FILTER (WHERE metric = 'api_calls') AS api_calls
                            FROM usage_records
                            WHERE organization_id = :organization AND created_at >= :from AND created_at < :to
                            GROUP BY step
                        ), asked AS (
                            SELECT date_trunc('%1$s', sent_at AT TIME ZONE 'UTC') AS step,
                                   count(*) AS ai_requests, sum(cost_usd) AS ai_cost
                            FROM model_requests
                            WHERE organization_id = :organization AND sent_at >= :from AND sent_at < :to
                            GROUP BY step
                        )
                        SELECT step AT TIME ZONE 'UTC' AS start, coalesce(stream_seconds, 0) AS stream_seconds,
                               coalesce(streams, 0) AS streams, coalesce(storage_bytes, 0)::bigint AS storage_bytes,
                               coalesce(api_calls, 0)::bigint AS api_calls, coalesce(ai_requests, 0) AS ai_requests,
                               coalesce(ai_cost, 0) AS ai_cost
                        FROM generate_series(
                                date_trunc('%1$s', :from AT TIME ZONE 'UTC'),
                                (:to AT TIME ZONE 'UTC') - interval '1 microsecond', interval '1 %1$s') AS step
                            LEFT JOIN used USING (step) LEFT JOIN asked USING (step)
                        ORDER BY step
                        """.formatted(unit))
                        .bind("from", from.atOffset(ZoneOffset.UTC))
                        .bind("to", to.atOffset(ZoneOffset.UTC)),
                row -> new UsageBucket(
                        required(row, "start", Instant.class),
                        required(row, "stream_seconds", Double.class),
                        required(row, "streams", Long.class),
                        required(row, "storage_bytes", Long.class),
                        required(row, "api_calls", Long.class),
                        required(row, "ai_requests", Long.class),
                        required(row, "ai_cost", BigDecimal.class)));
    }

    /** Adds requests to those of this hour. */
    public Mono<Long> addCalls(Map<OrganizationId, Long> calls) {
        List<Map.Entry<OrganizationId, Long>> entries = List.copyOf(calls.entrySet());
        return database.update(database.acrossOrganizations("""
                        INSERT INTO usage_records (organization_id, id, metric, quantity, created_at)
                        SELECT organizations.id, call.id, 'api_calls', call.quantity, date_trunc('hour', now())
                        FROM unnest(:organizations::uuid[], :ids::uuid[], :quantities::bigint[])
                            AS call (organization_id, id, quantity)
                            JOIN organizations ON organizations.id = call.organization_id
                        ON CONFLICT (organization_id, created_at) WHERE metric = 'api_calls'
                            DO UPDATE SET quantity = usage_records.quantity + excluded.quantity
                        """)
                .bind(
                        "organizations",
                        entries.stream().map(entry -> entry.getKey().uuid()).toArray(UUID[]::new))
                .bind("ids", entries.stream().map(entry -> FreshUuid.next()).toArray(UUID[]::new))
                .bind("quantities", entries.stream().map(Map.Entry::getValue).toArray(Long[]::new)));
    }

    /**
     * Writes what a stream that has just ended has used, and the events of the levels that are reached by it. Belongs behind
     * the stream's own event, whose lock makes one ending see what the others wrote.
     */
    Mono<Void> streamEnded(StreamRef stream) {
        return record(stream).filter(written -> written > 0).flatMap(written -> tell(stream.organizationId()));
    }

    /** Writes what a stream has used and takes up, as far as that is not written down yet; below 0: bytes that went. */
    Mono<Long> record(StreamRef stream) {
        return database.update(database.sql(stream, """
                        WITH used (metric, quantity, id) AS (
                            SELECT 'stream_seconds', (
                                SELECT coalesce(sum(seconds), 0) FROM signals
                                WHERE organization_id = :organization AND stream_id = :stream), :first::uuid
                            UNION ALL
                            SELECT 'storage_bytes', coalesce((
                                SELECT recording_size FROM streams
                                WHERE organization_id = :organization AND id = :stream AND recording_key IS NOT NULL), 0)
                                + coalesce((
                                SELECT sum(%s) FROM highlights
                                WHERE organization_id = :organization AND stream_id = :stream AND files IS NOT NULL), 0),
                                :second::uuid
                        ), fresh AS (
                            SELECT id, metric, quantity - coalesce((
                                SELECT sum(before.quantity) FROM usage_records before
                                WHERE before.organization_id = :organization AND before.stream_id = :stream
                                  AND before.metric = used.metric), 0) AS quantity
                            FROM used
                        )
                        INSERT INTO usage_records (organization_id, id, metric, quantity, stream_id)
                        SELECT :organization, id, metric, quantity, :stream FROM fresh
                        WHERE quantity > 0 OR quantity < 0 AND metric = 'storage_bytes'
                        """.formatted(BYTES))
                .bind("first", FreshUuid.next())
                .bind("second", FreshUuid.next()));
    }

    /** Writes the events of the levels that are reached by now, each once a month. */
    public Mono<Void> tell(OrganizationId organization) {
        return now(organization).flatMap(usage -> tell(organization, usage));
    }

    private Mono<Void> tell(OrganizationId organization, UsageNow usage) {
        return Flux.fromIterable(UsageNotice.of(usage))
                .concatMap(notice -> database.update(database.sql(organization, """
                                INSERT INTO usage_notices (organization_id, period_start, metric, percentage)
                                VALUES (:organization, :period, :metric, :percentage) ON CONFLICT DO NOTHING
                                """)
                                .bind("period", usage.periodStart().atOffset(ZoneOffset.UTC))
                                .bind("metric", notice.metric())
                                .bind("percentage", notice.percentage()))
                        .filter(rows -> rows > 0)
                        .map(rows ->
                                new NewEvent(new EventId(FreshUuid.next()), notice.type(), null, notice.body(usage))))
                .collectList()
                .filter(told -> !told.isEmpty())
                .flatMap(told -> events.append(organization, told))
                .then();
    }
}
