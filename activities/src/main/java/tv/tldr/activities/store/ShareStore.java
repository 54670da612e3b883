package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.highlight.ShareId;

/** Which links lead to highlights, and how often were they used? Each use is counted before it is granted. */
public final class ShareStore {
    private static final String GOOD = "(revoked_at IS NULL AND expires_at > now())";

    private final Database database;
    private final ShareTokens tokens;

    ShareStore(Database database, ShareTokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** Writes it down, once for each id. */
    public Mono<ShareRow> create(OrganizationId organization, NewShare share) {
        return database.one(
                database.sql(organization, """
                        INSERT INTO shares AS known (organization_id, id, highlight_id, token_hash, created_by, expires_at,
                                                     max_views, allow_download, ip_ranges)
                        VALUES (:organization, :id, :highlight, :hash, :by, :expires, :views, :download, :ranges)
                        ON CONFLICT (organization_id, id) DO UPDATE SET id = known.id
                        RETURNING *, %s AS good
                        """.formatted(GOOD))
                        .bind("id", share.id().uuid())
                        .bind("highlight", share.highlight().uuid())
                        .bind("hash", tokens.hash(tokens.token(share.id())))
                        .bind("by", share.createdBy())
                        .bind("expires", share.expiresAt())
                        .bind("views", nullable(Integer.class, share.maxViews()))
                        .bind("download", share.allowDownload())
                        .bind("ranges", share.ipRanges().toArray(String[]::new)),
                ShareStore::share);
    }

    /** Those of a highlight, the newest first. */
    public Mono<Page<ShareRow>> list(
            OrganizationId organization, HighlightId highlight, @Nullable Cursor after, int limit) {
        Conditions conditions = new Conditions(
                        "organization_id = :organization AND highlight_id = :highlight",
                        organization.uuid(),
                        highlight.uuid())
                .behind(after);
        return database.all(
                        conditions.bindTo(database.sql(organization, """
                        SELECT *, %s AS good FROM shares WHERE %s ORDER BY id DESC LIMIT %d
                        """.formatted(GOOD, conditions, limit + 1))),
                        ShareStore::share)
                .collectList()
                .map(rows ->
                        Page.of(rows, limit, row -> new Cursor("0", row.id().uuid())));
    }

    /** One of a highlight; empty when there is none. */
    public Mono<ShareRow> find(OrganizationId organization, HighlightId highlight, ShareId id) {
        return database.one(of(organization, highlight, """
                        SELECT *, %s AS good FROM shares
                        WHERE organization_id = :organization AND highlight_id = :highlight AND id = :id
                        """.formatted(GOOD)).bind("id", id.uuid()), ShareStore::share);
    }

    /** The newest of a highlight by which somebody may look now. */
    public Mono<ShareRow> newest(OrganizationId organization, HighlightId highlight) {
        return database.one(of(organization, highlight, """
                        SELECT *, %1$s AS good FROM shares
                        WHERE organization_id = :organization AND highlight_id = :highlight AND %1$s
                          AND (max_views IS NULL OR views < max_views)
                        ORDER BY id DESC LIMIT 1
                        """.formatted(GOOD)), ShareStore::share);
    }

    /** From now on nobody gets anything by it; empty when there is none, or it was revoked before. */
    public Mono<ShareRow> revoke(OrganizationId organization, HighlightId highlight, ShareId id) {
        return database.one(of(organization, highlight, """
                        UPDATE shares SET revoked_at = now()
                        WHERE organization_id = :organization AND highlight_id = :highlight AND id = :id
                          AND revoked_at IS NULL
                        RETURNING *, %s AS good
                        """.formatted(GOOD)).bind("id", id.uuid()), ShareStore::share);
    }

    /** Whose token it is, while it is good. */
    public Mono<ShareRow> byToken(String token) {
        return database.one(
                database.acrossOrganizations(
                                "SELECT *, true AS good FROM shares WHERE token_hash = :hash AND %s".formatted(GOOD))
                        .bind("hash", tokens.hash(token)),
                ShareStore::share);
    }

    /** One more looks; empty, and nothing is counted, when nobody may any more. */
    public Mono<ShareRow> countView(ShareRow share) {
        return counted(share, "views", "AND (max_views IS NULL OR views < max_views)");
    }

    /** One more takes it along; empty when nobody may any more. */
    public Mono<ShareRow> countDownload(ShareRow share) {
        return counted(share, "downloads", "AND allow_download");
    }

    private Mono<ShareRow> counted(ShareRow share, String what, String when) {
        Mono<ShareRow> inAll = database.one(one(share, """
                UPDATE shares SET %1$s = %1$s + 1
                WHERE organization_id = :organization AND id = :id AND %2$s %3$s
                RETURNING *, true AS good
                """.formatted(what, GOOD, when)), ShareStore::share);
        Mono<Long> today = database.update(one(share, """
                INSERT INTO share_days AS known (organization_id, share_id, day, %1$s)
                VALUES (:organization, :id, (now() AT TIME ZONE 'UTC')::date, 1)
                ON CONFLICT (organization_id, share_id, day) DO UPDATE SET %1$s = known.%1$s + 1
                """.formatted(what)));
        return database.transaction(inAll.flatMap(row -> today.thenReturn(row)));
    }

    private GenericExecuteSpec one(ShareRow share, String statement) {
        return database.sql(share.organization(), statement)
                .bind("id", share.id().uuid());
    }

    private GenericExecuteSpec of(OrganizationId organization, HighlightId highlight, String statement) {
        return database.sql(organization, statement).bind("highlight", highlight.uuid());
    }

    /** Every day from {@code from} to {@code to}, both included, over all links of a highlight. */
    public Flux<ShareDay> days(OrganizationId organization, HighlightId highlight, LocalDate from, LocalDate to) {
        return database.all(
                of(organization, highlight, """
                        SELECT midnight::date AS day, coalesce(sum(used.views), 0)::bigint AS views,
                               coalesce(sum(used.downloads), 0)::bigint AS downloads
                        FROM generate_series(:from::timestamp, :to::timestamp, interval '1 day') AS calendar (midnight)
                        LEFT JOIN (share_days used JOIN shares ON shares.organization_id = used.organization_id
                                   AND shares.id = used.share_id AND shares.highlight_id = :highlight)
                            ON used.organization_id = :organization AND used.day = midnight::date
                        GROUP BY 1 ORDER BY 1
                        """)
                        .bind("from", from.atStartOfDay())
                        .bind("to", to.atStartOfDay()),
                row -> new ShareDay(
                        required(row, "day", LocalDate.class),
                        required(row, "views", Long.class),
                        required(row, "downloads", Long.class)));
    }

    private static ShareRow share(Readable row) {
        return new ShareRow(
                new ShareId(required(row, "id", UUID.class)),
                new OrganizationId(required(row, "organization_id", UUID.class)),
                new HighlightId(required(row, "highlight_id", UUID.class)),
                required(row, "created_by", String.class),
                required(row, "created_at", Instant.class),
                required(row, "expires_at", Instant.class),
                optional(row, "max_views", Integer.class),
                required(row, "views", Integer.class),
                required(row, "downloads", Integer.class),
                required(row, "allow_download", Boolean.class),
                List.of(required(row, "ip_ranges", String[].class)),
                optional(row, "revoked_at", Instant.class),
                required(row, "good", Boolean.class));
    }
}
