package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.UserId;

/** Which organizations are there, and which of them does somebody belong to? */
public final class OrganizationStore {
    private final Database database;

    OrganizationStore(Database database) {
        this.database = database;
    }

    /** Makes an organization without anybody in it, on behalf of somebody. */
    public Mono<Organization> create(String name, Plan plan, UserId creator) {
        return create(new OrganizationId(FreshUuid.next()), name, plan, creator);
    }

    public Mono<Organization> create(OrganizationId id, String name, Plan plan, UserId creator) {
        return database.one(
                database.sql("""
                        INSERT INTO organizations (id, name, plan, created_by)
                        VALUES (:id, :name, :plan, :creator)
                        RETURNING *
                        """)
                        .bind("id", id.uuid())
                        .bind("name", name)
                        .bind("creator", creator.uuid())
                        .bind("plan", text(plan)),
                OrganizationStore::organization);
    }

    public Mono<Organization> find(OrganizationId id) {
        return database.one(
                database.sql(id, "SELECT * FROM organizations WHERE id = :organization"),
                OrganizationStore::organization);
    }

    /** Empty when {@code expected} is not the current version any more. */
    public Mono<Organization> rename(OrganizationId id, String name, long expected) {
        return database.one(
                database.sql(id, """
                        UPDATE organizations SET name = :name, updated_at = now(), version = version + 1
                        WHERE id = :organization AND version = :expected
                        RETURNING *
                        """).bind("name", name).bind("expected", expected), OrganizationStore::organization);
    }

    /** All that there are, the oldest first. */
    public Flux<Organization> all() {
        return database.all(
                database.sql("SELECT * FROM organizations ORDER BY created_at, id"), OrganizationStore::organization);
    }

    /** Those that were deleted within a year, the latest first. */
    public Flux<DeletedOrganization> deleted() {
        return database.all(
                database.sql("""
                        SELECT id, name, plan, actor, host(address) AS address, request_id, deleted_at
                        FROM deleted_organizations ORDER BY deleted_at DESC, id
                        """),
                row -> new DeletedOrganization(
                        new OrganizationId(required(row, "id", UUID.class)),
                        required(row, "name", String.class),
                        word(row, "plan", Plan.class),
                        new RemovalOrder(
                                required(row, "actor", String.class),
                                optional(row, "address", String.class),
                                required(row, "request_id", String.class)),
                        required(row, "deleted_at", Instant.class)));
    }

    /** Gives an organization another plan; empty when there is no such organization. Limits follow by themselves. */
    public Mono<Organization> changePlan(OrganizationId id, Plan plan) {
        return database.one(database.sql(id, """
                        UPDATE organizations SET plan = :plan, updated_at = now(), version = version + 1
                        WHERE id = :organization
                        RETURNING *
                        """).bind("plan", text(plan)), OrganizationStore::organization);
    }

    /**
     * How many of a plan somebody has made or owns. Until the transaction around it ends nobody else counts theirs, so that no
     * two together go over a limit.
     */
    public Mono<Long> countOwn(UserId person, Plan plan) {
        return database.alone(
                "organizations of " + person.uuid(),
                database.one(
                        database.acrossOrganizations("""
                                SELECT count(*) AS own FROM organizations
                                WHERE plan = :plan AND id IN (
                                    SELECT id FROM organizations WHERE created_by = :person
                                    UNION
                                    SELECT organization_id FROM memberships WHERE user_id = :person AND role = 'owner')
                                """)
                                .bind("plan", text(plan))
                                .bind("person", person.uuid()),
                        row -> required(row, "own", Long.class)));
    }

    private record Joined(Organization organization, Instant at) {}

    /** Those that somebody belongs to, by when they joined them. */
    public Mono<Page<Organization>> of(UserId user, ByTime page) {
        Conditions conditions = new Conditions("m.user_id = :person", user.uuid()).behind(page, "m.created_at", "o.id");
        GenericExecuteSpec selection = conditions.bindTo(
                database.acrossOrganizations("""
                SELECT o.*, m.created_at AS joined_at FROM memberships m JOIN organizations o ON o.id = m.organization_id
                WHERE %s
                %s
                """.formatted(conditions, page.rows("m.created_at", "o.id"))));
        return database.byTime(
                        "memberships",
                        user,
                        page,
                        database.all(
                                selection,
                                row -> new Joined(organization(row), required(row, "joined_at", Instant.class))),
                        row -> Cursor.made(row.at(), row.organization().id().uuid()))
                .map(joined -> joined.map(Joined::organization));
    }

    private static String text(Plan plan) {
        return plan.name().toLowerCase(Locale.ROOT);
    }

    private static Organization organization(Readable row) {
        return new Organization(
                new OrganizationId(required(row, "id", UUID.class)),
                required(row, "name", String.class),
                word(row, "plan", Plan.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }
}
