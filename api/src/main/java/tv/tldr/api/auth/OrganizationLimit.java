package tv.tldr.api.auth;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.Quota;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.UserId;

/**
 * May somebody make one more organization? Each on the smallest plan has hours and storage of its own, so that they are few: those
 * that they made, whoever owns them now, and those that they own.
 */
@Component
public final class OrganizationLimit {
    private final OrganizationStore organizations;
    private final AuthProperties properties;

    OrganizationLimit(OrganizationStore organizations, AuthProperties properties) {
        this.organizations = organizations;
        this.properties = properties;
    }

    /** Ends with QUOTA_EXCEEDED when there are as many as there may be; belongs before the change, into its transaction. */
    public Mono<Void> require(UserId person) {
        int most = properties.organizationsPerPerson();
        return organizations
                .countOwn(person, Plan.STARTER)
                .filter(own -> own >= most)
                .flatMap(own -> Mono.error(ProblemException.exceeded(
                        new Quota("starter_organizations", own, most, null),
                        "You have made or own " + own + " organizations on the plan STARTER, of " + most
                                + "; one that gets a larger plan counts no more.")));
    }
}
