package tv.tldr.api.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Retention;

/** How long does an organization's plan keep what it has stored? Only told: nothing goes by this. */
@Component
public final class Retentions {
    private static final int MOST_KNOWN = 10_000;
    /** A plan that is changed is told of so much later at most, and a page of highlights costs no query for it. */
    private static final Duration PLAN_KNOWN = Duration.ofSeconds(2);

    private final UsageStore usage;
    private final Cache<OrganizationId, Retention> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(PLAN_KNOWN)
            .build();

    Retentions(UsageStore usage) {
        this.usage = usage;
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
}
