package tv.tldr.api.organizations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.Organization;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.api.auth.Names;
import tv.tldr.api.auth.OrganizationLimit;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.Deletions;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.Role;

/** Organizations: those that somebody belongs to, and the one that is worked in. */
@RestController
@RequestMapping(path = "/api/v1/organizations", produces = MediaType.APPLICATION_JSON_VALUE)
final class OrganizationController {
    private static final String LIST = "organizations";

    private final OrganizationStore organizations;
    private final MemberStore members;
    private final OrganizationLimit limit;
    private final OrganizationEnd end;
    private final Deletions deletions;
    private final AuditTrail audit;

    OrganizationController(
            OrganizationStore organizations,
            MemberStore members,
            OrganizationLimit limit,
            OrganizationEnd end,
            Deletions deletions,
            AuditTrail audit) {
        this.organizations = organizations;
        this.members = members;
        this.limit = limit;
        this.end = end;
        this.deletions = deletions;
        this.audit = audit;
    }

    /** A person's own, of which there may be none; of a key the one that it is a key to. */
    @GetMapping
    Mono<Page<OrganizationResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        if (tenant.organization().isPresent()) {
            tenant.require("organizations:read");
        }
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, LIST, Order.ASC);
        parameters.finish();
        return switch (tenant.actor()) {
            case Actor.Person person ->
                organizations.of(person.user(), list.page()).map(page -> list.answer(page, OrganizationResponse::of));
            case Actor.Key _ ->
                organizations
                        .find(tenant.organizationId())
                        .map(own -> Page.of(List.of(own), null, OrganizationResponse::of));
        };
    }

    /** One more, with the caller as its owner. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<OrganizationResponse>> create(Tenant tenant, ServerWebExchange exchange) {
        Actor.Person person = tenant.requirePerson();
        OrganizationId id = new OrganizationId(RequestedId.of(exchange));
        return JsonBody.required(exchange.getRequest())
                .map(OrganizationController::name)
                // Found when an earlier try wrote it.
                .flatMap(name -> organizations
                        .find(id)
                        .switchIfEmpty(audit.with(
                                limit.require(person.user())
                                        .then(organizations.create(id, name, Plan.STARTER, person.user()))
                                        .flatMap(made -> members.add(made.id(), person.user(), Role.OWNER)
                                                .thenReturn(made)),
                                made -> Optional.of(audit.entry(
                                        made.id(),
                                        person.id(),
                                        exchange,
                                        new Told(
                                                AuditAction.ORGANIZATION_CREATED,
                                                null,
                                                Map.of("name", made.name())))))))
                .map(made -> ResponseEntity.status(HttpStatus.CREATED)
                        .header("Location", "/api/v1/organizations/" + made.id())
                        .eTag(IfMatch.tag(made.version()))
                        .body(OrganizationResponse.of(made)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<OrganizationResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("organizations:read");
        return organizations.find(OwnOrganization.of(tenant, id)).map(OrganizationController::respond);
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<OrganizationResponse>> change(
            Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("organizations:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        return JsonBody.required(exchange.getRequest())
                .map(OrganizationController::name)
                .flatMap(name -> IfMatch.of(exchange.getRequest())
                        .change(
                                organizations.find(own),
                                Organization::version,
                                current -> audit.with(
                                        tenant,
                                        exchange,
                                        organizations.rename(own, name, current.version()),
                                        next -> new Told(
                                                AuditAction.ORGANIZATION_UPDATED, null, Map.of("name", next.name())))))
                .map(OrganizationController::respond);
    }

    /** With all that it has; its name in the body says that this one is meant. */
    @DeleteMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> delete(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("organizations:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        OwnOrganization.requireReach(tenant, Role.OWNER);
        IfMatch precondition = IfMatch.of(exchange.getRequest());
        return JsonBody.required(exchange.getRequest())
                .map(OrganizationController::name)
                .flatMap(name -> organizations.find(own).flatMap(current -> {
                    precondition.require(current.version());
                    if (!current.name().equals(name)) {
                        return Mono.error(
                                ProblemException.invalidInBody("name", "must be the name of the organization"));
                    }
                    return end.of(
                            current, precondition.isGiven() ? current.version() : null, audit.order(tenant, exchange));
                }))
                .flatMap(outcome -> deletions.answer(
                        outcome,
                        "organization",
                        "A stream or a batch of it",
                        "POST /api/v1/batches/{id}/cancel and /api/v1/streams/{id}/stop end them."));
    }

    private static String name(Fields body) {
        String name = Names.read(body, "name");
        body.finish();
        return name;
    }

    private static ResponseEntity<OrganizationResponse> respond(Organization organization) {
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(organization.version()))
                .body(OrganizationResponse.of(organization));
    }
}
