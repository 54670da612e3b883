package tv.tldr.api.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountChanges;
import tv.tldr.activities.store.RateStore;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/** May a request of a tenant go on, by the limits of its key and of its organization? Both must allow it. */
@Component
public final class RateLimits implements AccountChanges.Listener {
    /** Of the limit: drawn at a time. As much as all processes together can be wrong by. */
    static final double BLOCK = 0.05;

    private static final int MOST_METERS = 20_000;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final LoadingCache<OrganizationId, Meter> organizations;
    private final LoadingCache<Key, Meter> keys;

    RateLimits(RateStore store, AccountChanges changes) {
        this.organizations = Caffeine.newBuilder()
                .maximumSize(MOST_METERS)
                .expireAfterAccess(IDLE)
                .build(organization -> new Meter(owed -> store.lease(organization, BLOCK, owed), System::nanoTime));
        this.keys = Caffeine.newBuilder()
                .maximumSize(MOST_METERS)
                .expireAfterAccess(IDLE)
                .build(key ->
                        new Meter(owed -> store.lease(key.organization(), key.id(), BLOCK, owed), System::nanoTime));
        changes.tell(this);
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

    /** A key may have been given a limit. */
    @Override
    public void changed(String what, String which) {
        if (what.equals("key")) {
            missed();
        }
    }

    @Override
    public void missed() {
        keys.asMap().values().forEach(Meter::doubt);
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
