package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.AuditEntryId;
import tv.tldr.workflows.account.OrganizationId;

/** What was done in an organization that matters for security? Entries are written with their change or not at all. */
public final class AuditStore {
    static final int MOST_REFUSALS_AN_HOUR = 20;

    private final Database database;

    AuditStore(Database database) {
        this.database = database;
    }

    /** All of {@code change} with its entries, or nothing. */
    public <T> Mono<T> with(Mono<T> change, Function<T, List<NewAuditEntry>> entries) {
        return database.transaction(change.flatMap(done ->
                Flux.fromIterable(entries.apply(done)).concatMap(this::append).then(Mono.just(done))));
    }

    public Mono<Void> append(NewAuditEntry entry) {
        return database.update(database.sql(entry.organization(), """
                        INSERT INTO audit_log
                            (organization_id, id, action, actor, target, address, request_id, details)
                        VALUES (:organization, :id, :action, :actor, :target, :address::inet, :request, :details::jsonb)
                        """)
                        .bind("id", FreshUuid.next())
                        .bind("action", entry.action().wire())
                        .bind("actor", nullable(String.class, entry.actor()))
                        .bind("target", nullable(String.class, entry.target()))
                        .bind("address", nullable(String.class, entry.address()))
                        .bind("request", entry.requestId())
                        .bind("details", Jsonb.text(entry.details())))
                .then();
    }

    /** Written down some times an hour and no more: whoever is refused on purpose fills no table. */
    Mono<Void> refused(OrganizationId organization, @Nullable String target, Map<String, Object> details) {
        return database.update(database.sql(organization, """
                        INSERT INTO audit_log (organization_id, id, action, target, request_id, details)
                        SELECT :organization, :id, :action, :target, '', :details::jsonb
                        WHERE (SELECT count(*) FROM (
                            SELECT created_at FROM audit_log WHERE organization_id = :organization AND action = :action
                            ORDER BY id DESC LIMIT :most) latest
                            WHERE created_at > now() - interval '1 hour') < :most
                        """)
                        .bind("id", FreshUuid.next())
                        .bind("action", AuditAction.EGRESS_REFUSED.wire())
                        .bind("target", nullable(String.class, target))
                        .bind("details", Jsonb.text(details))
                        .bind("most", MOST_REFUSALS_AN_HOUR))
                .then();
    }

    /** The newest first. */
    public Mono<Page<AuditEntry>> list(OrganizationId organization, AuditQuery query) {
        Conditions conditions = new Conditions("organization_id = :organization", organization.uuid());
        AuditAction action = query.action();
        if (action != null) {
            conditions.and("action = :action", action.wire());
        }
        if (query.actor() != null) {
            conditions.and("actor = :actor", query.actor());
        }
        if (query.target() != null) {
            conditions.and("target = :target", query.target());
        }
        conditions.madeWithin(query.after(), query.before()).behind(query.cursor());
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(organization, """
                SELECT id, action, actor, target, host(address) AS address, request_id, details, created_at
                FROM audit_log WHERE %s ORDER BY id DESC LIMIT %d
                """.formatted(conditions, query.limit() + 1)));
        return database.all(selection, AuditStore::entry)
                .collectList()
                .map(rows -> Page.of(
                        rows, query.limit(), row -> new Cursor("0", row.id().uuid())));
    }

    private static AuditEntry entry(Readable row) {
        Map<String, Object> details = Jsonb.object(required(row, "details", Json.class));
        return new AuditEntry(
                new AuditEntryId(required(row, "id", UUID.class)),
                word(row, "action", AuditAction.class),
                optional(row, "actor", String.class),
                optional(row, "target", String.class),
                optional(row, "address", String.class),
                required(row, "request_id", String.class),
                details,
                required(row, "created_at", Instant.class));
    }
}
