package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/**
 * Who belongs to an organization, and as what? Changes to one organization's members wait for each other, so that no two of
 * them together take its last owner or go over its plan.
 */
public final class MemberStore {
    private static final String COLUMNS =
            "u.id, u.email, u.name, u.email_verified_at, m.role, m.created_at AS joined_at, m.version";

    private final Database database;

    MemberStore(Database database) {
        this.database = database;
    }

    public Mono<Member> find(OrganizationId organization, UserId user) {
        return database.one(
                database.sql(organization, """
                        SELECT %s FROM memberships m JOIN users u ON u.id = m.user_id
                        WHERE m.organization_id = :organization AND m.user_id = :person
                        """.formatted(COLUMNS)).bind("person", user.uuid()), MemberStore::member);
    }

    /** The organization that somebody has belonged to for the longest time. */
    public Mono<OrganizationId> firstOf(UserId user) {
        return database.one(
                database.acrossOrganizations("""
                        SELECT organization_id FROM memberships WHERE user_id = :person
                        ORDER BY created_at, organization_id LIMIT 1
                        """).bind("person", user.uuid()),
                row -> new OrganizationId(required(row, "organization_id", UUID.class)));
    }

    /**
     * By when they joined.
     *
     * @param roles only those in one of these; empty: all
     */
    public Mono<Page<Member>> list(OrganizationId organization, List<Role> roles, ByTime page) {
        Conditions conditions = new Conditions("m.organization_id = :organization", organization.uuid())
                .in(roles)
                .behind(page, "m.created_at", "m.user_id");
        GenericExecuteSpec selection = conditions.bindTo(
                database.sql(organization, """
                SELECT %s FROM memberships m JOIN users u ON u.id = m.user_id
                WHERE %s
                %s
                """.formatted(COLUMNS, conditions, page.rows("m.created_at", "m.user_id"))));
        return database.byTime(
                "memberships",
                organization,
                page,
                database.all(selection, MemberStore::member),
                row -> Cursor.made(row.joinedAt(), row.userId().uuid()));
    }

    /** How many belong to it or are invited. */
    public Mono<Long> seats(OrganizationId organization) {
        return database.one(database.sql(organization, """
                        SELECT (SELECT count(*) FROM memberships WHERE organization_id = :organization)
                             + (SELECT count(*) FROM invitations
                                WHERE organization_id = :organization AND accepted_at IS NULL AND revoked_at IS NULL
                                  AND expires_at > now()) AS seats
                        """), row -> required(row, "seats", Long.class));
    }

    /** Fails as {@link StoreFailure.Kind#DUPLICATE} when they belong to it already. */
    public Mono<Void> add(OrganizationId organization, UserId user, Role role) {
        return database.update(database.sql(organization, """
                        INSERT INTO memberships (organization_id, user_id, role) VALUES (:organization, :person, :role)
                        """)
                        .bind("person", user.uuid())
                        .bind("role", text(role)))
                .then();
    }

    /** @param allowed fails when the caller must not, seeing who it is about */
    public Mono<MemberChange> changeRole(
            OrganizationId organization, UserId user, Role role, Function<Member, Mono<Void>> allowed) {
        return change(organization, user, role == Role.OWNER, allowed, member -> database.update(
                        database.sql(organization, """
                                UPDATE memberships SET role = :role, updated_at = now(), version = version + 1
                                WHERE organization_id = :organization AND user_id = :person
                                """)
                                .bind("person", user.uuid())
                                .bind("role", text(role)))
                .then(find(organization, user)));
    }

    /**
     * With them go what they left to act for them: their keys and the invitations that they sent. Coming back later brings
     * none of it back.
     *
     * @param allowed as with {@link #changeRole}
     */
    public Mono<MemberChange> remove(OrganizationId organization, UserId user, Function<Member, Mono<Void>> allowed) {
        return change(organization, user, false, allowed, member -> database.update(
                        database.sql(organization, """
                                WITH keys AS (
                                    UPDATE api_keys SET revoked_at = now(), updated_at = now(), version = version + 1
                                    WHERE organization_id = :organization AND created_by = :person AND revoked_at IS NULL
                                ), invited AS (
                                    UPDATE invitations SET revoked_at = now()
                                    WHERE organization_id = :organization AND invited_by = :person
                                      AND accepted_at IS NULL AND revoked_at IS NULL
                                )
                                DELETE FROM memberships
                                WHERE organization_id = :organization AND user_id = :person
                                """).bind("person", user.uuid()))
                .thenReturn(member));
    }

    private Mono<MemberChange> change(
            OrganizationId organization,
            UserId user,
            boolean staysOwner,
            Function<Member, Mono<Void>> allowed,
            Function<Member, Mono<Member>> write) {
        Mono<MemberChange> change = find(organization, user)
                .flatMap(member -> allowed.apply(member).then(Mono.defer(() -> {
                    Mono<MemberChange> done = write.apply(member).map(MemberChange.Done::new);
                    return member.role() != Role.OWNER || staysOwner
                            ? done
                            : owners(organization)
                                    .flatMap(owners -> owners > 1 ? done : Mono.just(new MemberChange.LastOwner()));
                })))
                .defaultIfEmpty(new MemberChange.Missing());
        return alone(organization, change);
    }

    private Mono<Long> owners(OrganizationId organization) {
        return database.one(database.sql(organization, """
                        SELECT count(*) AS owners FROM memberships
                        WHERE organization_id = :organization AND role = 'owner'
                        """), row -> required(row, "owners", Long.class));
    }

    /** A transaction that no other one about the organization's members runs beside. */
    public <T> Mono<T> alone(OrganizationId organization, Mono<T> change) {
        return database.alone("members " + organization.uuid(), change);
    }

    static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Member member(Readable row) {
        return new Member(
                new UserId(required(row, "id", UUID.class)),
                required(row, "email", String.class),
                required(row, "name", String.class),
                optional(row, "email_verified_at", Instant.class),
                word(row, "role", Role.class),
                required(row, "joined_at", Instant.class),
                required(row, "version", Long.class));
    }
}
