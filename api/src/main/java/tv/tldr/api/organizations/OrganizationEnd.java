package tv.tldr.api.organizations;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.ByTime;
import tv.tldr.activities.store.Member;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.Organization;
import tv.tldr.activities.store.RemovalOrder;
import tv.tldr.activities.store.RemovalStore;
import tv.tldr.activities.store.Removed;
import tv.tldr.api.auth.AccountMails;
import tv.tldr.workflows.account.Role;

/** How does an organization go? With its audit log, so that its owners are told by mail who wanted that. */
@Component
final class OrganizationEnd {
    private static final Logger log = LoggerFactory.getLogger(OrganizationEnd.class);
    private static final int MOST_TOLD = 100;

    private final RemovalStore removals;
    private final MemberStore members;
    private final AccountMails mails;

    OrganizationEnd(RemovalStore removals, MemberStore members, AccountMails mails) {
        this.removals = removals;
        this.members = members;
        this.mails = mails;
    }

    /** @param version null: whichever it is */
    Mono<Removed> of(Organization organization, @Nullable Long version, RemovalOrder order) {
        return members.list(organization.id(), List.of(Role.OWNER), new ByTime(true, null, MOST_TOLD))
                .flatMap(owners -> removals.removeOrganization(organization.id(), version, order)
                        .doOnNext(outcome -> {
                            if (outcome instanceof Removed.Done) {
                                log.info("{} was deleted by {}", organization.id(), order.actor());
                                owners.items().forEach(owner -> tell(owner, organization, order));
                            }
                        }));
    }

    private void tell(Member owner, Organization organization, RemovalOrder order) {
        mails.organizationDeleted(owner.email(), organization.name(), organization.id() + " by " + order.actor());
    }
}
