package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.KeyLookup.Expired;
import tv.tldr.activities.store.KeyLookup.Unknown;
import tv.tldr.activities.store.KeyLookup.Valid;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

/** Which organization is the first, and whose is an API key? Keys are known by their peppered hash alone. */
public final class AccountStore {
    /** Any number, the same in every process: who holds it may look whether there is an organization and make one. */
    private static final long BOOTSTRAP_LOCK = 0x746c6472_626f6f74L;

    private final Database database;
    private final ApiKeyStore keys;
    private final ApiKeySecrets secrets;

    AccountStore(Database database, ApiKeyStore keys, ApiKeySecrets secrets) {
        this.database = database;
        this.keys = keys;
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

    /** Makes a key on behalf of whoever runs the installation; its secret is in the answer and nowhere else. */
    public Mono<IssuedKey> issueKey(
            OrganizationId organization, String name, Set<String> scopes, @Nullable Instant expiresAt) {
        return keys.issue(organization, new NewKey(name, scopes, null, List.of(), null, expiresAt));
    }

    /** Under which hash a key is known; empty for what cannot be one. */
    public Optional<KeyHash> hashOf(String presented) {
        return ApiKeySecrets.looksLikeOne(presented)
                ? Optional.of(new KeyHash(HexFormat.of().formatHex(secrets.hash(presented))))
                : Optional.empty();
    }

    /** Whose key this is, and what its creator is there by now. */
    public Mono<KeyLookup> lookUp(KeyHash hash) {
        return database.one(
                        database.acrossOrganizations("""
                                SELECT %s, m.role, coalesce(k.expires_at <= now(), false) AS expired
                                FROM api_keys k LEFT JOIN memberships m
                                  ON m.organization_id = k.organization_id AND m.user_id = k.created_by
                                WHERE k.key_hash = :hash AND k.revoked_at IS NULL
                                """.formatted(ApiKeyStore.COLUMNS))
                                .bind("hash", HexFormat.of().parseHex(hash.hex())),
                        row -> admit(
                                ApiKeyStore.key(row),
                                optional(row, "role", String.class),
                                required(row, "expired", Boolean.class)))
                .defaultIfEmpty(new Unknown());
    }

    private static KeyLookup admit(ApiKey key, @Nullable String role, boolean expired) {
        if (key.createdBy() != null && role == null) {
            return new Unknown();
        }
        return expired
                ? new Expired(key)
                : new Valid(key, role == null ? Role.OWNER : Role.valueOf(role.toUpperCase(Locale.ROOT)));
    }
}
