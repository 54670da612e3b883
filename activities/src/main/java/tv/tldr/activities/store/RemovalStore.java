package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * How does something go for good? Its rows, the events that tell it, and the note which objects are to follow go into one
 * transaction: a crash leaves no object behind that nobody knows of.
 */
public final class RemovalStore {
    /** What an organization may have very many of; all else goes with it in one statement. */
    private static final List<Many> MANY = List.of(
            new Many("streams", "status NOT IN ('pending', 'processing')", 10),
            new Many("webhook_deliveries", "true", 5000),
            new Many("events", "true", 5000));
    /** Goes last, and stays with an organization that stays. */
    private static final Many AUDIT_LOG = new Many("audit_log", "true", 5000);

    private record Many(String table, String which, int atATime) {}

    private final Database database;
    private final StreamStateStore streams;
    private final HighlightStore highlights;
    private final HighlightEditStore edits;
    private final EventStore events;
    private final UsageStore usage;

    RemovalStore(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            HighlightEditStore edits,
            EventStore events,
            UsageStore usage) {
        this.database = database;
        this.streams = streams;
        this.highlights = highlights;
        this.edits = edits;
        this.events = events;
        this.usage = usage;
    }

    /** Deletes a stream that has ended, with all that was found in it; what happened and what was paid stays written down. */
    public Mono<Removed> removeStream(StreamRef ref, @Nullable Long version) {
        return database.transaction(streams.lock(ref)
                .flatMap(row -> {
                    if (!row.isTerminal()) {
                        return Mono.<Removed>just(new Removed.InUse(row.status()));
                    }
                    if (version != null && version != row.version()) {
                        return Mono.<Removed>just(new Removed.Stale(row.version()));
                    }
                    return edits.deleteAll(ref).collectList().flatMap(deleted -> deleteStream(ref, deleted));
                })
                .defaultIfEmpty(new Removed.Missing()));
    }

    /** @param highlights all that it had, which are gone by now */
    Mono<Removed> deleteStream(StreamRef ref, List<HighlightId> highlights) {
        return database.update(
                        database.sql(ref, "DELETE FROM streams WHERE organization_id = :organization AND id = :stream"))
                .then(note(new Removal(ref.organizationId(), ObjectKeys.stream(ref))))
                .flatMap(done -> tell(ref, highlights).then(usage.record(ref)).thenReturn(done));
    }

    /**
     * Deletes an organization in which nothing is in process, with all that it has: its streams, its members' places and keys, its
     * webhooks, and what it has put into its inbox. What there are very many of goes before, a part at a time: whoever breaks it off may
     * ask for the rest again. Nobody sees it from the end on; that it went is noted for whoever runs the installation.
     */
    public Mono<Removed> removeOrganization(OrganizationId organization, @Nullable Long version, RemovalOrder order) {
        return database.transaction(refusal(organization, version)).switchIfEmpty(Mono.defer(() -> empty(organization)
                .then(database.transaction(refusal(organization, version)
                        .switchIfEmpty(Mono.defer(() -> deleteOrganization(organization, order)))))));
    }

    /** Why it cannot be deleted; empty when it can. */
    private Mono<Removed> refusal(OrganizationId organization, @Nullable Long version) {
        // Who adds to it meanwhile waits, and finds nothing to add to.
        return database.one(
                        database.sql(
                                organization, "SELECT version FROM organizations WHERE id = :organization FOR UPDATE"),
                        row -> required(row, "version", Long.class))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(current -> {
                    if (current.isEmpty()) {
                        return Mono.<Removed>just(new Removed.Missing());
                    }
                    return version != null && !version.equals(current.get())
                            ? Mono.<Removed>just(new Removed.Stale(current.get()))
                            : inProcess(organization).<Removed>map(Removed.InUse::new);
                });
    }

    private Mono<Void> empty(OrganizationId organization) {
        return Flux.fromIterable(MANY)
                .concatMap(many -> empty(organization, many))
                .then();
    }

    /** So many at a time that each statement ends in time, however much there is. */
    private Mono<Void> empty(OrganizationId organization, Many many) {
        return Mono.defer(() -> database.update(
                        database.sql(organization, """
                                DELETE FROM %1$s WHERE ctid IN (
                                    SELECT ctid FROM %1$s WHERE organization_id = :organization AND %2$s LIMIT %3$d)
                                """.formatted(many.table(), many.which(), many.atATime()))))
                .repeat()
                .takeUntil(deleted -> deleted == 0)
                .then();
    }

    private Mono<StreamStatus> inProcess(OrganizationId organization) {
        return database.one(database.sql(organization, """
                        SELECT status FROM streams
                        WHERE organization_id = :organization AND status IN ('pending', 'processing')
                        UNION ALL
                        SELECT status FROM batches WHERE organization_id = :organization AND status = 'processing'
                        LIMIT 1
                        """), row -> word(row, "status", StreamStatus.class));
    }

    private Mono<Removed> deleteOrganization(OrganizationId organization, RemovalOrder order) {
        return empty(organization, AUDIT_LOG)
                .then(note(new Removal(organization, ObjectKeys.inbox(organization))))
                .then(note(new Removal(organization, ObjectKeys.folder(organization))))
                .flatMap(noted -> database.update(database.sql(organization, """
                                WITH gone AS (
                                    DELETE FROM organizations WHERE id = :organization RETURNING id, name, plan
                                ), forgotten AS (
                                    DELETE FROM deleted_organizations WHERE deleted_at < now() - interval '1 year'
                                )
                                INSERT INTO deleted_organizations (id, name, plan, actor, address, request_id)
                                SELECT id, name, plan, :actor, :address::inet, :request FROM gone
                                """)
                                .bind("actor", order.actor())
                                .bind("address", nullable(String.class, order.address()))
                                .bind("request", order.requestId()))
                        .thenReturn(noted));
    }

    /** Deletes a highlight that has its clip. One without is about to get it. */
    public Mono<Removed> removeHighlight(HighlightRow highlight, @Nullable Long version) {
        StreamRef stream = highlight.stream();
        return database.transaction(streams.lock(stream)
                .flatMap(row -> highlights
                        .find(stream.organizationId(), highlight.id())
                        .flatMap(found -> {
                            if (version != null && version != found.version()) {
                                return Mono.<Removed>just(new Removed.Stale(found.version()));
                            }
                            return found.files() == null && !row.isTerminal()
                                    ? Mono.<Removed>just(new Removed.InUse(row.status()))
                                    : deleteHighlight(found, row.isTerminal());
                        }))
                .defaultIfEmpty(new Removed.Missing()));
    }

    private Mono<Removed> deleteHighlight(HighlightRow highlight, boolean counted) {
        StreamRef stream = highlight.stream();
        HighlightId id = highlight.id();
        return edits.delete(stream.organizationId(), id)
                .then(streams.countHighlights(stream))
                .then(note(new Removal(stream.organizationId(), ObjectKeys.highlight(stream, id))))
                .flatMap(done -> tell(stream, List.of(id))
                        // What is in process is counted at its end.
                        .then(counted ? usage.record(stream) : Mono.empty())
                        .thenReturn(done));
    }

    /** What lies at or below the folder is to be removed. Part of the transaction that takes its row. */
    Mono<Removed> note(Removal removal) {
        return database.update(database.sql(removal.organization(), """
                                INSERT INTO object_removals (organization_id, folder) VALUES (:organization, :folder)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("folder", removal.folder().value()))
                .thenReturn(new Removed.Done(removal));
    }

    /** That highlights of a stream are gone. */
    Mono<Long> tell(StreamRef stream, List<HighlightId> deleted) {
        return deleted.isEmpty()
                ? Mono.just(0L)
                : events.append(
                        stream.organizationId(),
                        deleted.stream()
                                .map(id -> StreamEvents.deleted(new EventId(FreshUuid.next()), stream, id))
                                .toList());
    }

    /** Of all organizations: what is noted, oldest first. */
    public Flux<Removal> noted(int limit) {
        return database.all(
                database.acrossOrganizations(
                                "SELECT organization_id, folder FROM object_removals ORDER BY noted_at LIMIT :limit")
                        .bind("limit", limit),
                row -> new Removal(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new ObjectKey(required(row, "folder", String.class))));
    }

    /** The objects are gone. */
    public Mono<Void> forget(Removal removal) {
        return database.update(database.sql(
                                removal.organization(),
                                "DELETE FROM object_removals WHERE organization_id = :organization AND folder ="
                                        + " :folder")
                        .bind("folder", removal.folder().value()))
                .then();
    }
}
