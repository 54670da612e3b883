package tv.tldr.api.usage;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.UsageNow;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.activities.store.UsedUp;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.Quota;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/**
 * May an organization submit one more source? As long as it has hours and room left: how long a source is, nobody knows
 * before it is looked at.
 */
@Component
public final class Quotas {
    private final UsageStore usage;

    Quotas(UsageStore usage) {
        this.usage = usage;
    }

    /** @return fails with QUOTA_EXCEEDED when nothing is left */
    public Mono<Void> check(OrganizationId organization) {
        return usage.plan(organization)
                .flatMap(plan -> Mono.justOrEmpty(plan.limits()))
                .flatMap(limits -> usage.now(organization).doOnNext(now -> check(now, limits)))
                .then();
    }

    /** @return fails with QUOTA_EXCEEDED when there is no room for so many bytes more */
    public Mono<Void> checkRoom(OrganizationId organization, long bytes) {
        return usage.plan(organization)
                .flatMap(plan -> Mono.justOrEmpty(plan.limits()))
                .flatMap(limits -> usage.now(organization).doOnNext(now -> {
                    if (now.storageBytes() + bytes > limits.storageBytes()) {
                        throw ProblemException.exceeded(
                                new Quota(
                                        "storage_bytes",
                                        (double) now.storageBytes(),
                                        (double) limits.storageBytes(),
                                        null),
                                bytes + " bytes more are too many: " + now.storageBytes() + " of the "
                                        + limits.storageBytes() + " that your plan has are used; delete what you no"
                                        + " longer need.");
                    }
                }))
                .then();
    }

    /** How many bytes the plan has left, 0 and more; empty when it has no limit. */
    public Mono<Long> room(OrganizationId organization) {
        return usage.plan(organization)
                .flatMap(plan -> Mono.justOrEmpty(plan.limits()))
                .flatMap(limits ->
                        usage.now(organization).map(now -> Math.max(0, limits.storageBytes() - now.storageBytes())));
    }

    static void check(UsageNow now, Plan.Limits limits) {
        UsedUp.hours(now.streamSeconds(), limits, now.periodEnd())
                .or(() -> UsedUp.storage(now.storageBytes(), limits))
                .ifPresent(usedUp -> {
                    throw ProblemException.exceeded(
                            new Quota(usedUp.name(), usedUp.used(), usedUp.limit(), usedUp.reset()), usedUp.words());
                });
    }
}
