package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.InvitationId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/** Who is invited into which organization? The token in the mail is known by its hash alone. */
public final class InvitationStore {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final String OPEN = "accepted_at IS NULL AND revoked_at IS NULL";

    private final Database database;
    private final SecretTokens tokens;
    private final SecretTokens links;

    /** @param links make the token of an invitation, so that its mail can be sent again */
    InvitationStore(Database database, SecretTokens tokens, SecretTokens links) {
        this.database = database;
        this.tokens = tokens;
        this.links = links;
    }

    /** @param token for the mail to the invited person, and nowhere else; null: it is not good any more */
    public record Issued(Invitation invitation, @Nullable String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Issued[" + invitation + "]";
        }
    }

    /** What was issued under an id; empty: nothing. */
    public Mono<Issued> issued(OrganizationId organization, InvitationId id) {
        return database.one(
                database.sql(organization, """
                        SELECT *, expires_at > now() AND %s AS open FROM invitations
                        WHERE organization_id = :organization AND id = :id
                        """.formatted(OPEN)).bind("id", id.uuid()),
                row -> new Issued(invitation(row), required(row, "open", Boolean.class) ? token(id) : null));
    }

    private String token(InvitationId id) {
        return links.because(id.toString());
    }

    /**
     * Takes the place of an open one to the same address.
     *
     * @param id that no other one has
     */
    public Mono<Issued> issue(
            OrganizationId organization, InvitationId id, String email, Role role, @Nullable UserId by) {
        String token = token(id);
        Mono<Long> former =
                database.update(database.sql(organization, """
                        UPDATE invitations SET revoked_at = now()
                        WHERE organization_id = :organization AND lower(email) = lower(:email) AND %s
                        """.formatted(OPEN)).bind("email", email));
        Mono<Invitation> written = database.one(
                database.sql(organization, """
                        INSERT INTO invitations (organization_id, id, email, role, token_hash, invited_by, expires_at)
                        VALUES (:organization, :id, :email, :role, :hash, :by, now() + make_interval(secs => :life))
                        RETURNING *
                        """)
                        .bind("id", id.uuid())
                        .bind("email", email)
                        .bind("role", MemberStore.text(role))
                        .bind("hash", tokens.hash(token))
                        .bind("by", nullable(UUID.class, by == null ? null : by.uuid()))
                        .bind("life", (double) LIFE.toSeconds()),
                InvitationStore::invitation);
        return database.transaction(former.then(written)).map(invitation -> new Issued(invitation, token));
    }

    /**
     * The open ones, also those whose time is over.
     *
     * @param roles only those into one of these; empty: all
     * @param expired only those whose time is over, or only the others; null: all
     */
    public Mono<Page<Invitation>> list(
            OrganizationId organization, List<Role> roles, @Nullable Boolean expired, ByTime page) {
        Conditions conditions = new Conditions("organization_id = :organization AND " + OPEN, organization.uuid())
                .in(roles)
                .is("expires_at <= now()", expired)
                .behind(page);
        GenericExecuteSpec selection = conditions.bindTo(
                database.sql(organization, "SELECT * FROM invitations WHERE " + conditions + " " + page.rows()));
        return database.byTime(
                "invitations",
                organization,
                page,
                database.all(selection, InvitationStore::invitation),
                row -> Cursor.made(row.createdAt(), row.id().uuid()));
    }

    /** Takes an open invitation back; empty when there is none. */
    public Mono<Invitation> revoke(OrganizationId organization, InvitationId id) {
        return database.one(
                database.sql(organization, """
                        UPDATE invitations SET revoked_at = now()
                        WHERE organization_id = :organization AND id = :id AND %s
                        RETURNING *
                        """.formatted(OPEN)).bind("id", id.uuid()), InvitationStore::invitation);
    }

    /** The open invitation behind a token whose time is not over. */
    public Mono<Invitation> behind(String token) {
        return behind(token, "expires_at > now() AND " + OPEN);
    }

    /** The invitation behind a token by which somebody came in. */
    public Mono<Invitation> accepted(String token) {
        return behind(token, "accepted_at IS NOT NULL");
    }

    private Mono<Invitation> behind(String token, String condition) {
        return database.one(
                database.acrossOrganizations("SELECT * FROM invitations WHERE token_hash = :hash AND " + condition)
                        .bind("hash", tokens.hash(token)),
                InvitationStore::invitation);
    }

    /** Empty when somebody was quicker. */
    public Mono<Invitation> accept(Invitation invitation) {
        return database.one(
                database.sql(invitation.organizationId(), """
                        UPDATE invitations SET accepted_at = now()
                        WHERE organization_id = :organization AND id = :id AND expires_at > now() AND %s
                        RETURNING *
                        """.formatted(OPEN))
                        .bind("id", invitation.id().uuid()),
                InvitationStore::invitation);
    }

    private static Invitation invitation(Readable row) {
        UUID by = optional(row, "invited_by", UUID.class);
        return new Invitation(
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new InvitationId(required(row, "id", UUID.class)),
                required(row, "email", String.class),
                word(row, "role", Role.class),
                by == null ? null : new UserId(by),
                required(row, "created_at", Instant.class),
                required(row, "expires_at", Instant.class));
    }
}
