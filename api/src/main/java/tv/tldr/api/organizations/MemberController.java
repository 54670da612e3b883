package tv.tldr.api.organizations;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Member;
import tv.tldr.activities.store.MemberChange;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/** Who belongs to an organization, and as what. An organization always has an owner. */
@RestController
@RequestMapping(path = "/api/v1/organizations/{id}/members", produces = MediaType.APPLICATION_JSON_VALUE)
final class MemberController {
    private static final String MEMBER = "member";
    private static final String LIST = "members";

    private final MemberStore members;
    private final AuditTrail audit;

    MemberController(MemberStore members, AuditTrail audit) {
        this.members = members;
        this.audit = audit;
    }

    @GetMapping
    Mono<Page<MemberResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("users:read");
        OrganizationId own = OwnOrganization.of(tenant, id);
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, PageToken.listBelow(id, LIST), Order.ASC);
        List<Role> roles = RoleReader.read(parameters);
        parameters.finish();
        return members.list(own, roles, list.page()).map(page -> list.answer(page, MemberResponse::of));
    }

    @PatchMapping(path = "/{user_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MemberResponse>> change(
            Tenant tenant, @PathVariable String id, @PathVariable("user_id") String user, ServerWebExchange exchange) {
        tenant.require("users:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        UserId whom = PathId.parse(UserId::parse, user, MEMBER);
        return JsonBody.required(exchange.getRequest())
                .map(body -> {
                    Role role = RoleReader.read(body);
                    body.finish();
                    return role;
                })
                .flatMap(role -> audit.with(
                        tenant,
                        exchange,
                        members.changeRole(own, whom, role, member -> mayHandle(tenant, member, role, exchange))
                                .map(MemberController::done),
                        member -> told(AuditAction.MEMBER_ROLE_CHANGED, member)))
                .map(member ->
                        ResponseEntity.ok().eTag(IfMatch.tag(member.version())).body(MemberResponse.of(member)));
    }

    /** Also oneself: whoever does not like it here leaves. */
    @DeleteMapping("/{user_id}")
    Mono<ResponseEntity<Void>> remove(
            Tenant tenant, @PathVariable String id, @PathVariable("user_id") String user, ServerWebExchange exchange) {
        OrganizationId own = OwnOrganization.of(tenant, id);
        if (!tenant.actor().id().equals(user)) {
            tenant.require("users:write");
        }
        UserId whom = PathId.parse(UserId::parse, user, MEMBER);
        return audit.with(
                        tenant,
                        exchange,
                        members.remove(own, whom, member -> mayHandle(tenant, member, member.role(), exchange))
                                .map(MemberController::done),
                        member -> told(AuditAction.MEMBER_REMOVED, member))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static Mono<Void> mayHandle(Tenant tenant, Member member, Role next, ServerWebExchange exchange) {
        return Mono.fromRunnable(() -> {
            OwnOrganization.requireReach(tenant, member.role());
            OwnOrganization.requireReach(tenant, next);
            IfMatch.of(exchange.getRequest()).require(member.version());
        });
    }

    /** @throws ProblemException when nothing was changed */
    private static Member done(MemberChange change) {
        return switch (change) {
            case MemberChange.Done done -> done.member();
            case MemberChange.Missing _ -> throw none();
            case MemberChange.LastOwner _ ->
                throw new ProblemException(
                        ErrorCode.PROCESSING_ERROR, "It is the last owner; make somebody else an owner first.");
        };
    }

    private static Told told(AuditAction action, Member member) {
        return new Told(
                action,
                member.userId().toString(),
                Map.of("email", member.email(), "role", member.role().name()));
    }

    private static ProblemException none() {
        return ProblemException.notFound(MEMBER);
    }
}
