package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;
import static tv.tldr.activities.store.Columns.required;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/**
 * How many more requests may an organization, or a key of it, make? All processes draw from one token bucket a subject, by
 * the database's clock, and each draws many at a time.
 */
public final class RateStore {
    /** Null where the plan sets none. */
    private static final String OF_PLAN = Arrays.stream(Plan.values())
            .flatMap(plan -> plan.limits().stream().map(limits -> "WHEN '%s' THEN %d"
                    .formatted(plan.name().toLowerCase(Locale.ROOT), limits.requestsPerMinute())))
            .collect(joining(" ", "SELECT CASE plan ", " END AS most FROM organizations WHERE id = :organization"));

    private static final String OF_KEY = """
            SELECT requests_per_minute AS most FROM api_keys WHERE organization_id = :organization AND id = :subject
            """;
    /** What is in the bucket by now, less what is owed. */
    private static final String FILLED = """
            greatest(0, least(excluded.most, bucket.tokens
                + greatest(0, extract(epoch FROM excluded.filled_at - bucket.filled_at)::double precision) * excluded.most / 60)
                - :owed)
            """;

    private final Database database;

    RateStore(Database database) {
        this.database = database;
    }

    /**
     * Takes tokens out of the organization's bucket; empty when its plan sets no limit.
     *
     * @param share of the limit, so many at most, and at least one
     * @param owed what was let through without asking: it is taken first, as far as there is as much
     */
    public Mono<RateLease> lease(OrganizationId organization, double share, int owed) {
        return lease(organization, organization.uuid(), OF_PLAN, share, owed);
    }

    /** The same out of the bucket of a key; empty when it has no limit of its own. */
    public Mono<RateLease> lease(OrganizationId organization, ApiKeyId key, double share, int owed) {
        return lease(organization, key.uuid(), OF_KEY, share, owed);
    }

    private Mono<RateLease> lease(OrganizationId organization, UUID subject, String limit, double share, int owed) {
        return database.one(
                database.sql(organization, """
                        WITH allowed AS (%s), wanted AS (
                            SELECT most, greatest(0, most - :owed) AS tokens,
                                least(greatest(1, floor(most * :share)), greatest(0, most - :owed))::integer AS block
                            FROM allowed WHERE most IS NOT NULL
                        )
                        INSERT INTO rate_buckets AS bucket (organization_id, subject_id, most, tokens, granted, filled_at)
                        SELECT :organization, :subject, most, tokens - block, block, now() FROM wanted
                        ON CONFLICT (organization_id, subject_id) DO UPDATE SET
                            most = excluded.most,
                            granted = floor(least(excluded.granted, %s)),
                            tokens = %s - floor(least(excluded.granted, %s)),
                            filled_at = greatest(bucket.filled_at, excluded.filled_at)
                        RETURNING granted, most::integer AS most, tokens
                        """.formatted(limit, FILLED, FILLED, FILLED))
                        .bind("subject", subject)
                        .bind("share", share)
                        .bind("owed", owed),
                row -> new RateLease(
                        required(row, "granted", Integer.class),
                        required(row, "most", Integer.class),
                        required(row, "tokens", Double.class)));
    }
}
