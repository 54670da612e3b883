package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/** Which streams are kept, and which go when? How they go is {@link ExpiredStreams}'. */
public final class RetentionStore {
    /** As {@link Retention#expiry} has it. */
    static final String EXPIRES =
            "streams.completed_at IS NOT NULL AND NOT streams.pinned AND streams.trimmed_at IS NULL";

    /** What each stream of the organization that will expire loses. */
    private static final String LOSSES = """
            SELECT streams.*, streams.completed_at + make_interval(secs => :kept) AS expires_at,
                   found.unpinned, found.kept,
                   CASE WHEN recording_key IS NULL THEN 0 ELSE recording_size END + found.bytes AS bytes
            FROM streams CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE NOT pinned) AS unpinned, count(*) FILTER (WHERE pinned) AS kept,
                       coalesce(sum(%s) FILTER (WHERE NOT pinned), 0)::bigint AS bytes
                FROM highlights
                WHERE highlights.organization_id = :organization AND highlights.stream_id = streams.id) AS found
            WHERE streams.organization_id = :organization AND %s
            """.formatted(UsageStore.BYTES, EXPIRES);

    private final Database database;

    RetentionStore(Database database) {
        this.database = database;
    }

    /** Keeps a stream for good, or no more; at any time. Empty when its version is not {@code version} any more. */
    public Mono<StreamRow> pin(StreamRef ref, boolean pinned, @Nullable Long version) {
        return database.one(
                database.sql(ref, """
                        UPDATE streams
                        SET pinned = :pinned, updated_at = now(),
                            version = version + CASE WHEN pinned = :pinned THEN 0 ELSE 1 END
                        WHERE organization_id = :organization AND id = :stream
                          AND (:version::bigint IS NULL OR version = :version)
                        RETURNING *
                        """).bind("pinned", pinned).bind("version", nullable(Long.class, version)),
                StreamMapping::stream);
    }

    /** The organization's streams that will go if it is kept to {@code kept}, soonest first. */
    public Mono<Page<ExpiringStream>> expiring(
            OrganizationId organization, Duration kept, @Nullable Cursor after, int limit) {
        String place = after == null ? "" : "AND (streams.completed_at, streams.id) > (:place, :last)";
        GenericExecuteSpec selection = losses(
                organization, kept, "%s " + place + " ORDER BY streams.completed_at, streams.id LIMIT " + (limit + 1));
        if (after != null) {
            selection = selection.bind("place", after.instant()).bind("last", after.id());
        }
        return database.all(selection, RetentionStore::expiring)
                .collectList()
                .map(rows -> Page.of(
                        rows,
                        limit,
                        row -> new Cursor(row.completedAt().toString(), row.id().uuid())));
    }

    /** The same by day, from today on, days without included; what is over already goes today. */
    public Flux<ExpiringDay> days(OrganizationId organization, Duration kept, int count) {
        return database.all(
                losses(organization, kept, """
                        WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS date),
                        losses AS (%s AND streams.completed_at < (SELECT date + :days FROM today)::timestamp AT TIME ZONE 'UTC'
                                          - make_interval(secs => :kept))
                        SELECT day::date AS date, count(losses.id) AS streams,
                               coalesce(sum(losses.unpinned), 0)::bigint AS highlights,
                               coalesce(sum(losses.bytes), 0)::bigint AS bytes
                        FROM today
                            CROSS JOIN generate_series(date::timestamp, (date + :days - 1)::timestamp, interval '1 day') AS day
                            LEFT JOIN losses ON greatest((expires_at AT TIME ZONE 'UTC')::date, today.date) = day::date
                        GROUP BY day ORDER BY day
                        """).bind("days", count),
                row -> new ExpiringDay(
                        required(row, "date", LocalDate.class),
                        required(row, "streams", Long.class),
                        required(row, "highlights", Long.class),
                        required(row, "bytes", Long.class)));
    }

    private GenericExecuteSpec losses(OrganizationId organization, Duration kept, String around) {
        return database.sql(organization, around.formatted(LOSSES)).bind("kept", (double) kept.toSeconds());
    }

    private static ExpiringStream expiring(Readable row) {
        return new ExpiringStream(
                new StreamId(required(row, "id", UUID.class)),
                required(row, "source_url", String.class),
                required(row, "completed_at", Instant.class),
                required(row, "expires_at", Instant.class),
                required(row, "unpinned", Long.class),
                required(row, "kept", Long.class),
                required(row, "bytes", Long.class));
    }
}
