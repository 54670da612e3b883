package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;

/** Many organizations, few connections: none of them carries one's reach into another's statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalledConnectionIT {
    private static final int ORGANIZATIONS = 12;
    private static final int CONNECTIONS = 3;

    private final List<OrganizationId> organizations = new ArrayList<>();
    private StoreContext stores;
    private ConnectionFactory walled;
    private ConnectionPool pool;
    private Database database;

    @BeforeAll
    void giveEachOrganizationAStream(@TempDir Path folder) {
        String place = TestPostgres.freshDatabase();
        stores = new StoreContext(place, folder);
        IntStream.range(0, ORGANIZATIONS).forEach(i -> organizations.add(stores.organization()));
        organizations.forEach(stores::submitted);
        walled = new WalledConnections(ConnectionFactories.get("r2dbc:postgresql://postgres@" + place));
        pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(walled).maxSize(CONNECTIONS).build());
        database = StoreContext.over(pool);
    }

    @AfterAll
    void close() {
        pool.dispose();
        stores.close();
    }

    @Test
    void whoeverUsesAConnectionNextSeesTheirOwnRowsAlone() {
        List<Mono<Void>> turns = new ArrayList<>();
        for (OrganizationId organization : organizations) {
            turns.addAll(Collections.nCopies(20, sees(organization)));
            turns.addAll(Collections.nCopies(
                    5, database.transaction(sees(organization).then(sees(organization)))));
            turns.addAll(Collections.nCopies(5, rolledBack(organization)));
            turns.addAll(Collections.nCopies(5, broken(organization)));
            turns.addAll(Collections.nCopies(5, givenUp(organization)));
            turns.addAll(Collections.nCopies(5, seesNothing()));
            turns.addAll(Collections.nCopies(5, seesAll()));
        }
        Collections.shuffle(turns, new Random(27));

        Flux.fromIterable(turns)
                .flatMap(turn -> turn, 4 * CONNECTIONS)
                .as(Flux::then)
                .block(Duration.ofMinutes(1));

        assertThat(pool.getMetrics().orElseThrow().allocatedSize()).isLessThanOrEqualTo(CONNECTIONS);
    }

    @Test
    void oneTransactionMayGoFromOneOrganizationToAnother() {
        Mono<Void> walk = Flux.fromIterable(organizations)
                .concatMap(this::sees)
                .then(seesNothing())
                .then(seesAll());

        database.transaction(walk).block();
    }

    @Test
    void whatARollbackTakesBackIsSetAgain() {
        OrganizationId before = organizations.getFirst();
        OrganizationId within = organizations.getLast();
        Mono<Void> turn = Mono.usingWhen(
                pool.create(),
                connection -> sees(connection, before)
                        .then(Mono.from(connection.beginTransaction()))
                        .then(sees(connection, within))
                        .then(Mono.from(connection.createSavepoint("there")))
                        .then(sees(connection, before))
                        .then(Mono.from(connection.rollbackTransactionToSavepoint("there")))
                        .then(sees(connection, before))
                        .then(Mono.from(connection.rollbackTransaction()))
                        .then(sees(connection, within)),
                Connection::close);

        turn.block();
    }

    @Test
    void aConnectionDoesNotRunStatementsOfTwoOrganizationsAtOnce() {
        Mono<Void> both = Mono.when(slow(organizations.getFirst()), slow(organizations.getLast()));

        assertThatThrownBy(() -> database.transaction(both).block()).hasStackTraceContaining("within two reaches");
    }

    @Test
    void thereIsNoWayAround() {
        Mono<Void> attempt = Mono.usingWhen(
                Mono.from(walled.create()),
                connection -> {
                    assertThatThrownBy(connection::createBatch).isInstanceOf(UnsupportedOperationException.class);
                    assertThatThrownBy(() -> ((PostgresqlConnection) connection).copyIn("COPY streams FROM STDIN"))
                            .isInstanceOf(UnsupportedOperationException.class);
                    return Mono.from(connection
                                    .createStatement("SELECT count(*) FROM streams")
                                    .execute())
                            .flatMap(result -> Mono.from(result.map(row -> row.get(0, Long.class))))
                            .doOnNext(rows -> assertThat(rows).isZero())
                            .then();
                },
                Connection::close);

        attempt.block();
    }

    private Mono<Void> sees(OrganizationId organization) {
        return database.all(
                        database.sql(
                                organization, "SELECT organization_id FROM streams WHERE :organization IS NOT NULL"),
                        WalledConnectionIT::id)
                .collectList()
                .doOnNext(seen -> assertThat(seen).containsExactly(organization.uuid()))
                .then();
    }

    private static Mono<Void> sees(Connection connection, OrganizationId organization) {
        return Flux.from(connection
                        .createStatement("SELECT organization_id FROM streams")
                        .execute())
                .flatMap(result -> result.map(WalledConnectionIT::id))
                .collectList()
                .doOnNext(seen -> assertThat(seen).containsExactly(organization.uuid()))
                .contextWrite(context -> context.put(Reach.class, Reach.of(organization)))
                .then();
    }

    private Mono<Void> seesNothing() {
        return database.one(
                        database.sql("SELECT count(*) AS n FROM streams"),
                        row -> Columns.required(row, "n", Long.class))
                .doOnNext(rows -> assertThat(rows).isZero())
                .then();
    }

    private Mono<Void> seesAll() {
        return database.one(
                        database.acrossOrganizations("SELECT count(*) AS n FROM streams"),
                        row -> Columns.required(row, "n", Long.class))
                .doOnNext(rows -> assertThat(rows).isEqualTo(ORGANIZATIONS))
                .then();
    }

    private Mono<Void> rolledBack(OrganizationId organization) {
        IllegalStateException takenBack = new IllegalStateException("taken back");
        return database.transaction(sees(organization).then(Mono.<Void>error(takenBack)))
                .onErrorComplete(failure -> failure.getCause() == takenBack);
    }

    private Mono<Void> broken(OrganizationId organization) {
        return database.update(database.sql(organization, "SELECT 1 / 0 WHERE :organization IS NOT NULL"))
                .then()
                .onErrorComplete(StoreFailure.class);
    }

    /** In the middle of its statement, or before it has begun. */
    private Mono<Void> givenUp(OrganizationId organization) {
        return slow(organization).timeout(Duration.ofMillis(10)).onErrorComplete(TimeoutException.class);
    }

    private Mono<Void> slow(OrganizationId organization) {
        return database.one(
                        database.sql(
                                organization, "SELECT pg_sleep(0.05)::text AS slept WHERE :organization IS NOT NULL"),
                        row -> true)
                .then();
    }

    private static UUID id(Readable row) {
        return Columns.required(row, "organization_id", UUID.class);
    }
}
