package tv.tldr.api.keys;

import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.activities.store.Member;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.Scope;
import tv.tldr.workflows.account.UserId;

/**
 * For whom does a key act that somebody changes? For whoever made it, with their role: who may change it and knows it must not
 * become more by that than they are.
 */
@Component
final class KeyMakers {
    private final MemberStore members;

    KeyMakers(MemberStore members) {
        this.members = members;
    }

    /**
     * Goes on when the caller may give the key these scopes, or leave it those that it has.
     *
     * @return fails with INSUFFICIENT_PERMISSIONS
     */
    Mono<Void> require(Tenant tenant, ApiKey key, Set<String> scopes) {
        UserId caller = tenant.actor().user();
        UserId maker = key.createdBy();
        if (maker == null) {
            return caller == null
                    ? Mono.empty()
                    : Mono.error(refused(
                            "The key belongs to whoever runs the installation; revoke it, or rotate it into one of"
                                    + " your own."));
        }
        return maker.equals(caller)
                ? Mono.empty()
                : members.find(key.organizationId(), maker)
                        .doOnNext(member -> require(tenant, key, scopes, member))
                        .then();
    }

    private static void require(Tenant tenant, ApiKey key, Set<String> scopes, Member maker) {
        if (!tenant.role().reaches(maker.role())) {
            throw refused("The key acts for the role " + maker.role()
                    + ", which may do more than you; revoke it, or rotate it into one of your own.");
        }
        List<String> beyond = Scope.beyond(scopes, maker.role().scopes());
        if (!beyond.isEmpty() && !scopes.equals(key.scopes())) {
            throw refused("The key would be beyond whoever made it, whose role is " + maker.role() + ": "
                    + String.join(", ", beyond.stream().sorted().toList()) + ".");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ErrorCode.INSUFFICIENT_PERMISSIONS, detail);
    }
}
