package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.KeyLookup.Expired;
import tv.tldr.activities.store.KeyLookup.Unknown;
import tv.tldr.activities.store.KeyLookup.Valid;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/** Which organizations are there, and whose is an API key? Keys are known by their peppered hash alone. */
public final class AccountStore {
    /** Any number, the same in every process: who holds it may look whether there is an organization and make one. */
    private static final long BOOTSTRAP_LOCK = 0x746c6472_626f6f74L;

    private final Database database;
    private final ApiKeySecrets secrets;

    AccountStore(Database database, ApiKeySecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** Makes the first organization and a key for it; empty when there is an organization already. */
    public Mono<IssuedKey> bootstrap(String organizationName, Set<String> scopes) {
        OrganizationId id = new OrganizationId(FreshUuid.next());
        Mono<Long> insertion =
                database.update(database.sql("""
                        INSERT INTO organizations (id, name, plan)
                        SELECT :id, :name, 'enterprise' WHERE NOT EXISTS (SELECT FROM organizations)
                        """).bind("id", id.uuid()).bind("name", organizationName));
        return database.alone(
                BOOTSTRAP_LOCK,
                insertion.filter(rows -> rows == 1).flatMap(made -> issueKey(id, "bootstrap", scopes, null)));
    }

    /** The oldest organization: the only one of the embedded default. Empty before {@link #bootstrap}. */
    public Mono<OrganizationId> firstOrganization() {
        return database.one(
                database.sql("SELECT id FROM organizations ORDER BY created_at, id LIMIT 1"),
                row -> new OrganizationId(required(row, "id", UUID.class)));
    }

    /** Makes a key; its secret is in the answer and nowhere else. */
    public Mono<IssuedKey> issueKey(
            OrganizationId organization, String name, Set<String> scopes, @Nullable Instant expiresAt) {
        String secret = secrets.fresh();
        return database.one(
                        database.sql(organization, """
                                INSERT INTO api_keys (organization_id, id, name, key_hash, preview, scopes, expires_at)
                                VALUES (:organization, :id, :name, :hash, :preview, :scopes, :expiresAt)
                                RETURNING *
                                """)
                                .bind("id", FreshUuid.next())
                                .bind("name", name)
                                .bind("hash", secrets.hash(secret))
                                .bind("preview", ApiKeySecrets.preview(secret))
                                .bind("scopes", scopes.toArray(String[]::new))
                                .bind("expiresAt", nullable(Instant.class, expiresAt)),
                        AccountStore::key)
                .map(key -> new IssuedKey(key, secret));
    }

    /** Whose key this is; notes, at most once a minute, that it was used. */
    public Mono<KeyLookup> lookUp(String presented) {
        if (!ApiKeySecrets.looksLikeOne(presented)) {
            return Mono.just(new Unknown());
        }
        return database.one(
                        database.sql("""
                                SELECT *, coalesce(expires_at <= now(), false) AS expired,
                                       coalesce(last_used_at < now() - interval '1 minute', true) AS forgotten
                                FROM api_keys WHERE key_hash = :hash AND revoked_at IS NULL
                                """).bind("hash", secrets.hash(presented)),
                        row -> new Found(
                                key(row),
                                required(row, "expired", Boolean.class),
                                required(row, "forgotten", Boolean.class)))
                .flatMap(this::admit)
                .defaultIfEmpty(new Unknown());
    }

    private record Found(ApiKey key, boolean expired, boolean forgotten) {}

    private Mono<KeyLookup> admit(Found found) {
        if (found.expired()) {
            return Mono.just(new Expired(found.key()));
        }
        Mono<Long> noted = found.forgotten() ? noteUse(found.key()) : Mono.empty();
        return noted.thenReturn(new Valid(found.key()));
    }

    private Mono<Long> noteUse(ApiKey key) {
        return database.update(
                database.sql(key.organizationId(), """
                        UPDATE api_keys SET last_used_at = now() WHERE organization_id = :organization AND id = :id
                        """).bind("id", key.id().uuid()));
    }

    private static ApiKey key(Readable row) {
        return new ApiKey(
                new ApiKeyId(required(row, "id", UUID.class)),
                new OrganizationId(required(row, "organization_id", UUID.class)),
                required(row, "name", String.class),
                required(row, "preview", String.class),
                Set.of(required(row, "scopes", String[].class)),
                required(row, "created_at", Instant.class),
                optional(row, "expires_at", Instant.class),
                optional(row, "revoked_at", Instant.class));
    }
}
