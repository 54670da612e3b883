package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.UserId;

/** Which API keys does an organization have, and how are they changed? A revoked one is as good as gone. */
public final class ApiKeyStore {
    /** The driver has no type for networks. */
    static final String COLUMNS = "k.*, k.ip_allow_list::text[] AS networks";

    private final Database database;
    private final ApiKeySecrets secrets;

    ApiKeyStore(Database database, ApiKeySecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * Whose keys?
     *
     * @param everyones whether also those that others made
     * @param creator those that this user made; null: those that whoever runs the installation made
     */
    public record Owner(boolean everyones, @Nullable UserId creator) {}

    /** Makes a key; its secret is in the answer and nowhere else. */
    public Mono<IssuedKey> issue(OrganizationId organization, NewKey key) {
        return issue(organization, new ApiKeyId(FreshUuid.next()), key);
    }

    /** The same under an id. A key that an earlier try made and told nobody of gets another secret. */
    public Mono<IssuedKey> issue(OrganizationId organization, ApiKeyId id, NewKey key) {
        String secret = secrets.fresh();
        return database.one(
                        database.sql(organization, """
                                INSERT INTO api_keys AS k (organization_id, id, name, key_hash, preview, scopes, created_by,
                                                           ip_allow_list, requests_per_minute, expires_at)
                                VALUES (:organization, :id, :name, :hash, :preview, :scopes, :creator,
                                        :networks::text[]::cidr[], :requestsPerMinute, :expiresAt)
                                ON CONFLICT (organization_id, id) DO UPDATE
                                    SET key_hash = excluded.key_hash, preview = excluded.preview
                                RETURNING %s
                                """.formatted(COLUMNS))
                                .bind("id", id.uuid())
                                .bind("name", key.name())
                                .bind("hash", secrets.hash(secret))
                                .bind("preview", ApiKeySecrets.preview(secret))
                                .bind("scopes", key.scopes().toArray(String[]::new))
                                .bind("creator", creator(key.createdBy()))
                                .bind("networks", key.ipAllowList().toArray(String[]::new))
                                .bind("requestsPerMinute", nullable(Integer.class, key.requestsPerMinute()))
                                .bind("expiresAt", nullable(Instant.class, key.expiresAt())),
                        ApiKeyStore::key)
                .map(made -> new IssuedKey(made, secret));
    }

    /** Empty when there is none, or a revoked one. */
    public Mono<ApiKey> find(OrganizationId organization, ApiKeyId id, Owner owner) {
        return database.one(
                database.sql(organization, """
                        SELECT %s FROM api_keys k
                        WHERE organization_id = :organization AND id = :id AND revoked_at IS NULL
                          AND (:everyones OR created_by IS NOT DISTINCT FROM :creator)
                        """.formatted(COLUMNS))
                        .bind("id", id.uuid())
                        .bind("everyones", owner.everyones())
                        .bind("creator", creator(owner.creator())),
                ApiKeyStore::key);
    }

    /**
     * Those that are not revoked.
     *
     * @param expired only those whose time is over, or only the others; null: all
     */
    public Mono<Page<ApiKey>> list(OrganizationId organization, Owner owner, @Nullable Boolean expired, ByTime page) {
        Conditions conditions =
                new Conditions("organization_id = :organization AND revoked_at IS NULL", organization.uuid());
        UserId creator = owner.creator();
        if (!owner.everyones() && creator == null) {
            conditions.and("created_by IS NULL");
        } else if (!owner.everyones() && creator != null) {
            conditions.and("created_by = :creator", creator.uuid());
        }
        conditions.is("coalesce(expires_at <= now(), false)", expired).behind(page);
        GenericExecuteSpec selection = conditions.bindTo(database.sql(
                organization, "SELECT " + COLUMNS + " FROM api_keys k WHERE " + conditions + " " + page.rows()));
        return database.byTime(
                "api_keys",
                organization,
                page,
                database.all(selection, ApiKeyStore::key),
                row -> Cursor.made(row.createdAt(), row.id().uuid()));
    }

    /** Writes what {@code next} says; empty when its version is not the current one any more, or it was revoked. */
    public Mono<ApiKey> change(ApiKey next) {
        return database.one(
                database.sql(next.organizationId(), """
                        UPDATE api_keys k SET name = :name, scopes = :scopes, ip_allow_list = :networks::text[]::cidr[],
                            requests_per_minute = :requestsPerMinute, expires_at = :expiresAt, updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND id = :id AND version = :version AND revoked_at IS NULL
                        RETURNING %s
                        """.formatted(COLUMNS))
                        .bind("id", next.id().uuid())
                        .bind("name", next.name())
                        .bind("scopes", next.scopes().toArray(String[]::new))
                        .bind("networks", next.ipAllowList().toArray(String[]::new))
                        .bind("requestsPerMinute", nullable(Integer.class, next.requestsPerMinute()))
                        .bind("expiresAt", nullable(Instant.class, next.expiresAt()))
                        .bind("version", next.version()),
                ApiKeyStore::key);
    }

    /**
     * Makes a key like {@code former} in its place; both are good for {@code overlap}, unless the former one ends before.
     * Fails as {@link StoreFailure.Kind#CONFLICT} when it was rotated or revoked before.
     *
     * @param successor the id of the new one
     * @param by who gets the new one, beyond whom it never goes
     */
    public Mono<IssuedKey> rotate(ApiKey former, ApiKeyId successor, @Nullable UserId by, Duration overlap) {
        Mono<IssuedKey> rotation = issue(
                        former.organizationId(),
                        successor,
                        new NewKey(
                                former.name(),
                                former.scopes(),
                                by,
                                former.ipAllowList(),
                                former.requestsPerMinute(),
                                former.expiresAt()))
                .flatMap(next -> database.update(database.sql(former.organizationId(), """
                                        UPDATE api_keys SET successor_id = :successor, updated_at = now(),
                                            version = version + 1,
                                            expires_at = least(expires_at, now() + make_interval(secs => :overlap))
                                        WHERE organization_id = :organization AND id = :id AND revoked_at IS NULL
                                          AND coalesce(successor_id, :successor) = :successor
                                        """)
                                .bind("id", former.id().uuid())
                                .bind("successor", next.key().id().uuid())
                                .bind("overlap", (double) overlap.toSeconds()))
                        .flatMap(rows -> rows == 1
                                ? Mono.just(next)
                                : Mono.error(new StoreFailure(
                                        StoreFailure.Kind.CONFLICT, "the key was rotated or revoked", null))));
        return database.transaction(rotation);
    }

    /** Empty when there is nothing to revoke. */
    public Mono<ApiKey> revoke(OrganizationId organization, ApiKeyId id, Owner owner) {
        return find(organization, id, owner)
                .flatMap(key -> database.update(database.sql(organization, """
                                        UPDATE api_keys SET revoked_at = now(), updated_at = now(), version = version + 1
                                        WHERE organization_id = :organization AND id = :id AND revoked_at IS NULL
                                        """).bind("id", id.uuid()))
                        .filter(rows -> rows == 1)
                        .map(rows -> key));
    }

    /**
     * Revokes many at once.
     *
     * @param may whether whoever asks may revoke a key; another one stays
     * @param but stays; null: none does
     * @return what was revoked, the oldest first
     */
    public Mono<List<ApiKey>> revokeAll(
            OrganizationId organization, Owner owner, Predicate<ApiKey> may, @Nullable ApiKeyId but) {
        Mono<List<ApiKey>> revocation = database.all(
                        database.sql(organization, """
                                SELECT %s FROM api_keys k
                                WHERE organization_id = :organization AND revoked_at IS NULL AND id IS DISTINCT FROM :but
                                  AND (:everyones OR created_by IS NOT DISTINCT FROM :creator)
                                ORDER BY id FOR UPDATE
                                """.formatted(COLUMNS))
                                .bind("but", nullable(UUID.class, but == null ? null : but.uuid()))
                                .bind("everyones", owner.everyones())
                                .bind("creator", creator(owner.creator())),
                        ApiKeyStore::key)
                .filter(may)
                .collectList()
                .flatMap(keys -> database.update(database.sql(organization, """
                                        UPDATE api_keys SET revoked_at = now(), updated_at = now(), version = version + 1
                                        WHERE organization_id = :organization AND id = ANY(:ids)
                                        """)
                                .bind(
                                        "ids",
                                        keys.stream()
                                                .map(key -> key.id().uuid())
                                                .toArray(UUID[]::new)))
                        .thenReturn(keys));
        return database.transaction(revocation);
    }

    /** Adds to what is known of the keys' use; in one order everywhere, so that no two processes wait for each other. */
    public Mono<Long> noteUses(List<KeyUse> uses) {
        return database.update(database.acrossOrganizations("""
                        WITH used AS (
                            SELECT k.organization_id, k.id, u.number, u.latest
                            FROM unnest(:organizations::uuid[], :ids::uuid[], :numbers::bigint[], :latest::timestamptz[])
                                AS u (organization_id, id, number, latest)
                            JOIN api_keys k USING (organization_id, id)
                            ORDER BY k.organization_id, k.id FOR NO KEY UPDATE OF k
                        )
                        UPDATE api_keys k SET use_count = k.use_count + used.number,
                            last_used_at = greatest(k.last_used_at, used.latest)
                        FROM used WHERE k.organization_id = used.organization_id AND k.id = used.id
                        """)
                .bind(
                        "organizations",
                        uses.stream().map(use -> use.organization().uuid()).toArray(UUID[]::new))
                .bind("ids", uses.stream().map(use -> use.key().uuid()).toArray(UUID[]::new))
                .bind("numbers", uses.stream().map(KeyUse::number).toArray(Long[]::new))
                .bind(
                        "latest",
                        uses.stream().map(use -> use.latest().toString()).toArray(String[]::new)));
    }

    private static Parameter creator(@Nullable UserId creator) {
        return nullable(UUID.class, creator == null ? null : creator.uuid());
    }

    static ApiKey key(Readable row) {
        UUID creator = optional(row, "created_by", UUID.class);
        UUID successor = optional(row, "successor_id", UUID.class);
        return new ApiKey(
                new ApiKeyId(required(row, "id", UUID.class)),
                new OrganizationId(required(row, "organization_id", UUID.class)),
                required(row, "name", String.class),
                required(row, "preview", String.class),
                Set.of(required(row, "scopes", String[].class)),
                creator == null ? null : new UserId(creator),
                List.of(required(row, "networks", String[].class)),
                optional(row, "requests_per_minute", Integer.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                optional(row, "expires_at", Instant.class),
                optional(row, "revoked_at", Instant.class),
                optional(row, "last_used_at", Instant.class),
                required(row, "use_count", Long.class),
                successor == null ? null : new ApiKeyId(successor),
                required(row, "version", Long.class));
    }
}
