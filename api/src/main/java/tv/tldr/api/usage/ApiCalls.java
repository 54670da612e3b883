package tv.tldr.api.usage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.workflows.account.OrganizationId;

/**
 * How many requests has each organization made? Counted in memory and written together every few seconds: a request costs no
 * query, and a killed process forgets those of its last seconds.
 */
@Component
public final class ApiCalls implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ApiCalls.class);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

    private final UsageStore usage;
    private final Map<OrganizationId, Long> counts = new ConcurrentHashMap<>();

    ApiCalls(UsageStore usage) {
        this.usage = usage;
    }

    void count(OrganizationId organization) {
        counts.merge(organization, 1L, Long::sum);
    }

    /** Writes down what was counted; what cannot be written now is kept for the next time. */
    @Scheduled(initialDelayString = "${tldr.usage.flush-interval}", fixedDelayString = "${tldr.usage.flush-interval}")
    public Mono<Void> flush() {
        return Mono.defer(() -> {
            Map<OrganizationId, Long> taken = new HashMap<>();
            counts.keySet().forEach(organization -> {
                Long calls = counts.remove(organization);
                if (calls != null) {
                    taken.put(organization, calls);
                }
            });
            return taken.isEmpty() ? Mono.empty() : write(taken);
        });
    }

    private Mono<Void> write(Map<OrganizationId, Long> taken) {
        return usage.addCalls(taken).then().onErrorResume(failure -> {
            log.warn("Requests are counted on and written down later: {}", failure.toString());
            taken.forEach((organization, calls) -> counts.merge(organization, calls, Long::sum));
            return Mono.empty();
        });
    }

    @Override
    public void destroy() {
        try {
            flush().block(LAST_PATIENCE);
        } catch (RuntimeException late) {
            log.warn("The last requests are not counted: {}", late.toString());
        }
    }
}
