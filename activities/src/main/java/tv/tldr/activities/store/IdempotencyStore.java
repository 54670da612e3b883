package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.storage.Sha256;
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

    /**
     * Where somebody's key stands: under itself, by which versions before this one know it, or when somebody else of the
     * organization was first, under a name that nobody else has.
     */
    private static final String NAME = """
            (SELECT CASE
                WHEN EXISTS (SELECT FROM {table} WHERE {owner} = :owner AND key = :own) THEN :own
                WHEN EXISTS (
                    SELECT FROM {table} WHERE {owner} = :owner AND key = :key AND expires_at > now()
                      AND NOT coalesce(person = :person, fingerprint IN (:fingerprint, :former))) THEN :own
                ELSE :key END::text)""";

    private final Database database;
    private final Seal seal;
    private final SecretTokens marks;

    /** @param marks hashes that nobody makes without the program's secret: a body may have a password in it */
    IdempotencyStore(Database database, Seal seal, SecretTokens marks) {
        this.database = database;
        this.seal = seal;
        this.marks = marks;
    }

    /**
     * Takes the key for a request, or tells what became of it.
     *
     * @param fingerprint SHA-256 of what makes two requests the same
     * @param scopes of who asks
     */
    public Mono<IdempotencyClaim> claim(IdempotencyOwner owner, String key, byte[] fingerprint, Set<String> scopes) {
        return take(owner, key, fingerprint, scopes)
                .switchIfEmpty(Mono.defer(() -> look(owner, key, fingerprint)))
                // Another try of the same request has it under the other name by now.
                .onErrorResume(StoreFailure.is(StoreFailure.Kind.DUPLICATE), twin -> Mono.empty())
                // Given up between our try and our look, or somebody else's: it can be had now.
                .repeatWhenEmpty(attempts -> attempts.take(3))
                .defaultIfEmpty(new UnderWay());
    }

    private Mono<IdempotencyClaim> take(IdempotencyOwner owner, String key, byte[] fingerprint, Set<String> scopes) {
        return database.one(
                of(fingerprint, named(owner, key, fingerprint, """
                        INSERT INTO {table} AS known ({owner}, key, person, client_key, fingerprint, resource_id, holder,
                                                               held_until, scopes, expires_at)
                        VALUES (:owner, {name}, :person, :key, :fingerprint, :resource, :holder,
                                now() + make_interval(secs => :lease), :scopes, now() + make_interval(secs => :kept))
                        ON CONFLICT ({owner}, key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, holder = excluded.holder, held_until = excluded.held_until,
                            scopes = excluded.scopes, expires_at = excluded.expires_at, status = NULL, headers = NULL,
                            body = NULL, person = excluded.person, client_key = excluded.client_key,
                            resource_id = CASE WHEN known.expires_at > now() THEN known.resource_id ELSE excluded.resource_id END,
                            done = CASE WHEN known.expires_at > now() THEN known.done END
                        WHERE known.expires_at <= now()
                           OR (known.status IS NULL AND known.held_until <= now()
                               AND known.fingerprint IN (excluded.fingerprint, :former))
                        RETURNING key, holder, resource_id, done
                        """))
                        .bind("resource", FreshUuid.next())
                        .bind("holder", UUID.randomUUID())
                        .bind("lease", LEASE.toMillis() / 1000.0)
                        .bind("kept", KEPT.toMillis() / 1000.0)
                        .bind("scopes", scopes.toArray(String[]::new)),
                row -> new Held(
                        owner,
                        required(row, "key", String.class),
                        required(row, "holder", UUID.class),
                        required(row, "resource_id", UUID.class),
                        optional(row, "done", String.class)));
    }

    private Mono<IdempotencyClaim> look(IdempotencyOwner owner, String key, byte[] fingerprint) {
        return database.one(
                        named(owner, key, fingerprint, """
                                SELECT *, coalesce(person <> :person, false) AS others,
                                    status IS NULL AND held_until <= now() OR expires_at <= now() AS free
                                FROM {table} WHERE {owner} = :owner AND key = {name}
                                """),
                        row -> new Found(
                                required(row, "others", Boolean.class),
                                required(row, "free", Boolean.class),
                                told(owner, required(row, "key", String.class), fingerprint, row)))
                .filter(found -> !found.others())
                .filter(found -> !found.free() || found.claim() instanceof OtherRequest)
                .map(Found::claim);
    }

    private GenericExecuteSpec named(IdempotencyOwner owner, String key, byte[] fingerprint, String statement) {
        return switch (owner) {
            case IdempotencyOwner.Tenant(OrganizationId _, String person) ->
                of(
                        fingerprint,
                        sql(owner, statement.replace("{name}", NAME))
                                .bind("key", key)
                                .bind("own", person + " " + Sha256.of(key).hex())
                                .bind("person", person));
            case IdempotencyOwner.Stranger _ ->
                sql(owner, statement.replace("{name}", ":key")).bind("key", key).bind("person", "");
        };
    }

    private GenericExecuteSpec of(byte[] fingerprint, GenericExecuteSpec statement) {
        return statement
                .bind("fingerprint", ByteBuffer.wrap(mark(fingerprint)))
                .bind("former", ByteBuffer.wrap(fingerprint));
    }

    private record Found(boolean others, boolean free, IdempotencyClaim claim) {}

    private IdempotencyClaim told(IdempotencyOwner owner, String key, byte[] fingerprint, Readable row) {
        boolean same = isOf(fingerprint, bytes(required(row, "fingerprint", ByteBuffer.class)));
        Integer status = optional(row, "status", Integer.class);
        if (status == null) {
            return same ? new UnderWay() : new OtherRequest();
        }
        // Under another secret nothing is the same, and there is no telling what it was.
        return seal.open(bytes(required(row, "body", ByteBuffer.class)), place(owner, key))
                .<IdempotencyClaim>map(body -> same
                        ? new Answered(
                                new KeptAnswer(
                                        status,
                                        Jsonb.read(required(row, "headers", Json.class), HEADERS),
                                        new String(body, ISO_8859_1)),
                                Set.of(required(row, "scopes", String[].class)))
                        : new OtherRequest())
                .orElseGet(Unreadable::new);
    }

    /** Also as a version of the program before this one noted it. */
    private boolean isOf(byte[] fingerprint, byte[] noted) {
        return MessageDigest.isEqual(noted, mark(fingerprint)) || MessageDigest.isEqual(noted, fingerprint);
    }

    private byte[] mark(byte[] fingerprint) {
        return marks.hash("request " + HexFormat.of().formatHex(fingerprint));
    }

    /**
     * All of {@code change} with the note that it was made, or nothing; without a note when it comes to nothing. The next try
     * gets the note in {@link Held#done} when this one dies before it answers.
     *
     * @param note what the answer cannot be told without
     * @return fails as {@link StoreFailure.Kind#UNAVAILABLE} when another try took over meanwhile
     */
    public <T> Mono<T> with(Held held, Mono<T> change, Function<T, String> note) {
        return database.transaction(change.flatMap(
                made -> written(of(held, "UPDATE {table} SET done = :done").bind("done", note.apply(made)))
                        .filter(noted -> noted)
                        .switchIfEmpty(Mono.error(() -> new StoreFailure(
                                StoreFailure.Kind.UNAVAILABLE, "another try of the same request has taken over", null)))
                        .thenReturn(made)));
    }

    /** Keeps the answer for whoever sends the same again. False: the holder was silent for too long and lost the key. */
    public Mono<Boolean> keep(Held held, KeptAnswer answer) {
        byte[] body = seal.close(answer.body().getBytes(ISO_8859_1), place(held.owner(), held.key()));
        return written(of(held, "UPDATE {table} SET status = :status, headers = :headers, body = :body")
                .bind("status", answer.status())
                .bind("headers", Jsonb.of(answer.headers()))
                .bind("body", ByteBuffer.wrap(body)));
    }

    /** The holder is still there. */
    public Mono<Boolean> prolong(Held held) {
        return written(of(held, "UPDATE {table} SET held_until = now() + make_interval(secs => :lease)")
                .bind("lease", LEASE.toMillis() / 1000.0));
    }

    /** The request may have been done, and there is no answer to keep: the same may be tried again at once, nothing else. */
    public Mono<Boolean> giveUp(Held held) {
        return written(of(held, "UPDATE {table} SET held_until = now()"));
    }

    /** The request was not done: the key is free for any other. */
    public Mono<Boolean> forget(Held held) {
        return written(of(held, "DELETE FROM {table}"));
    }

    /** Removes what is kept no longer, of all organizations; the number of rows. */
    public Mono<Long> sweep() {
        return Flux.just(sweepSome(), sweepStrangers())
                .concatMap(some -> some.expand(removed -> removed == MOST_SWEPT ? some : Mono.empty()))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> sweepSome() {
        return database.update(database.acrossOrganizations(oldest("idempotency_keys", "organization_id"))
                .bind("most", MOST_SWEPT));
    }

    private Mono<Long> sweepStrangers() {
        return database.update(
                database.sql(oldest("open_idempotency_keys", "sender")).bind("most", MOST_SWEPT));
    }

    private static String oldest(String table, String owner) {
        return at(table, owner, """
                DELETE FROM {table} WHERE ({owner}, key) IN (
                    SELECT {owner}, key FROM {table} WHERE expires_at <= now()
                    ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED)
                """);
    }

    private GenericExecuteSpec of(Held held, String change) {
        return sql(
                        held.owner(),
                        change + " WHERE {owner} = :owner AND key = :key AND holder = :holder AND status IS NULL")
                .bind("key", held.key())
                .bind("holder", held.holder());
    }

    /** What belongs to an organization stands with what is its own, behind the same wall. */
    private GenericExecuteSpec sql(IdempotencyOwner owner, String statement) {
        return switch (owner) {
            case IdempotencyOwner.Tenant(OrganizationId organization, String _) ->
                database.sql(
                        organization,
                        at("idempotency_keys", "organization_id", statement).replace(":owner", ":organization"));
            case IdempotencyOwner.Stranger stranger ->
                database.sql(at("open_idempotency_keys", "sender", statement))
                        .bind("owner", ByteBuffer.wrap(sender(stranger)));
        };
    }

    private static String at(String table, String owner, String statement) {
        return statement.replace("{table}", table).replace("{owner}", owner);
    }

    private byte[] sender(IdempotencyOwner.Stranger stranger) {
        return marks.hash("sender " + stranger.name());
    }

    private Mono<Boolean> written(GenericExecuteSpec statement) {
        return database.update(statement).map(rows -> rows > 0);
    }

    private String place(IdempotencyOwner owner, String key) {
        return switch (owner) {
            case IdempotencyOwner.Tenant(OrganizationId organization, String _) -> organization.uuid() + " " + key;
            case IdempotencyOwner.Stranger stranger -> HexFormat.of().formatHex(sender(stranger)) + " " + key;
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
