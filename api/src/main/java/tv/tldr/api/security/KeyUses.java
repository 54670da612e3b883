package tv.tldr.api.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.ApiKeyStore;
import tv.tldr.activities.store.KeyUse;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/** How often is each key used, and when last? Counted here and written down every few seconds: no request waits for it. */
@Component
final class KeyUses implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(KeyUses.class);
    private static final Duration LAST_TRY = Duration.ofSeconds(3);

    private final ApiKeyStore keys;
    private final Map<ApiKeyId, KeyUse> counted = new ConcurrentHashMap<>();

    KeyUses(ApiKeyStore keys) {
        this.keys = keys;
    }

    void count(Tenant tenant, Instant now) {
        if (tenant.actor() instanceof Actor.Key used) {
            add(tenant.organizationId(), used.key(), 1, now);
        }
    }

    private void add(OrganizationId organization, ApiKeyId key, long number, Instant at) {
        counted.merge(
                key,
                new KeyUse(organization, key, number, at),
                (before, more) -> new KeyUse(
                        organization,
                        key,
                        before.number() + more.number(),
                        before.latest().isAfter(more.latest()) ? before.latest() : more.latest()));
    }

    @Scheduled(fixedDelayString = "${tldr.security.key-use-interval:5s}")
    void writeDown() {
        write().onErrorComplete().block();
    }

    private Mono<Long> write() {
        List<KeyUse> taken = new ArrayList<>();
        for (ApiKeyId key : List.copyOf(counted.keySet())) {
            KeyUse use = counted.remove(key);
            if (use != null) {
                taken.add(use);
            }
        }
        if (taken.isEmpty()) {
            return Mono.empty();
        }
        return keys.noteUses(taken).doOnError(failure -> {
            log.debug("The use of {} keys is written down later", taken.size(), failure);
            taken.forEach(use -> add(use.organization(), use.key(), use.number(), use.latest()));
        });
    }

    @Override
    public void destroy() {
        write().timeout(LAST_TRY).onErrorComplete().block();
    }
}
