package tv.tldr.api.organizations;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Invitation;
import tv.tldr.activities.store.InvitationStore;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.auth.AccountMails;
import tv.tldr.api.auth.Email;
import tv.tldr.api.auth.Seats;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.InvitationId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

/** Who is invited into an organization. The link goes by mail to the invited person alone. */
@RestController
@RequestMapping(path = "/api/v1/organizations/{id}/invitations", produces = MediaType.APPLICATION_JSON_VALUE)
final class InvitationController {
    private static final String INVITATION = "invitation";
    private static final String LIST = "invitations";

    private final InvitationStore invitations;
    private final OrganizationStore organizations;
    private final MemberStore members;
    private final UserStore users;
    private final Seats seats;
    private final AccountMails mails;
    private final AuditTrail audit;

    InvitationController(
            InvitationStore invitations,
            OrganizationStore organizations,
            MemberStore members,
            UserStore users,
            Seats seats,
            AccountMails mails,
            AuditTrail audit) {
        this.invitations = invitations;
        this.organizations = organizations;
        this.members = members;
        this.users = users;
        this.seats = seats;
        this.mails = mails;
        this.audit = audit;
    }

    private record Wanted(String email, Role role) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<IssuedInvitationResponse>> invite(
            Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("users:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        InvitationId issuedAs = new InvitationId(RequestedId.of(exchange));
        Mono<InvitationStore.Issued> work = JsonBody.required(exchange.getRequest())
                .map(body -> {
                    Wanted wanted = new Wanted(Email.read(body, "email"), RoleReader.read(body));
                    body.finish();
                    OwnOrganization.requireReach(tenant, wanted.role());
                    return wanted;
                })
                .flatMap(wanted -> audit.with(
                        tenant,
                        exchange,
                        members.alone(own, issue(tenant, own, issuedAs, wanted)),
                        issued -> told(AuditAction.INVITATION_CREATED, issued.invitation())));
        return RequestedId.before(exchange, invitations.issued(own, issuedAs))
                .switchIfEmpty(work)
                .flatMap(issued -> organizations
                        .find(own)
                        .flatMap(organization -> mails.invitation(issued, organization.name()))
                        .map(mail -> ResponseEntity.status(HttpStatus.CREATED)
                                .body(IssuedInvitationResponse.of(issued.invitation(), mail))));
    }

    private Mono<InvitationStore.Issued> issue(Tenant tenant, OrganizationId own, InvitationId id, Wanted wanted) {
        Mono<Void> stranger = users.withEmail(wanted.email())
                .flatMap(user -> members.find(own, user.id()))
                .flatMap(member -> Mono.error(new ProblemException(
                        ErrorCode.DUPLICATE_RESOURCE,
                        "Somebody with this address belongs to the organization already.")));
        // The one that it takes the place of does not count: the seats are counted when it is written.
        return stranger.then(invitations.issue(
                        own, id, wanted.email(), wanted.role(), tenant.actor().user()))
                .flatMap(issued -> seats.require(own).thenReturn(issued));
    }

    @GetMapping
    Mono<Page<InvitationResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("users:read");
        OrganizationId own = OwnOrganization.of(tenant, id);
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, PageToken.listBelow(id, LIST), Order.ASC);
        List<Role> roles = RoleReader.read(parameters);
        Boolean expired = parameters.flag("expired").orElse(null);
        parameters.finish();
        return invitations
                .list(own, roles, expired, list.page())
                .map(page -> list.answer(page, InvitationResponse::of));
    }

    @DeleteMapping("/{invitation_id}")
    Mono<ResponseEntity<Void>> revoke(
            Tenant tenant,
            @PathVariable String id,
            @PathVariable("invitation_id") String invitation,
            ServerWebExchange exchange) {
        tenant.require("users:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        return audit.with(
                        tenant,
                        exchange,
                        invitations.revoke(own, PathId.parse(InvitationId::parse, invitation, INVITATION)),
                        revoked -> told(AuditAction.INVITATION_REVOKED, revoked))
                .switchIfEmpty(Mono.error(InvitationController::none))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static Told told(AuditAction action, Invitation invitation) {
        return new Told(
                action,
                invitation.id().toString(),
                Map.of("email", invitation.email(), "role", invitation.role().name()));
    }

    private static ProblemException none() {
        return ProblemException.notFound(INVITATION);
    }
}
