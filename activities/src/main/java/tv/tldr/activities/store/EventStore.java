package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;

/**
 * What happened in an organization, in which order? Each event has the number after the one before it, without a gap: who
 * has read up to a number has missed nothing before it.
 */
public final class EventStore {
    private final Database database;

    EventStore(Database database) {
        this.database = database;
    }

    /** The organization's events after a number (0: from the first), in their order. */
    public Flux<StoredEvent> after(OrganizationId organization, long sequence, int limit) {
        return database.all(
                database.sql(organization, """
                        SELECT * FROM events
                        WHERE organization_id = :organization AND sequence > :sequence
                        ORDER BY sequence LIMIT :limit
                        """).bind("sequence", sequence).bind("limit", limit), EventStore::event);
    }

    /** The events of one stream after a number (0: from the first), in their order. */
    public Flux<StoredEvent> ofStream(StreamRef ref, long sequence, int limit) {
        return database.all(database.sql(ref, """
                        SELECT * FROM events
                        WHERE organization_id = :organization AND stream_id = :stream AND sequence > :sequence
                        ORDER BY sequence LIMIT :limit
                        """).bind("sequence", sequence).bind("limit", limit), EventStore::event);
    }

    /** A part of what happened in the organization, and where the next part begins. */
    public Mono<EventFeed> feed(OrganizationId organization, EventQuery query) {
        Conditions conditions = new Conditions(
                "organization_id = :organization AND sequence > :after", organization.uuid(), query.after());
        if (!query.types().isEmpty()) {
            conditions.and("type = ANY(:types)", (Object) query.types().toArray(String[]::new));
        }
        StreamId stream = query.stream();
        if (stream != null) {
            conditions.and("stream_id = :stream", stream.uuid());
        }
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(organization, """
                SELECT * FROM events
                WHERE %s
                ORDER BY sequence
                LIMIT %d
                """.formatted(conditions, query.limit() + 1)));
        // The counter first: each event up to it is there when the events are read.
        return last(organization).flatMap(counter -> database.all(selection, EventStore::event)
                .collectList()
                .map(read -> EventFeed.of(read, query, counter)));
    }

    /** The number of the organization's latest event; 0 when there is none. */
    public Mono<Long> last(OrganizationId organization) {
        return counters(List.of(organization)).next().map(Counter::sequence).defaultIfEmpty(0L);
    }

    /** The number of an organization's latest event. */
    public record Counter(OrganizationId organization, long sequence) {}

    /** Where these organizations are. */
    public Flux<Counter> counters(Collection<OrganizationId> organizations) {
        return database.all(
                database.sql("SELECT id, event_sequence FROM organizations WHERE id = ANY(:ids)")
                        .bind(
                                "ids",
                                organizations.stream().map(OrganizationId::uuid).toArray(UUID[]::new)),
                row -> new Counter(
                        new OrganizationId(required(row, "id", UUID.class)),
                        required(row, "event_sequence", Long.class)));
    }

    /** The streams of which something happened after a number. */
    public Flux<StreamRef> streamsAfter(OrganizationId organization, long sequence) {
        return database.all(
                database.sql(organization, """
                        SELECT DISTINCT stream_id FROM events
                        WHERE organization_id = :organization AND sequence > :sequence AND stream_id IS NOT NULL
                        """).bind("sequence", sequence),
                row -> new StreamRef(organization, new StreamId(required(row, "stream_id", UUID.class))));
    }

    /** The number of the stream's latest event; 0 when there is none. */
    public Mono<Long> lastOf(StreamRef ref) {
        return database.one(database.sql(ref, """
                        SELECT coalesce(max(sequence), 0) AS last FROM events
                        WHERE organization_id = :organization AND stream_id = :stream
                        """), row -> required(row, "last", Long.class));
    }

    /** Whether the event was written. */
    Mono<Boolean> exists(OrganizationId organization, EventId id) {
        return database.one(
                database.sql(organization, """
                        SELECT EXISTS (
                            SELECT FROM events WHERE organization_id = :organization AND id = :id) AS written
                        """).bind("id", id.uuid()), row -> required(row, "written", Boolean.class));
    }

    /**
     * Writes those of the events that are not written yet, numbered on. Belongs at the end of the transaction that makes the
     * change: the organization's counter stays locked from here to the commit, which is what keeps the numbers gap-free.
     *
     * @return how many were new
     */
    Mono<Long> append(OrganizationId organization, List<NewEvent> events) {
        return database.transaction(
                lockCounter(organization).then(write(organization, events)).flatMap(written -> database.afterCommit(
                                () -> Tally.events(written))
                        .thenReturn((long) written.size())));
    }

    private Mono<Long> lockCounter(OrganizationId organization) {
        return database.one(
                        database.sql(
                                organization,
                                "SELECT event_sequence FROM organizations WHERE id = :organization FOR NO KEY UPDATE"),
                        row -> required(row, "event_sequence", Long.class))
                .switchIfEmpty(Mono.error(() -> new StoreFailure(
                        StoreFailure.Kind.MISSING, "the organization " + organization + " does not exist", null)));
    }

    /** A statement of its own: it must see what was committed while the lock was waited for. */
    private Mono<List<String>> write(OrganizationId organization, List<NewEvent> events) {
        GenericExecuteSpec insertion = database.sql(organization, """
                        WITH fresh AS (
                            SELECT id, type, nullif(stream_id, '')::uuid AS stream_id, data::jsonb, row_number() OVER (ORDER BY place) AS place
                            FROM unnest(:ids::uuid[], :types::text[], :streams::text[], :data::text[])
                                WITH ORDINALITY AS event (id, type, stream_id, data, place)
                            WHERE NOT EXISTS (
                                SELECT FROM events written
                                WHERE written.organization_id = :organization AND written.id = event.id)
                        ), counter AS (
                            UPDATE organizations SET event_sequence = event_sequence + (SELECT count(*) FROM fresh)
                            WHERE id = :organization
                            RETURNING event_sequence - (SELECT count(*) FROM fresh) AS before
                        )
                        INSERT INTO events (organization_id, sequence, id, type, stream_id, data, created_at)
                        SELECT :organization, counter.before + fresh.place, fresh.id, fresh.type, fresh.stream_id,
                               fresh.data, clock_timestamp()
                        FROM fresh, counter
                        RETURNING type
                        """)
                .bind("ids", events.stream().map(event -> event.id().uuid()).toArray(UUID[]::new))
                .bind("types", events.stream().map(event -> event.type().wire()).toArray(String[]::new))
                .bind("streams", events.stream().map(EventStore::stream).toArray(String[]::new))
                .bind(
                        "data",
                        events.stream().map(event -> Jsonb.text(event.data())).toArray(String[]::new));
        return database.all(insertion, row -> required(row, "type", String.class))
                .collectList();
    }

    /** Empty for none: the driver has no null in an array. */
    private static String stream(NewEvent event) {
        StreamId stream = event.streamId();
        return stream == null ? "" : stream.uuid().toString();
    }

    private static StoredEvent event(Readable row) {
        UUID stream = optional(row, "stream_id", UUID.class);
        return new StoredEvent(
                new EventId(required(row, "id", UUID.class)),
                required(row, "sequence", Long.class),
                required(row, "type", String.class),
                stream == null ? null : new StreamId(stream),
                Jsonb.object(required(row, "data", Json.class)),
                required(row, "created_at", Instant.class));
    }
}
