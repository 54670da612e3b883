package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.IdempotencyClaim.Answered;
import tv.tldr.activities.store.IdempotencyClaim.Held;
import tv.tldr.activities.store.IdempotencyClaim.OtherRequest;
import tv.tldr.activities.store.IdempotencyClaim.UnderWay;
import tv.tldr.activities.store.IdempotencyClaim.Unreadable;
import tv.tldr.workflows.account.OrganizationId;

/** Was a request done before? Under any race each key has one holder, and a holder that died loses it by itself. */
public final class IdempotencyStore {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** How long a holder may be silent. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final int MOST_SWEPT = 1000;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final Database database;
    private final Seal seal;

    IdempotencyStore(Database database, Seal seal) {
        this.database = database;
        this.seal = seal;
    }

    /**
     * Takes the key for a request, or tells what became of it.
     *
     * @param fingerprint SHA-256 of what makes two requests the same
     * @param scopes of who asks
     */
    public Mono<IdempotencyClaim> claim(
            OrganizationId organization, String key, byte[] fingerprint, Set<String> scopes) {
        return take(organization, key, fingerprint, scopes)
                .switchIfEmpty(Mono.defer(() -> look(organization, key, fingerprint)))
                // Given up between our try and our look: it can be had now.
                .repeatWhenEmpty(attempts -> attempts.take(3))
                .defaultIfEmpty(new UnderWay());
    }

    private Mono<IdempotencyClaim> take(
            OrganizationId organization, String key, byte[] fingerprint, Set<String> scopes) {
        return database.one(
                database.sql(organization, """
                        INSERT INTO idempotency_keys AS known (organization_id, key, fingerprint, resource_id, holder,
                                                               held_until, scopes, expires_at)
                        VALUES (:organization, :key, :fingerprint, :resource, :holder,
                                now() + make_interval(secs => :lease), :scopes, now() + make_interval(secs => :kept))
                        ON CONFLICT (organization_id, key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, holder = excluded.holder, held_until = excluded.held_until,
                            scopes = excluded.scopes, expires_at = excluded.expires_at, status = NULL, headers = NULL,
                            body = NULL, resource_id = CASE
                                WHEN known.expires_at <= now() THEN excluded.resource_id ELSE known.resource_id END
                        WHERE known.expires_at <= now()
                           OR (known.status IS NULL AND known.held_until <= now()
                               AND known.fingerprint = excluded.fingerprint)
                        RETURNING holder, resource_id
                        """)
                        .bind("key", key)
                        .bind("fingerprint", ByteBuffer.wrap(fingerprint))
                        .bind("resource", FreshUuid.next())
                        .bind("holder", UUID.randomUUID())
                        .bind("lease", LEASE.toMillis() / 1000.0)
                        .bind("kept", KEPT.toMillis() / 1000.0)
                        .bind("scopes", scopes.toArray(String[]::new)),
                row -> new Held(
                        organization,
                        key,
                        required(row, "holder", UUID.class),
                        required(row, "resource_id", UUID.class)));
    }

    private Mono<IdempotencyClaim> look(OrganizationId organization, String key, byte[] fingerprint) {
        return database.one(
                        database.sql(organization, """
                                SELECT *, status IS NULL AND held_until <= now() OR expires_at <= now() AS free
                                FROM idempotency_keys WHERE organization_id = :organization AND key = :key
                                """).bind("key", key),
                        row -> new Found(
                                required(row, "free", Boolean.class), told(organization, key, fingerprint, row)))
                .filter(found -> !found.free() || found.claim() instanceof OtherRequest)
                .map(Found::claim);
    }

    private record Found(boolean free, IdempotencyClaim claim) {}

    private IdempotencyClaim told(OrganizationId organization, String key, byte[] fingerprint, Readable row) {
        if (!Arrays.equals(bytes(required(row, "fingerprint", ByteBuffer.class)), fingerprint)) {
            return new OtherRequest();
        }
        Integer status = optional(row, "status", Integer.class);
        if (status == null) {
            return new UnderWay();
        }
        byte[] sealed = bytes(required(row, "body", ByteBuffer.class));
        return seal.open(sealed, place(organization, key))
                .<IdempotencyClaim>map(body -> new Answered(
                        new KeptAnswer(
                                status,
                                Jsonb.read(required(row, "headers", Json.class), HEADERS),
                                new String(body, ISO_8859_1)),
                        Set.of(required(row, "scopes", String[].class))))
                .orElseGet(Unreadable::new);
    }

    /** Keeps the answer for whoever sends the same again. False: the holder was silent for too long and lost the key. */
    public Mono<Boolean> keep(Held held, KeptAnswer answer) {
        byte[] body = seal.close(answer.body().getBytes(ISO_8859_1), place(held.organization(), held.key()));
        return written(of(held, "UPDATE idempotency_keys SET status = :status, headers = :headers, body = :body")
                .bind("status", answer.status())
                .bind("headers", Jsonb.of(answer.headers()))
                .bind("body", ByteBuffer.wrap(body)));
    }

    /** The holder is still there. */
    public Mono<Boolean> prolong(Held held) {
        return written(of(held, "UPDATE idempotency_keys SET held_until = now() + make_interval(secs => :lease)")
                .bind("lease", LEASE.toMillis() / 1000.0));
    }

    /** The request may have been done, and there is no answer to keep: the same may be tried again at once, nothing else. */
    public Mono<Boolean> giveUp(Held held) {
        return written(of(held, "UPDATE idempotency_keys SET held_until = now()"));
    }

    /** The request was not done: the key is free for any other. */
    public Mono<Boolean> forget(Held held) {
        return written(of(held, "DELETE FROM idempotency_keys"));
    }

    /** Removes what is kept no longer, of all organizations; the number of rows. */
    public Mono<Long> sweep() {
        return sweepSome()
                .expand(removed -> removed == MOST_SWEPT ? sweepSome() : Mono.empty())
                .reduce(0L, Long::sum);
    }

    private Mono<Long> sweepSome() {
        return database.update(database.acrossOrganizations("""
                        DELETE FROM idempotency_keys WHERE (organization_id, key) IN (
                            SELECT organization_id, key FROM idempotency_keys WHERE expires_at <= now()
                            ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED)
                        """).bind("most", MOST_SWEPT));
    }

    private GenericExecuteSpec of(Held held, String change) {
        return database.sql(
                        held.organization(),
                        change + " WHERE organization_id = :organization AND key = :key AND holder = :holder"
                                + " AND status IS NULL")
                .bind("key", held.key())
                .bind("holder", held.holder());
    }

    private Mono<Boolean> written(GenericExecuteSpec statement) {
        return database.update(statement).map(rows -> rows > 0);
    }

    private static String place(OrganizationId organization, String key) {
        return organization.uuid() + " " + key;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
