package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewEndpoint.Retries;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.WebhookId;

/** Where does an organization want to be told of what happens? Those of one stream alone are not among them. */
public final class EndpointStore {
    /** As many as an organization has. */
    public static final int MOST = 50;

    /** Secrets that sign beside the current one of an endpoint. */
    public static final int MOST_FORMER = 5;

    private final Database database;
    private final WebhookSecrets secrets;

    EndpointStore(Database database, WebhookSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** Empty when the organization has {@link #MOST} already. Made twice under one id it has another secret. */
    public Mono<IssuedEndpoint> create(OrganizationId organization, WebhookId id, NewEndpoint wanted) {
        String secret = WebhookSecrets.fresh();
        GenericExecuteSpec insertion =
                of(organization, id, """
                INSERT INTO webhook_endpoints (organization_id, id, url, description, events, header_names, headers, secret,
                                               max_retries, first_gap, longest_gap, enabled, disabled_reason, disabled_at)
                SELECT :organization, :id, :url, :description, :events, :names, :headers, :secret, :retries, :first, :longest,
                       :enabled, CASE WHEN NOT :enabled THEN 'it was made so' END, CASE WHEN NOT :enabled THEN now() END
                WHERE (SELECT count(*) FROM webhook_endpoints
                       WHERE organization_id = :organization AND stream_id IS NULL AND id <> :id) < %d
                ON CONFLICT (organization_id, id) DO UPDATE SET secret = excluded.secret
                RETURNING *
                """.formatted(MOST)).bind("secret", secrets.close(secret, organization, id));
        Map<String, String> headers = wanted.headers().orElse(Map.of());
        return database.alone(
                "webhooks of " + organization,
                database.one(headers(bind(insertion, wanted), organization, id, headers), EndpointStore::endpoint)
                        .map(made -> new IssuedEndpoint(made, secret)));
    }

    public Mono<EndpointRow> find(OrganizationId organization, WebhookId id) {
        return database.one(of(organization, id, """
                        SELECT * FROM webhook_endpoints
                        WHERE organization_id = :organization AND id = :id AND stream_id IS NULL
                        """), EndpointStore::endpoint);
    }

    /** The same, or a URL that is told of one stream alone. */
    public Mono<EndpointRow> findAny(OrganizationId organization, WebhookId id) {
        return database.one(
                of(
                        organization,
                        id,
                        "SELECT * FROM webhook_endpoints WHERE organization_id = :organization AND id = :id"),
                EndpointStore::endpoint);
    }

    /** @param enabled only those that are told, or only the others; null: all */
    public Mono<Page<EndpointRow>> list(OrganizationId organization, @Nullable Boolean enabled, ByTime page) {
        Conditions conditions = new Conditions(
                        "organization_id = :organization AND stream_id IS NULL", organization.uuid())
                .is("enabled", enabled)
                .behind(page);
        GenericExecuteSpec selection = conditions.bindTo(
                database.sql(organization, "SELECT * FROM webhook_endpoints WHERE " + conditions + " " + page.rows()));
        return database.byTime(
                "webhook_endpoints",
                organization,
                page,
                database.all(selection, EndpointStore::endpoint),
                row -> Cursor.made(row.createdAt(), row.id().uuid()));
    }

    /** Empty when {@code current} is not the current version any more. Enabled anew, it begins without failures. */
    public Mono<EndpointRow> change(EndpointRow current, NewEndpoint next) {
        GenericExecuteSpec update = of(current.organization(), current.id(), """
                UPDATE webhook_endpoints
                SET url = :url, description = :description, events = :events, max_retries = :retries, first_gap = :first,
                    longest_gap = :longest, enabled = :enabled, version = version + 1, updated_at = now(),
                    header_names = CASE WHEN :keep THEN header_names ELSE :names END,
                    headers = CASE WHEN :keep THEN headers ELSE :headers END,
                    failures = CASE WHEN :enabled AND NOT enabled THEN 0 ELSE failures END,
                    failing_since = CASE WHEN :enabled AND NOT enabled THEN NULL ELSE failing_since END,
                    disabled_reason = CASE WHEN :enabled THEN NULL ELSE coalesce(disabled_reason, 'it was switched off') END,
                    disabled_at = CASE WHEN :enabled THEN NULL ELSE coalesce(disabled_at, now()) END
                WHERE organization_id = :organization AND id = :id AND version = :version AND stream_id IS NULL
                RETURNING *
                """)
                .bind("version", current.version())
                .bind("keep", next.headers().isEmpty());
        return database.one(
                headers(
                        bind(update, next),
                        current.organization(),
                        current.id(),
                        next.headers().orElse(Map.of())),
                EndpointStore::endpoint);
    }

    /** With all that was to be delivered there. */
    public Mono<EndpointRow> delete(OrganizationId organization, WebhookId id) {
        return database.one(of(organization, id, """
                        DELETE FROM webhook_endpoints
                        WHERE organization_id = :organization AND id = :id AND stream_id IS NULL
                        RETURNING *
                        """), EndpointStore::endpoint);
    }

    /**
     * Another secret; for {@code overlap} requests are signed with the one of before as well, and with those before it until
     * their own time is over. Without an overlap none but the new one is good. Empty when {@link #MOST_FORMER} are still good.
     */
    public Mono<IssuedEndpoint> rotate(OrganizationId organization, WebhookId id, Duration overlap) {
        String secret = WebhookSecrets.fresh();
        return database.one(
                        of(organization, id, """
                        UPDATE webhook_endpoints AS endpoint
                        SET older_secrets = CASE WHEN :overlap > 0
                                THEN ARRAY(SELECT former.secret FROM former_secrets(endpoint) AS former) ELSE '{}' END,
                            older_until = CASE WHEN :overlap > 0
                                THEN ARRAY(SELECT former.until FROM former_secrets(endpoint) AS former) ELSE '{}' END,
                            former_secret = CASE WHEN :overlap > 0 THEN secret END,
                            former_until = CASE WHEN :overlap > 0 THEN now() + make_interval(secs => :overlap) END,
                            secret = :secret, version = version + 1, updated_at = now()
                        WHERE organization_id = :organization AND id = :id AND stream_id IS NULL
                          AND (:overlap = 0 OR (SELECT count(*) FROM former_secrets(endpoint)) < %d)
                        RETURNING *
                        """.formatted(MOST_FORMER))
                                .bind("overlap", (double) overlap.toSeconds())
                                .bind("secret", secrets.close(secret, organization, id)),
                        EndpointStore::endpoint)
                .map(row -> new IssuedEndpoint(row, secret));
    }

    /** With its current secret; empty when there is none, or when its secret was closed under another SECRET_KEY. */
    public Mono<IssuedEndpoint> issued(OrganizationId organization, WebhookId id) {
        return database.one(of(organization, id, """
                        SELECT * FROM webhook_endpoints
                        WHERE organization_id = :organization AND id = :id AND stream_id IS NULL
                        """), row -> secrets.open(
                                required(row, "secret", byte[].class), organization, id)
                        .map(secret -> new IssuedEndpoint(endpoint(row), secret)))
                .flatMap(Mono::justOrEmpty);
    }

    private GenericExecuteSpec of(OrganizationId organization, WebhookId id, String statement) {
        return database.sql(organization, statement).bind("id", id.uuid());
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, NewEndpoint wanted) {
        Retries retries = wanted.retries();
        return statement
                .bind("url", wanted.url())
                .bind("description", wanted.description())
                .bind("events", wanted.events().toArray(String[]::new))
                .bind("retries", nullable(Integer.class, retries.most()))
                .bind("first", nullable(Integer.class, retries.first()))
                .bind("longest", nullable(Integer.class, retries.longest()))
                .bind("enabled", wanted.enabled());
    }

    private GenericExecuteSpec headers(
            GenericExecuteSpec statement, OrganizationId organization, WebhookId id, Map<String, String> headers) {
        return statement
                .bind("names", headers.keySet().stream().sorted().toArray(String[]::new))
                .bind(
                        "headers",
                        nullable(
                                byte[].class,
                                headers.isEmpty() ? null : secrets.closeHeaders(headers, organization, id)));
    }

    static EndpointRow endpoint(Readable row) {
        return new EndpointRow(
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new WebhookId(required(row, "id", UUID.class)),
                required(row, "url", String.class),
                required(row, "description", String.class),
                List.of(required(row, "events", String[].class)),
                List.of(required(row, "header_names", String[].class)),
                retries(row),
                required(row, "enabled", Boolean.class),
                optional(row, "disabled_reason", String.class),
                optional(row, "disabled_at", Instant.class),
                optional(row, "former_until", Instant.class),
                required(row, "failures", Integer.class),
                optional(row, "failing_since", Instant.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }

    static Retries retries(Readable row) {
        return new Retries(
                optional(row, "max_retries", Integer.class),
                optional(row, "first_gap", Integer.class),
                optional(row, "longest_gap", Integer.class));
    }
}
