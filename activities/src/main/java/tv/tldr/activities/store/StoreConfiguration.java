package tv.tldr.activities.store;

import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.STATEMENT_TIMEOUT;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.SourceAddresses;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.activity.FailureType;

/** Makes the stores over the connection pool that Spring Boot builds from {@code spring.r2dbc}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {
    /** The server gives up what the program has given up: no statement and no lock outlives its caller's patience. */
    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connectionLimits() {
        return options -> options.option(CONNECT_TIMEOUT, Duration.ofSeconds(2))
                .option(STATEMENT_TIMEOUT, Duration.ofSeconds(15))
                .option(LOCK_WAIT_TIMEOUT, Duration.ofSeconds(10))
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                // Arrays of signals come as they are instead of as text that has to be read number by number.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "tldr");
    }

    /** Below the pool: whoever borrows a connection, and for what, speaks through {@link WalledConnection}. */
    @Bean
    ConnectionFactoryDecorator wall() {
        return WalledConnections::new;
    }

    @Bean
    static BeanPostProcessor patience(ObjectProvider<R2dbcProperties> properties) {
        return new PatientPool.Around(properties);
    }

    @Bean
    MeterBinder storeTally() {
        return Tally::begin;
    }

    @Bean
    Database database(DatabaseClient client, TransactionalOperator transactions) {
        return new Database(client, transactions);
    }

    @Bean
    StreamStore streamStore(Database database) {
        return new StreamStore(database);
    }

    /** The recorder's room knows no database. */
    @Bean
    SourceAddresses sourceAddresses(StreamStore streams) {
        return stream -> Awaited.of("reading where the stream comes from", streams.find(stream))
                .map(StreamRow::source)
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR, "the stream was deleted before it was recorded"));
    }

    @Bean
    UploadStore uploadStore(Database database) {
        return new UploadStore(database);
    }

    /** Nor does it know how uploads are kept. */
    @Bean
    UploadedFiles uploadedFiles(UploadStore uploads, RemovedObjects objects) {
        return new UploadedStreams(uploads, objects);
    }

    @Bean
    PlaceStore placeStore(Database database, StreamStore streams) {
        return new PlaceStore(database, streams);
    }

    @Bean
    BatchStore batchStore(Database database, StreamStore streams, EventStore events) {
        return new BatchStore(database, streams, events);
    }

    @Bean
    RateStore rateStore(Database database) {
        return new RateStore(database);
    }

    @Bean
    UsageStore usageStore(Database database, EventStore events) {
        return new UsageStore(database, events);
    }

    @Bean
    StreamStateStore streamStateStore(Database database) {
        return new StreamStateStore(database);
    }

    @Bean
    SignalStore signalStore(Database database) {
        return new SignalStore(database);
    }

    @Bean
    StoredStream storedStream(
            StreamStore streams,
            SignalStore signals,
            AskingStore asking,
            ComparisonStore comparisons,
            TranscriptStore transcripts,
            MarkerStore markers) {
        return new StoredStream(streams, signals, asking, comparisons, transcripts, markers);
    }

    @Bean
    MarkerStore markerStore(Database database) {
        return new MarkerStore(database);
    }

    @Bean
    CandidateStore candidateStore(Database database) {
        return new CandidateStore(database);
    }

    @Bean
    AskingStore askingStore(Database database) {
        return new AskingStore(database);
    }

    @Bean
    ComparisonStore comparisonStore(Database database) {
        return new ComparisonStore(database);
    }

    @Bean
    TranscriptStore transcriptStore(Database database) {
        return new TranscriptStore(database);
    }

    @Bean
    HighlightStore highlightStore(Database database) {
        return new HighlightStore(database);
    }

    @Bean
    CostLedger costLedger(Database database) {
        return new CostLedger(database);
    }

    @Bean
    InstallationStore installationStore(Database database) {
        return new InstallationStore(database);
    }

    @Bean
    ModelWindowStore modelWindowStore(Database database) {
        return new ModelWindowStore(database);
    }

    @Bean
    DimensionSetStore dimensionSetStore(Database database) {
        return new DimensionSetStore(database);
    }

    @Bean
    EventStore eventStore(Database database) {
        return new EventStore(database);
    }

    @Bean
    Leftovers leftovers(ObjectStore objects, HighlightStore highlights, RecutStore recuts, StreamStore streams) {
        return new Leftovers(objects, highlights, recuts, streams);
    }

    @Bean
    RecutStore recutStore(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            RemovalStore removals,
            EventStore events) {
        return new RecutStore(database, streams, highlights, removals, events);
    }

    @Bean
    ApiKeyStore apiKeyStore(Database database, StoreProperties properties) {
        return new ApiKeyStore(database, new ApiKeySecrets(properties.secretKey()));
    }

    @Bean
    AccountStore accountStore(Database database, ApiKeyStore keys, StoreProperties properties) {
        return new AccountStore(database, keys, new ApiKeySecrets(properties.secretKey()));
    }

    @Bean
    IdempotencyStore idempotencyStore(Database database, StoreProperties properties) {
        return new IdempotencyStore(
                database,
                new Seal(properties.secretKey(), "idempotency answers"),
                new SecretTokens(properties.secretKey(), "idempotency marks"));
    }

    @Bean
    WebhookSecrets webhookSecrets(StoreProperties properties) {
        return new WebhookSecrets(new Seal(properties.secretKey(), "webhook secrets"));
    }

    @Bean
    EndpointStore endpointStore(Database database, WebhookSecrets secrets) {
        return new EndpointStore(database, secrets);
    }

    @Bean
    DeliveryQueue deliveryQueue(Database database) {
        return new DeliveryQueue(database);
    }

    @Bean
    DeliveryStore deliveryStore(Database database) {
        return new DeliveryStore(database);
    }

    @Bean
    AttemptLog attemptLog(Database database, WebhookSecrets secrets, EventStore events) {
        return new AttemptLog(database, secrets, events);
    }

    @Bean
    Notifications notifications(ConnectionFactory connections) {
        return new Notifications(connections);
    }

    @Bean
    HighlightEditStore highlightEditStore(Database database, EventStore events) {
        return new HighlightEditStore(database, events);
    }

    @Bean
    RemovalStore removalStore(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            HighlightEditStore edits,
            EventStore events,
            UsageStore usage) {
        return new RemovalStore(database, streams, highlights, edits, events, usage);
    }

    @Bean
    RetentionStore retentionStore(Database database) {
        return new RetentionStore(database);
    }

    @Bean
    ExpiredStreams expiredStreams(
            Database database, HighlightEditStore edits, RemovalStore removals, UsageStore usage) {
        return new ExpiredStreams(database, edits, removals, usage);
    }

    @Bean
    RemovedObjects removedObjects(RemovalStore removals, ObjectStore objects) {
        return new RemovedObjects(removals, objects);
    }

    @Bean
    StoreMark storeMark(Database database, ObjectStore objects) {
        return new StoreMark(database, objects);
    }

    @Bean
    OrphanedObjects orphanedObjects(Database database, ObjectStore objects, StoreMark mark, RemovedObjects removed) {
        return new OrphanedObjects(database, objects, mark, removed, InstantSource.system());
    }

    @Bean
    HighlightSearch highlightSearch(Database database) {
        return new HighlightSearch(database);
    }

    @Bean
    FeedbackStore feedbackStore(Database database) {
        return new FeedbackStore(database);
    }
}
