package tv.tldr.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import tv.tldr.activities.store.AccountStore;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.batch.BatchWorkflowImpl;
import tv.tldr.workflows.event.DeliveryWorkflowImpl;
import tv.tldr.workflows.recut.RecutWorkflowImpl;

/** The program as it runs, over HTTP on a port of its own; only the stream's workflow is a fake. */
public final class RunningApi implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final int port;

    private final DatabaseClient owner;

    private RunningApi(ConfigurableApplicationContext context, DatabaseClient owner) {
        this.context = context;
        this.owner = owner;
        this.port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    private static final class Shared {
        static final TestTemporal TEMPORAL = TestTemporal.start(TestTemporal.freePort());
        static final TestMail MAIL = new TestMail();
        static final String DATABASE = TestPostgres.freshDatabaseUrl();
        // Tests come from whichever address they say, and are told on this machine, again at once.
        static final RunningApi INSTANCE = start(
                DATABASE,
                TEMPORAL.target(),
                Map.of(
                        "TRUSTED_PROXIES", "127.0.0.1",
                        "WEBHOOK_ALLOW_PRIVATE", "true",
                        "WEBHOOK_RETRY_DELAY", "50ms",
                        "WEBHOOK_TIMEOUT_SECONDS", "3",
                        "WEBHOOK_SECRET_KEY", "a webhook secret that only the tests have",
                        "SMTP_HOST", "127.0.0.1",
                        "SMTP_PORT", String.valueOf(MAIL.port()),
                        "SMTP_FROM", "tldr@example.com"));

        static {
            // Its workers leave before the server that they would say goodbye to.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                INSTANCE.close();
                TEMPORAL.close();
            }));
        }
    }

    /** One for all tests that break nothing; each makes a tenant of its own. */
    public static RunningApi shared() {
        return Shared.INSTANCE;
    }

    /** Another process over the same database as the shared one. */
    public RunningApi another(Map<String, String> more) {
        return start(Shared.DATABASE, Shared.TEMPORAL.target(), more);
    }

    /** What the shared one sent. */
    static TestMail mail() {
        return Shared.MAIL;
    }

    public int port() {
        return port;
    }

    public static RunningApi start(String databaseUrl, String temporal, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("DATABASE_URL", databaseUrl);
        settings.put("TEMPORAL_ADDRESS", temporal);
        settings.put("TLDR_HOME", home().toString());
        // Unpacked once for all runs.
        settings.put(
                "tldr.media.ffmpeg-folder",
                Path.of("target", "ffmpeg").toAbsolutePath().toString());
        settings.put("SECRET_KEY", "a secret key that only the tests have");
        settings.put("PORT", "0");
        settings.put("BIND_ADDRESS", "127.0.0.1");
        settings.put("LOG_LEVEL", "warn");
        settings.put("logging.level.io.temporal", "error");
        settings.put("spring.temporal.workers[0].name", "streams");
        settings.put("spring.temporal.workers[0].task-queue", "streams");
        settings.put("spring.temporal.workers[0].workflow-classes[0]", FakeStreamWorkflow.class.getName());
        settings.put("spring.temporal.workers[0].workflow-classes[1]", BatchWorkflowImpl.class.getName());
        settings.put("spring.temporal.workers[0].workflow-classes[2]", RecutWorkflowImpl.class.getName());
        settings.put("spring.temporal.workers[1].name", "media");
        settings.put("spring.temporal.workers[1].task-queue", "media");
        settings.put("spring.temporal.workers[2].name", "analysis");
        settings.put("spring.temporal.workers[2].task-queue", "analysis");
        settings.put("spring.temporal.workers[3].name", "deliveries");
        settings.put("spring.temporal.workers[3].task-queue", "deliveries");
        settings.put("spring.temporal.workers[3].workflow-classes[0]", DeliveryWorkflowImpl.class.getName());
        settings.putAll(more);
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new RunningApi(
                new SpringApplicationBuilder(Application.class)
                        .registerShutdownHook(false)
                        .run(arguments),
                TestPostgres.owner(databaseUrl));
    }

    /** A new organization with a key of these scopes. */
    public Caller caller(String... scopes) {
        return caller(organization(), null, scopes);
    }

    public Caller caller(OrganizationId organization, @Nullable Instant expiresAt, String... scopes) {
        IssuedKey issued = Objects.requireNonNull(bean(AccountStore.class)
                .issueKey(organization, "test", Set.of(scopes), expiresAt)
                .block());
        return new Caller(port, issued.secret(), organization);
    }

    /** The same client, sent to this process. */
    public Caller as(Caller client) {
        return new Caller(port, client.key(), client.organization());
    }

    /** Somebody without a key. */
    public Caller stranger() {
        return new Caller(port, "", new OrganizationId(FreshUuid.next()));
    }

    public OrganizationId organization() {
        return organization(Plan.ENTERPRISE);
    }

    public OrganizationId organization(Plan plan) {
        OrganizationId id = new OrganizationId(FreshUuid.next());
        owner.sql("INSERT INTO organizations (id, name, plan) VALUES (:id, 'Test', :plan)")
                .bind("id", id.uuid())
                .bind("plan", plan.name().toLowerCase(Locale.ROOT))
                .then()
                .block();
        return id;
    }

    /** What a {@code SELECT … AS n} about an organization, which it names {@code :organization}, comes to. */
    public long count(OrganizationId organization, String statement) {
        return owner.sql(statement)
                .bind("organization", organization.uuid())
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one()
                .blockOptional()
                .orElseThrow();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The database past the program, whose own statements see one organization each. */
    public DatabaseClient owner() {
        return owner;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    private static Path home() {
        try {
            return Files.createTempDirectory("tldr-api-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
