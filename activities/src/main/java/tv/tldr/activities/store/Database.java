package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.UserId;
import tv.tldr.workflows.activity.StreamRef;

/**
 * How do the stores speak to PostgreSQL? In statements and transactions that end within a time, and whose every failure is
 * a {@link StoreFailure}.
 */
final class Database {
    /** No statement of ours takes a tenth of it; a connection whose other end vanished would take for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DatabaseClient client;
    private final TransactionalOperator transactions;

    Database(DatabaseClient client, TransactionalOperator transactions) {
        this.client = client;
        this.transactions = transactions;
    }

    /** A statement about what belongs to no organization: of what does, it sees nothing. */
    GenericExecuteSpec sql(String statement) {
        return within(Reach.NOBODY, statement);
    }

    /** A statement about what belongs to an organization, which it names {@code :organization}. It sees no other one's. */
    GenericExecuteSpec sql(OrganizationId organization, String statement) {
        return within(Reach.of(organization), statement).bind("organization", organization.uuid());
    }

    /** A statement about a stream, which it names {@code :stream}, of an organization that it names as above. */
    GenericExecuteSpec sql(StreamRef ref, String statement) {
        return sql(ref.organizationId(), statement)
                .bind("stream", ref.streamId().uuid());
    }

    /**
     * A statement about all organizations, or about one that it has yet to find: nothing but its own words keeps them apart.
     * A test lists the classes that have one.
     */
    GenericExecuteSpec acrossOrganizations(String statement) {
        return within(Reach.ALL_ORGANIZATIONS, statement);
    }

    private GenericExecuteSpec within(Reach reach, String statement) {
        return client.sql(statement).filter((prepared, next) -> Flux.from(next.execute(prepared))
                .contextWrite(context -> context.put(Reach.class, reach)));
    }

    /** All of {@code work} or nothing; part of the transaction around it when there is one. */
    <T> Mono<T> transaction(Mono<T> work) {
        return guarded(transactions.transactional(work));
    }

    /** A transaction that no other one with the same {@code lock} runs beside, in any process. */
    <T> Mono<T> alone(long lock, Mono<T> work) {
        return alone(sql("SELECT pg_advisory_xact_lock(:lock)::text AS taken").bind("lock", lock), work);
    }

    /** The same with a lock that has a name. */
    <T> Mono<T> alone(String lock, Mono<T> work) {
        return alone(
                sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))::text AS taken")
                        .bind("lock", lock),
                work);
    }

    /**
     * A look at an organization's rows of {@code table} from the oldest on, while none is being written: all that come after it
     * have later times than those that it sees.
     */
    <T> Mono<T> fromTheOldest(String table, OrganizationId organization, Mono<T> look) {
        return fromTheOldest(table, organization.uuid(), look);
    }

    private <T> Mono<T> fromTheOldest(String table, UUID whose, Mono<T> look) {
        return alone(table + " of " + whose, look);
    }

    /** The page of an organization's rows of {@code table} that {@code wanted} says; from the oldest on it misses none. */
    <T> Mono<Page<T>> byTime(
            String table, OrganizationId organization, ByTime wanted, Flux<T> rows, Function<T, Cursor> position) {
        return byTime(table, organization.uuid(), wanted, rows, position);
    }

    /** The same of somebody's rows. */
    <T> Mono<Page<T>> byTime(String table, UserId user, ByTime wanted, Flux<T> rows, Function<T, Cursor> position) {
        return byTime(table, user.uuid(), wanted, rows, position);
    }

    private <T> Mono<Page<T>> byTime(
            String table, UUID whose, ByTime wanted, Flux<T> rows, Function<T, Cursor> position) {
        Mono<List<T>> look = rows.collectList();
        return (wanted.oldestFirst() ? fromTheOldest(table, whose, look) : look)
                .map(read -> Page.of(read, wanted.limit(), position));
    }

    private <T> Mono<T> alone(GenericExecuteSpec locking, Mono<T> work) {
        return transaction(one(locking, row -> true).then(work));
    }

    /** What time it is for everybody, transaction or not: the clocks of processes differ. */
    Mono<Instant> now() {
        return one(sql("SELECT clock_timestamp() AS now"), row -> required(row, "now", Instant.class));
    }

    /** Runs {@code then} when the transaction around this is committed; never when it is rolled back. */
    Mono<Void> afterCommit(Runnable then) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> current.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(then);
                    }
                }))
                .then();
    }

    <T> Mono<T> one(GenericExecuteSpec statement, Function<Readable, T> row) {
        return guarded(statement.map(row).one());
    }

    <T> Flux<T> all(GenericExecuteSpec statement, Function<Readable, T> row) {
        return statement.map(row).all().timeout(PATIENCE).onErrorMap(StoreFailure::from);
    }

    /** The number of rows written. */
    Mono<Long> update(GenericExecuteSpec statement) {
        return guarded(statement.fetch().rowsUpdated());
    }

    private static <T> Mono<T> guarded(Mono<T> work) {
        return work.timeout(PATIENCE).onErrorMap(failure -> !(failure instanceof Refusal), StoreFailure::from);
    }

    /** A value to bind that may be null. */
    static <T> Parameter nullable(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
