package tv.tldr.api.usage;

import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Cursor;
import tv.tldr.activities.store.RetentionStore;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.Retention;

/** What goes next, since the plan's days are over, over HTTP: by day, and stream by stream. */
@RestController
@RequestMapping(path = "/api/v1/usage/retention", produces = MediaType.APPLICATION_JSON_VALUE)
final class RetentionController {
    private static final int DAYS = 7;
    private static final String LIST = "expiring-streams";

    private final UsageStore usage;
    private final RetentionStore retentions;

    RetentionController(UsageStore usage, RetentionStore retentions) {
        this.usage = usage;
        this.retentions = retentions;
    }

    @GetMapping
    Mono<RetentionResponse> days(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("usage:read");
        new Parameters(query).finish();
        return usage.plan(tenant.organizationId()).flatMap(plan -> {
            Duration kept = Retention.of(plan).kept();
            return kept == null
                    ? Mono.just(RetentionResponse.of(plan, null, List.of()))
                    : retentions
                            .days(tenant.organizationId(), kept, DAYS)
                            .collectList()
                            .map(days -> RetentionResponse.of(plan, kept, days));
        });
    }

    /** All that will go, soonest first. */
    @GetMapping("/streams")
    Mono<Page<RetentionResponse.Expiring>> streams(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("usage:read");
        Parameters parameters = new Parameters(query);
        Cursor after = parameters.cursorByCreation(LIST).orElse(null);
        int limit = parameters.limit();
        parameters.finish();
        return usage.plan(tenant.organizationId()).flatMap(plan -> {
            Duration kept = Retention.of(plan).kept();
            return kept == null
                    ? Mono.just(new Page<>(List.of(), null, false))
                    : retentions
                            .expiring(tenant.organizationId(), kept, after, limit)
                            .map(page -> Page.of(LIST, page, RetentionResponse.Expiring::of));
        });
    }
}
