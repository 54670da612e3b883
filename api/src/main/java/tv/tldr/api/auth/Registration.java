package tv.tldr.api.auth;

import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.NewAuditEntry;
import tv.tldr.activities.store.Organization;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/** How does somebody begin? With an account, an organization of their own on the smallest plan, and a link to their address. */
@Component
final class Registration {
    private final UserStore users;
    private final OrganizationStore organizations;
    private final MemberStore members;
    private final Passwords passwords;
    private final Limits limits;
    private final SignIn signIn;
    private final AuditTrail audit;
    private final AccountMails mails;

    Registration(
            UserStore users,
            OrganizationStore organizations,
            MemberStore members,
            Passwords passwords,
            Limits limits,
            SignIn signIn,
            AuditTrail audit,
            AccountMails mails) {
        this.users = users;
        this.organizations = organizations;
        this.members = members;
        this.passwords = passwords;
        this.limits = limits;
        this.signIn = signIn;
        this.audit = audit;
        this.mails = mails;
    }

    /** Who wants in, without fault. */
    record Wanted(String email, String password, String name, String organization) {
        static Wanted read(Fields body) {
            String email = Email.read(body, "email");
            Wanted wanted = new Wanted(
                    email,
                    PasswordRules.read(body, "password", body.isSound("email") ? email : ""),
                    Names.read(body, "name"),
                    Names.read(body, "organization_name"));
            body.finish();
            return wanted;
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Wanted[" + organization + "]";
        }
    }

    private record Made(User user, Organization organization) {}

    Mono<TokensResponse> register(Wanted wanted, ServerWebExchange exchange) {
        UserId id = new UserId(RequestedId.of(exchange));
        return limits.tryAddress(exchange)
                .then(passwords.hash(wanted.password()))
                .flatMap(hash -> audit.with(make(id, wanted, hash), made -> Optional.of(entry(made, exchange))))
                .map(Made::user)
                // By a try of this request that died before it answered; else by somebody else.
                .onErrorResume(StoreFailure.is(StoreFailure.Kind.DUPLICATE), taken -> users.find(id)
                        .switchIfEmpty(Mono.error(Registration::taken)))
                .doOnNext(mails::verification)
                .flatMap(user -> signIn.open(user, null, exchange));
    }

    private static ProblemException taken() {
        return new ProblemException(
                ErrorCode.DUPLICATE_RESOURCE,
                "There is an account with this e-mail address; sign in, or reset its password.");
    }

    private Mono<Made> make(UserId id, Wanted wanted, String hash) {
        return users.create(id, wanted.email(), wanted.name(), hash, false).flatMap(user -> organizations
                .create(wanted.organization(), Plan.STARTER, user.id())
                .flatMap(organization -> members.add(organization.id(), user.id(), Role.OWNER)
                        .thenReturn(new Made(user, organization))));
    }

    private NewAuditEntry entry(Made made, ServerWebExchange exchange) {
        return audit.entry(
                made.organization().id(),
                made.user().id().toString(),
                exchange,
                new Told(
                        AuditAction.USER_REGISTERED,
                        made.user().id().toString(),
                        Map.of("organization_name", made.organization().name())));
    }
}
