package tv.tldr.api.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.RetentionStore;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.stream.StreamId;

/** How long does an organization's plan keep what it has stored, and when does what is shown go? Only told: nothing goes by this. */
@Component
public final class Expiries {
    private static final int MOST_KNOWN = 10_000;
    /** A plan that is changed is told of so much later at most, and a page of highlights costs no query for it. */
    private static final Duration PLAN_KNOWN = Duration.ofSeconds(2);

    private final UsageStore usage;
    private final RetentionStore retentions;
    private final Cache<OrganizationId, Retention> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(PLAN_KNOWN)
            .build();

    Expiries(UsageStore usage, RetentionStore retentions) {
        this.usage = usage;
        this.retentions = retentions;
    }

    public Mono<Retention> of(OrganizationId organization) {
        Retention retention = known.getIfPresent(organization);
        return retention != null
                ? Mono.just(retention)
                : usage.plan(organization)
                        .map(Retention::of)
                        .doOnNext(read -> known.put(organization, read))
                        .defaultIfEmpty(Retention.FOR_GOOD);
    }

    /** Of these highlights. */
    public Mono<Expiry> of(OrganizationId organization, List<HighlightRow> rows) {
        Set<StreamId> streams = rows.stream()
                .filter(row -> !row.pinned())
                .map(row -> row.stream().streamId())
                .collect(Collectors.toSet());
        return of(organization)
                .flatMap(retention -> retention.kept() == null || streams.isEmpty()
                        ? Mono.just(new Expiry(retention, Map.of()))
                        : retentions.ends(organization, streams).map(ends -> new Expiry(retention, ends)));
    }
}
