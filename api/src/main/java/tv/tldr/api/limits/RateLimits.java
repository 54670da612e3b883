package tv.tldr.api.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.RateStore;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/** May a request of a tenant go on, by the limits of its key and of its organization? Both must allow it. */
@Component
public final class RateLimits {
    /** Of the limit: drawn at a time. As much as all processes together can be wrong by. */
    static final double BLOCK = 0.05;

    private static final int MOST_METERS = 20_000;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final LoadingCache<OrganizationId, Meter> organizations;
    private final LoadingCache<Key, Meter> keys;

    RateLimits(RateStore store) {
        this.organizations = Caffeine.newBuilder()
                .maximumSize(MOST_METERS)
                .expireAfterAccess(IDLE)
                .build(organization -> new Meter(() -> store.lease(organization, BLOCK), System::nanoTime));
        this.keys = Caffeine.newBuilder()
                .maximumSize(MOST_METERS)
                .expireAfterAccess(IDLE)
                .build(key -> new Meter(() -> store.lease(key.organization(), key.id(), BLOCK), System::nanoTime));
    }

    private record Key(OrganizationId organization, ApiKeyId id) {}

    Mono<Decision> take(Tenant tenant) {
        return ofActor(tenant)
                .flatMap(ofKey -> ofKey instanceof Decision.Refused
                        ? Mono.just(ofKey)
                        : organizations
                                .get(tenant.organizationId())
                                .take()
                                .map(ofAll -> Decision.tighter(ofKey, ofAll)));
    }

    /** A person has no limit but the organization's. */
    private Mono<Decision> ofActor(Tenant tenant) {
        return switch (tenant.actor()) {
            case Actor.Key key ->
                keys.get(new Key(tenant.organizationId(), key.key())).take();
            case Actor.Person _ -> Mono.just(new Decision.Unlimited());
        };
    }
}
