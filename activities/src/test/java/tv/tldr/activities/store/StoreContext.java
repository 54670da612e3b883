package tv.tldr.activities.store;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;

/** The stores as the program has them: Spring Boot's pool, {@link StoreConfiguration}, the migrated schema. */
final class StoreContext implements AutoCloseable {
    final StreamStore streams;
    final StreamStateStore states;
    final SignalStore signals;
    final CandidateStore candidates;
    final HighlightStore highlights;
    final DimensionSetStore sets;
    final AskingStore asking;
    final TranscriptStore transcripts;
    final MarkerStore markers;
    final EventStore events;
    final PlaceStore places;
    final BatchStore batches;
    final RateStore rates;
    final UsageStore usage;
    final AccountStore accounts;
    final ApiKeyStore keys;
    final SessionStore sessions;
    final UserStore users;
    final MemberStore members;
    final AttemptStore attempts;
    final OneTimeTokenStore oneTimeTokens;
    final Database database;
    /** Past the walls. */
    final Database owner;

    final CatalogActivitiesImpl catalog;
    final ScoringActivitiesImpl scoring;
    final RecutActivitiesImpl recuts;
    final ObjectStore objects;
    private final AnnotationConfigApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @Import({
        StoreConfiguration.class,
        AccountConfiguration.class,
        CatalogActivitiesImpl.class,
        ScoringActivitiesImpl.class,
        RecutActivitiesImpl.class
    })
    @ImportAutoConfiguration({
        R2dbcAutoConfiguration.class,
        R2dbcTransactionManagerAutoConfiguration.class,
        DataR2dbcAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Program {
        @Bean
        ObjectStore objectStore(Folder folder) {
            return new FolderObjectStore(folder.path());
        }
    }

    record Folder(Path path) {}

    /** Over the database at {@code place}, which is {@code host:port/name}; migrates it. */
    StoreContext(String place, Path folder) {
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.ofEntries(
                                Map.entry("spring.r2dbc.url", "r2dbc:postgresql://" + place),
                                Map.entry("spring.r2dbc.username", "postgres"),
                                Map.entry("spring.flyway.url", "jdbc:postgresql://" + place),
                                Map.entry("spring.flyway.user", "postgres"),
                                Map.entry("spring.r2dbc.pool.initial-size", "1"),
                                Map.entry("spring.r2dbc.pool.max-size", "10"),
                                Map.entry("spring.r2dbc.pool.acquire-retry", "3"),
                                Map.entry("spring.r2dbc.pool.max-acquire-time", "3s"),
                                Map.entry("spring.r2dbc.pool.max-create-connection-time", "3s"),
                                Map.entry("spring.r2dbc.pool.max-validation-time", "1s"),
                                Map.entry("spring.r2dbc.pool.validation-depth", "remote"),
                                Map.entry("spring.r2dbc.pool.max-life-time", "30m"),
                                Map.entry("tldr.store.secret-key", "a pepper that only the tests have"))));
        context.registerBean(Folder.class, () -> new Folder(folder));
        context.register(Program.class);
        context.refresh();
        streams = context.getBean(StreamStore.class);
        states = context.getBean(StreamStateStore.class);
        signals = context.getBean(SignalStore.class);
        candidates = context.getBean(CandidateStore.class);
        highlights = context.getBean(HighlightStore.class);
        sets = context.getBean(DimensionSetStore.class);
        events = context.getBean(EventStore.class);
        places = context.getBean(PlaceStore.class);
        batches = context.getBean(BatchStore.class);
        rates = context.getBean(RateStore.class);
        usage = context.getBean(UsageStore.class);
        accounts = context.getBean(AccountStore.class);
        keys = context.getBean(ApiKeyStore.class);
        sessions = context.getBean(SessionStore.class);
        users = context.getBean(UserStore.class);
        members = context.getBean(MemberStore.class);
        attempts = context.getBean(AttemptStore.class);
        oneTimeTokens = context.getBean(OneTimeTokenStore.class);
        database = context.getBean(Database.class);
        owner = over(ConnectionFactories.get("r2dbc:postgresql://postgres@" + place));
        catalog = context.getBean(CatalogActivitiesImpl.class);
        asking = context.getBean(AskingStore.class);
        transcripts = context.getBean(TranscriptStore.class);
        markers = context.getBean(MarkerStore.class);
        recuts = context.getBean(RecutActivitiesImpl.class);
        scoring = context.getBean(ScoringActivitiesImpl.class);
        objects = context.getBean(ObjectStore.class);
    }

    static Database over(ConnectionFactory connections) {
        return new Database(
                DatabaseClient.create(connections),
                TransactionalOperator.create(new R2dbcTransactionManager(connections)));
    }

    /** A context to be refreshed that has all of this one's parts and may have more. */
    AnnotationConfigApplicationContext child() {
        AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
        child.setParent(context);
        return child;
    }

    Flyway flyway() {
        return context.getBean(Flyway.class);
    }

    /** A new tenant. */
    OrganizationId organization() {
        OrganizationId id = new OrganizationId(FreshUuid.next());
        database.update(database.sql("INSERT INTO organizations (id, name, plan) VALUES (:id, 'Test', 'starter')")
                        .bind("id", id.uuid()))
                .block();
        return id;
    }

    static NewStream newStream(OrganizationId organization, String url) {
        return new NewStream(
                new StreamRef(organization, new StreamId(FreshUuid.next())),
                new StreamSource(url, Platform.FILE),
                false,
                StreamOptions.DEFAULTS,
                null,
                Map.of("title", "Finals"),
                false);
    }

    /** A new pending stream of a source that no other stream has. */
    StreamRef submitted(OrganizationId organization) {
        NewStream stream = newStream(organization, "https://example.com/" + FreshUuid.next() + ".mp4");
        streams.submit(stream).block();
        return stream.ref();
    }

    /** A new stream of a new organization that is scored along {@code sets}, and of which this was measured. */
    StreamRef measured(DimensionSetChain sets, List<Signals> segments) {
        NewStream plain = newStream(organization(), "https://example.com/" + FreshUuid.next() + ".mp4");
        streams.submit(new NewStream(
                        plain.ref(), plain.source(), false, plain.options(), sets, plain.metadata(), false))
                .block();
        for (int segment = 0; segment < segments.size(); segment++) {
            signals.save(plain.ref(), segment, "as ever", segments.get(segment)).block();
        }
        return plain.ref();
    }

    StreamRow row(StreamRef ref) {
        return streams.find(ref).blockOptional().orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }
}
