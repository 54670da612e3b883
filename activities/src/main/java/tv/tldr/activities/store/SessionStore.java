package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Refreshed.Rotated;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/**
 * Who is signed in? A session begins with a sign-in and lives from one refresh token to the next; each is good once, and
 * presenting one a second time ends the session.
 */
public final class SessionStore {
    /** A refresh token that is not used ends after this. */
    public static final Duration LIFE = Duration.ofDays(7);

    private final Database database;
    private final SecretTokens tokens;
    private final SecretTokens successors;

    /** @param successors make of a token and a request the next token, so that it can be told again */
    SessionStore(Database database, SecretTokens tokens, SecretTokens successors) {
        this.database = database;
        this.tokens = tokens;
        this.successors = successors;
    }

    /**
     * Begins a session; when {@code request} began one in a try of before that could not tell of it, that one goes on.
     *
     * @param request that asks, in each of its tries
     * @param organization null: the user belongs to none
     * @param address from where, as text
     */
    public Mono<Rotated> open(
            UUID request, UserId user, @Nullable OrganizationId organization, @Nullable String address) {
        SessionId wanted = new SessionId(request);
        return database.transaction(begin(wanted, user, address)
                // It is over by now: this one is another.
                .switchIfEmpty(Mono.defer(() -> begin(new SessionId(FreshUuid.next()), user, address)))
                .flatMap(begun ->
                        next(new Holder(begun.session(), user, organization), SecretTokens.fresh(), begun.now())));
    }

    private record Begun(SessionId session, boolean now) {}

    private Mono<Begun> begin(SessionId session, UserId user, @Nullable String address) {
        return database.one(
                database.sql("""
                        INSERT INTO sessions AS known (id, user_id, address) VALUES (:id, :person, :address::inet)
                        ON CONFLICT (id) DO UPDATE SET address = excluded.address
                        WHERE known.user_id = excluded.user_id AND known.revoked_at IS NULL
                        RETURNING known.xmax = 0 AS now
                        """)
                        .bind("id", session.uuid())
                        .bind("person", user.uuid())
                        .bind("address", nullable(String.class, address)),
                row -> new Begun(session, required(row, "now", Boolean.class)));
    }

    /**
     * Takes {@code token} and gives the next one; the same one to the same request, which may have died before it told of it.
     *
     * @param wanted the organization that is worked in from now on; null: the same as before, else one that the user belongs to,
     *     else none. One that the user does not belong to fails as {@link StoreFailure.Kind#MISSING}, and the token stays good
     * @param request that asks, in each of its tries
     */
    public Mono<Refreshed> refresh(String token, @Nullable OrganizationId wanted, UUID request) {
        byte[] hash = tokens.hash(token);
        String successor = successors.because(request + " " + token);
        Mono<Refreshed> rotation = database.one(database.sql("""
                        UPDATE refresh_tokens t SET used_at = now() FROM sessions s
                        WHERE t.token_hash = :hash AND t.used_at IS NULL AND t.expires_at > now()
                          AND s.id = t.session_id AND s.revoked_at IS NULL
                        RETURNING t.session_id, s.user_id, t.in_organization
                        """).bind("hash", hash), SessionStore::holder)
                .flatMap(before -> inOrganization(before, wanted)
                        .flatMap(holder -> next(
                                holder, successor, !Objects.equals(holder.organization(), before.organization()))));
        return database.transaction(rotation.switchIfEmpty(Mono.defer(() -> given(hash, successor)))
                .switchIfEmpty(Mono.defer(() -> reuse(hash))));
    }

    /** What was given for the token, if it was this. */
    private Mono<Refreshed> given(byte[] hash, String successor) {
        return database.one(
                database.sql("""
                        SELECT next.session_id, s.user_id, next.in_organization, next.expires_at
                        FROM refresh_tokens next
                            JOIN refresh_tokens former ON former.session_id = next.session_id
                            JOIN sessions s ON s.id = next.session_id
                        WHERE next.token_hash = :next AND former.token_hash = :hash AND s.revoked_at IS NULL
                        """).bind("next", tokens.hash(successor)).bind("hash", hash),
                row -> rotated(holder(row), successor, false, row));
    }

    /** Somebody who left goes on where they still belong to. */
    private Mono<Holder> inOrganization(Holder holder, @Nullable OrganizationId wanted) {
        return wanted == null
                ? memberOf(holder, holder.organization())
                        .switchIfEmpty(Mono.defer(() -> anywhere(holder)))
                        .defaultIfEmpty(holder.in(null))
                : memberOf(holder, wanted)
                        .switchIfEmpty(Mono.error(() -> new StoreFailure(
                                StoreFailure.Kind.MISSING, "the user does not belong to the organization", null)));
    }

    private Mono<Holder> memberOf(Holder holder, @Nullable OrganizationId organization) {
        return organization == null
                ? Mono.empty()
                : standing(holder.session(), holder.user(), organization).map(role -> holder.in(organization));
    }

    private Mono<Holder> anywhere(Holder holder) {
        return database.one(
                database.acrossOrganizations("""
                        SELECT organization_id FROM memberships WHERE user_id = :person
                        ORDER BY created_at, organization_id LIMIT 1
                        """).bind("person", holder.user().uuid()),
                row -> holder.in(new OrganizationId(required(row, "organization_id", UUID.class))));
    }

    private Mono<Refreshed> reuse(byte[] hash) {
        return database.one(database.sql("""
                        UPDATE sessions s SET revoked_at = now() FROM refresh_tokens t
                        WHERE t.token_hash = :hash AND t.used_at IS NOT NULL
                          AND s.id = t.session_id AND s.revoked_at IS NULL
                        RETURNING t.session_id, s.user_id, t.in_organization
                        """).bind("hash", hash), SessionStore::holder)
                .<Refreshed>map(holder -> new Refreshed.Reused(holder.session(), holder.user(), holder.organization()))
                .defaultIfEmpty(new Refreshed.Unknown());
    }

    private Mono<Rotated> next(Holder holder, String token, boolean arrived) {
        OrganizationId organization = holder.organization();
        return database.one(
                database.sql("""
                        INSERT INTO refresh_tokens (token_hash, session_id, in_organization, expires_at)
                        VALUES (:hash, :session, :place, now() + make_interval(secs => :life))
                        RETURNING expires_at
                        """)
                        .bind("hash", tokens.hash(token))
                        .bind("place", nullable(UUID.class, organization == null ? null : organization.uuid()))
                        .bind("session", holder.session().uuid())
                        .bind("life", (double) LIFE.toSeconds()),
                row -> rotated(holder, token, arrived, row));
    }

    private static Rotated rotated(Holder holder, String token, boolean arrived, Readable row) {
        return new Rotated(
                holder.session(),
                holder.user(),
                holder.organization(),
                token,
                required(row, "expires_at", Instant.class),
                arrived);
    }

    /** What the user is in the organization, while the session lives; empty: nothing, or it is over. */
    public Mono<Role> standing(SessionId session, UserId user, OrganizationId organization) {
        return database.one(
                database.sql(organization, """
                        SELECT m.role FROM sessions s JOIN memberships m ON m.user_id = s.user_id
                        WHERE s.id = :session AND s.user_id = :person AND s.revoked_at IS NULL
                          AND m.organization_id = :organization
                        """).bind("session", session.uuid()).bind("person", user.uuid()),
                row -> word(row, "role", Role.class));
    }

    /** The user, while the session lives, wherever they belong to. */
    public Mono<UserId> alive(SessionId session, UserId user) {
        return database.one(
                database.sql("""
                        SELECT user_id FROM sessions WHERE id = :session AND user_id = :person AND revoked_at IS NULL
                        """).bind("session", session.uuid()).bind("person", user.uuid()),
                row -> new UserId(required(row, "user_id", UUID.class)));
    }

    public Mono<Void> end(SessionId session) {
        return database.update(
                        database.sql("UPDATE sessions SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL")
                                .bind("id", session.uuid()))
                .then();
    }

    /** Ends all sessions of a user but one; null: all. */
    public Mono<Void> endOthers(UserId user, @Nullable SessionId but) {
        return database.update(database.sql("""
                        UPDATE sessions SET revoked_at = now()
                        WHERE user_id = :person AND revoked_at IS NULL AND id IS DISTINCT FROM :but
                        """)
                        .bind("person", user.uuid())
                        .bind("but", nullable(UUID.class, but == null ? null : but.uuid())))
                .then();
    }

    /** Removes sessions that can never be used again; those that ended lately stay, so that a stolen token is still noticed. */
    public Mono<Long> sweep() {
        return database.update(database.sql("""
                DELETE FROM sessions s
                WHERE s.created_at < now() - interval '1 day' AND NOT EXISTS (
                    SELECT FROM refresh_tokens t WHERE t.session_id = s.id AND t.expires_at > now() - interval '1 day')
                """));
    }

    /** @param organization null: none, or one that is gone */
    private record Holder(
            SessionId session, UserId user, @Nullable OrganizationId organization) {
        Holder in(@Nullable OrganizationId another) {
            return new Holder(session, user, another);
        }
    }

    private static Holder holder(Readable row) {
        UUID organization = row.get("in_organization", UUID.class);
        return new Holder(
                new SessionId(required(row, "session_id", UUID.class)),
                new UserId(required(row, "user_id", UUID.class)),
                organization == null ? null : new OrganizationId(organization));
    }
}
