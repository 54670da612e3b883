package tv.tldr.api.auth;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MemberChange;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

/** How does somebody's account go? After they have left each of their organizations, all in one transaction. */
@Component
final class Farewell {
    private final UserStore users;
    private final MemberStore members;
    private final OrganizationStore organizations;
    private final AuditTrail audit;

    Farewell(UserStore users, MemberStore members, OrganizationStore organizations, AuditTrail audit) {
        this.users = users;
        this.members = members;
        this.organizations = organizations;
        this.audit = audit;
    }

    /** @return fails with PROCESSING_ERROR when an organization would be without owner; then nothing is changed */
    Mono<Void> to(User user, ServerWebExchange exchange) {
        Mono<OrganizationId> next = members.firstOf(user.id());
        return users.remove(
                user.id(),
                next.expand(organization -> leave(user, organization, exchange).then(next))
                        .then());
    }

    private Mono<Void> leave(User user, OrganizationId organization, ServerWebExchange exchange) {
        return members.remove(organization, user.id(), themselves -> Mono.empty())
                .flatMap(change -> switch (change) {
                    case MemberChange.Done done ->
                        audit.append(audit.entry(
                                organization,
                                user.id().toString(),
                                exchange,
                                new Told(
                                        AuditAction.MEMBER_REMOVED,
                                        user.id().toString(),
                                        Map.of(
                                                "email", done.member().email(),
                                                "role", done.member().role().name()))));
                    case MemberChange.LastOwner _ ->
                        organizations
                                .find(organization)
                                .flatMap(named -> Mono.error(new ProblemException(
                                        ErrorCode.PROCESSING_ERROR,
                                        "You are the last owner of \"" + named.name() + "\" (" + organization
                                                + "); make somebody else an owner, or delete it, first.")));
                    case MemberChange.Missing _ -> Mono.empty();
                });
    }
}
