package tv.tldr.api.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Granularity;
import tv.tldr.activities.store.UsageNow;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;

/** Usage over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/usage", produces = MediaType.APPLICATION_JSON_VALUE)
final class UsageController {
    private static final int MOST_STEPS = 400;

    private final UsageStore usage;

    UsageController(UsageStore usage) {
        this.usage = usage;
    }

    /** Without an interval: this month so far. */
    @GetMapping
    Mono<UsageResponse> find(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("usage:read");
        Parameters parameters = new Parameters(query);
        Granularity granularity =
                parameters.choice("granularity", Granularity.class).orElse(Granularity.DAY);
        Optional<Instant> from = parameters.instant("from");
        Optional<Instant> to = parameters.instant("to");
        parameters.finish();
        return usage.now(tenant.organizationId())
                .flatMap(now -> report(tenant, from.orElse(now.periodStart()), to.orElse(now.at()), granularity, now));
    }

    private Mono<UsageResponse> report(Tenant tenant, Instant from, Instant to, Granularity granularity, UsageNow now) {
        if (!from.isBefore(to)) {
            throw ProblemException.invalid("from", "must be before to, " + to);
        }
        if (Duration.between(from, to).dividedBy(granularity.shortest()) >= MOST_STEPS) {
            throw ProblemException.invalid(
                    "from", "must not be more than " + MOST_STEPS + " steps before to; choose a coarser granularity");
        }
        return usage.report(tenant.organizationId(), from, to, granularity)
                .collectList()
                .map(buckets -> UsageResponse.of(from, to, granularity, buckets, now));
    }
}
