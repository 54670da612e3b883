package tv.tldr.api.organizations;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FileLinks;
import tv.tldr.activities.store.LinkKey;
import tv.tldr.api.highlights.FileAddresses;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

/** The key that addresses of an organization's files are signed with: which one it is, and the next one. */
@RestController
@RequestMapping(path = "/api/v1/organizations/{id}/link-key", produces = MediaType.APPLICATION_JSON_VALUE)
final class LinkKeyController {
    /** As long as an address is good. */
    private static final int USUAL_OVERLAP = 7 * 3600;

    private static final int LONGEST_OVERLAP = 7 * 24 * 3600;

    private final FileLinks links;
    private final FileAddresses addresses;
    private final AuditTrail audit;

    LinkKeyController(FileLinks links, FileAddresses addresses, AuditTrail audit) {
        this.links = links;
        this.addresses = addresses;
        this.audit = audit;
    }

    @GetMapping
    Mono<LinkKey> find(Tenant tenant, @PathVariable String id) {
        tenant.require("organizations:read");
        return links.key(OwnOrganization.of(tenant, id));
    }

    /** Without an overlap all addresses that anybody has are void at once. */
    @PostMapping("/rotate")
    Mono<LinkKey> rotate(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("organizations:write");
        OrganizationId own = OwnOrganization.of(tenant, id);
        return JsonBody.optional(exchange.getRequest())
                .map(LinkKeyController::overlap)
                .flatMap(overlap -> audit.with(
                        tenant,
                        exchange,
                        links.rotate(own, overlap, RequestedId.of(exchange)),
                        key -> new Told(
                                AuditAction.LINK_KEY_ROTATED,
                                null,
                                Map.of("number", key.number(), "overlap_seconds", overlap.toSeconds()))))
                .doOnNext(key -> addresses.forget(own));
    }

    private static Duration overlap(Fields body) {
        int seconds = body.integer("overlap_seconds", 0, LONGEST_OVERLAP).orElse(USUAL_OVERLAP);
        body.finish();
        return Duration.ofSeconds(seconds);
    }
}
