package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FallbackChain.Broken;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.HighlightType;

/**
 * Which dimension sets does an organization have, and how did they come to be as they are? Changes to the sets of one
 * organization wait for each other, so that no two of them together break a chain of fallbacks.
 */
public final class DimensionSetStore {
    /** Beside each version: when the first one of its set was written. */
    private static final String FIRST = """
            JOIN (SELECT organization_id, id, created_at AS first_at FROM dimension_sets WHERE version = 1) AS beginning
                USING (organization_id, id)""";

    /** Where a set stands in a list; a deleted one, too. */
    private static final String PLACE = """
            (SELECT place.created_at, place.id FROM dimension_sets place
             WHERE place.organization_id = dimension_sets.organization_id AND place.id = :id AND place.version = 1)""";

    private final Database database;

    DimensionSetStore(Database database) {
        this.database = database;
    }

    /** The current version; empty when there is none or the set is another organization's. */
    public Mono<DimensionSetRow> find(OrganizationId organization, DimensionSetId id) {
        return database.one(database.sql(organization, """
                        SELECT * FROM dimension_sets
                        WHERE organization_id = :organization AND id = :id AND is_current AND deleted_at IS NULL
                        """).bind("id", id.uuid()), DimensionSetStore::row);
    }

    /** One of the versions of a set that is not deleted. */
    public Mono<DimensionSetRow> find(OrganizationId organization, DimensionSetId id, int version) {
        return database.one(
                database.sql(organization, """
                        SELECT * FROM dimension_sets
                        WHERE organization_id = :organization AND id = :id AND version = :version AND deleted_at IS NULL
                        """).bind("id", id.uuid()).bind("version", version), DimensionSetStore::row);
    }

    /** The current versions of the organization's sets, by when they were first written. */
    public Mono<Page<DimensionSetRow>> list(OrganizationId organization, DimensionSetQuery query) {
        ByTime page = query.page();
        Conditions conditions = new Conditions(
                "organization_id = :organization AND is_current AND deleted_at IS NULL", organization.uuid());
        if (query.name() != null) {
            conditions.and("strpos(lower(name), lower(:name)) > 0", query.name());
        }
        if (page.after() != null) {
            conditions.and(
                    "(first_at, id) " + (page.oldestFirst() ? "> " : "< ") + PLACE,
                    page.after().id());
        }
        GenericExecuteSpec selection = conditions.bindTo(
                database.sql(organization, """
                SELECT * FROM dimension_sets %s
                WHERE %s
                %s
                """.formatted(FIRST, conditions, page.rows("first_at", "id"))));
        return database.byTime(
                "dimension_sets",
                organization,
                page,
                database.all(selection, DimensionSetStore::row),
                row -> new Cursor("0", row.id().uuid()));
    }

    /** The highlight types of all current versions, by when their sets were first written. */
    public Mono<Page<FoundType>> types(OrganizationId organization, @Nullable Cursor after, int limit) {
        Conditions conditions = new Conditions(
                "organization_id = :organization AND is_current AND deleted_at IS NULL", organization.uuid());
        if (after != null) {
            conditions.and(
                    "((first_at, id) > " + PLACE + " OR id = :same AND ordinality > :ordinality)",
                    after.id(),
                    after.id(),
                    (long) after.number());
        }
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(organization, """
                SELECT id, version, ordinality, type
                FROM dimension_sets %s,
                     json_array_elements(definition -> 'types') WITH ORDINALITY AS types (type, ordinality)
                WHERE %s
                ORDER BY first_at, id, ordinality
                LIMIT %d
                """.formatted(FIRST, conditions, limit + 1)));
        Mono<List<FoundType>> look =
                database.all(selection, DimensionSetStore::type).collectList();
        return database.fromTheOldest("dimension_sets", organization, look)
                .map(rows -> Page.of(
                        rows,
                        limit,
                        row -> new Cursor(Long.toString(row.place()), row.set().uuid())));
    }

    /** @param place within its set, from 1 */
    public record FoundType(DimensionSetId set, int version, long place, HighlightType type) {}

    private static FoundType type(Readable row) {
        return new FoundType(
                new DimensionSetId(required(row, "id", UUID.class)),
                required(row, "version", Integer.class),
                required(row, "ordinality", Long.class),
                Jsonb.read(required(row, "type", Json.class), HighlightType.class));
    }

    /** All versions of a set that is not deleted, newest first. */
    public Mono<Page<DimensionSetRow>> versions(
            OrganizationId organization, DimensionSetId id, @Nullable Cursor after, int limit) {
        Conditions conditions = new Conditions(
                "organization_id = :organization AND id = :id AND deleted_at IS NULL", organization.uuid(), id.uuid());
        if (after != null) {
            conditions.and("version < :version", (int) after.number());
        }
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(organization, """
                SELECT * FROM dimension_sets
                WHERE %s
                ORDER BY version DESC
                LIMIT %d
                """.formatted(conditions, limit + 1)));
        return database.all(selection, DimensionSetStore::row)
                .collectList()
                .map(rows -> Page.of(rows, limit, row -> new Cursor(Integer.toString(row.version()), id.uuid())));
    }

    /** Writes down a new set as its version 1, or finds it written by an earlier try. Its id is that of {@code definition}. */
    public Mono<SetChange> create(OrganizationId organization, DimensionSet definition) {
        return alone(
                organization,
                find(organization, DimensionSetId.parse(definition.id()), 1)
                        .<SetChange>map(SetChange.Done::new)
                        .switchIfEmpty(Mono.defer(
                                () -> unlessBroken(organization, definition, insert(organization, definition, 1)))));
    }

    /**
     * Writes down a new version.
     *
     * @param expected the version that it follows: when another one is current by now, nothing is written
     */
    public Mono<SetChange> update(OrganizationId organization, DimensionSet definition, int expected) {
        DimensionSetId id = DimensionSetId.parse(definition.id());
        return alone(
                organization,
                find(organization, id)
                        .flatMap(current -> current.version() == expected
                                ? unlessBroken(
                                        organization,
                                        definition,
                                        retire(current).then(insert(organization, definition, expected + 1)))
                                : Mono.just(new SetChange.Stale(current.version())))
                        .defaultIfEmpty(new SetChange.Missing()));
    }

    /**
     * Takes the set from all lists; streams that were submitted with it keep what they have.
     *
     * @param expected as with {@link #update}
     */
    public Mono<SetChange> delete(OrganizationId organization, DimensionSetId id, int expected) {
        return alone(
                organization,
                find(organization, id)
                        .flatMap(current -> current.version() == expected
                                ? fallingBackOn(organization, id)
                                        .collectList()
                                        .flatMap(users -> users.isEmpty()
                                                ? archive(current)
                                                : Mono.just(new SetChange.InUse(users)))
                                : Mono.just(new SetChange.Stale(current.version())))
                        .defaultIfEmpty(new SetChange.Missing()));
    }

    /** The set that {@code id} names, a preset or one of the organization, with all that it falls back on. */
    public Mono<FallbackChain> chain(OrganizationId organization, String id) {
        return new FallbackSearch(organization, this).from(id);
    }

    /**
     * What is wrong with a set's fallback; empty: nothing.
     *
     * @param id of a set that need not be written down yet
     * @param fallback null: it has none
     */
    public Mono<Broken> fault(OrganizationId organization, String id, @Nullable String fallback) {
        return fallback == null ? Mono.empty() : new FallbackSearch(organization, this).fault(id, fallback);
    }

    private Mono<SetChange> unlessBroken(
            OrganizationId organization, DimensionSet definition, Mono<DimensionSetRow> write) {
        return fault(organization, definition.id(), definition.fallbackSetId())
                .<SetChange>map(SetChange.BadFallback::new)
                .switchIfEmpty(write.map(SetChange.Done::new));
    }

    private Mono<DimensionSetRow> insert(OrganizationId organization, DimensionSet definition, int version) {
        return database.one(
                database.sql(organization, """
                        INSERT INTO dimension_sets (organization_id, id, version, name, definition, is_current)
                        VALUES (:organization, :id, :version, :name, :definition::json, true)
                        RETURNING *
                        """)
                        .bind("id", DimensionSetId.parse(definition.id()).uuid())
                        .bind("version", version)
                        .bind("name", definition.name())
                        .bind("definition", Jsonb.text(definition)),
                DimensionSetStore::row);
    }

    private Mono<Long> retire(DimensionSetRow current) {
        return database.update(database.sql(current.organization(), """
                        UPDATE dimension_sets SET is_current = false
                        WHERE organization_id = :organization AND id = :id AND is_current
                        """)
                .bind("id", current.id().uuid()));
    }

    private Mono<SetChange> archive(DimensionSetRow current) {
        return database.update(database.sql(current.organization(), """
                        UPDATE dimension_sets SET deleted_at = now()
                        WHERE organization_id = :organization AND id = :id
                        """)
                        .bind("id", current.id().uuid()))
                .thenReturn(new SetChange.Done(current));
    }

    Flux<String> fallingBackOn(OrganizationId organization, DimensionSetId id) {
        return database.all(
                database.sql(organization, """
                        SELECT id FROM dimension_sets
                        WHERE organization_id = :organization AND is_current AND deleted_at IS NULL
                          AND definition ->> 'fallback_set_id' = :fallback
                        ORDER BY id
                        """).bind("fallback", id.toString()),
                row -> new DimensionSetId(required(row, "id", UUID.class)).toString());
    }

    /** A transaction that no other one about the organization's sets runs beside. */
    private Mono<SetChange> alone(OrganizationId organization, Mono<SetChange> change) {
        return database.alone("dimension_sets " + organization.uuid(), change);
    }

    private static DimensionSetRow row(Readable row) {
        return new DimensionSetRow(
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new DimensionSetId(required(row, "id", UUID.class)),
                required(row, "version", Integer.class),
                Jsonb.read(required(row, "definition", Json.class), DimensionSet.class),
                required(row, "is_current", Boolean.class),
                required(row, "created_at", Instant.class),
                optional(row, "deleted_at", Instant.class));
    }
}
