package tv.tldr.api.auth;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.Quota;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/** How many may belong to an organization? As many as its plan says, those who are invited included. */
@Component
public final class Seats {
    private final OrganizationStore organizations;
    private final MemberStore members;

    Seats(OrganizationStore organizations, MemberStore members) {
        this.organizations = organizations;
        this.members = members;
    }

    /** Ends with QUOTA_EXCEEDED when there are more than there may be; belongs behind the change, into its transaction. */
    public Mono<Void> require(OrganizationId id) {
        return organizations.find(id).flatMap(organization -> Mono.justOrEmpty(
                        organization.plan().limits().map(Plan.Limits::users))
                .flatMap(most -> members.seats(id)
                        .filter(taken -> taken > most)
                        .flatMap(taken -> Mono.<Void>error(ProblemException.exceeded(
                                new Quota("users", taken - 1.0, most, null),
                                "The plan " + organization.plan() + " has room for " + most
                                        + " users, those who are invited included; " + (taken - 1)
                                        + " are taken.")))));
    }
}
