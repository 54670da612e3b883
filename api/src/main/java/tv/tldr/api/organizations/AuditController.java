package tv.tldr.api.organizations;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AuditQuery;
import tv.tldr.activities.store.AuditStore;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

/** What was done in an organization that matters for security; for its owners and administrators. */
@RestController
@RequestMapping(path = "/api/v1/organizations/{id}/audit-log", produces = MediaType.APPLICATION_JSON_VALUE)
final class AuditController {
    private static final String LIST = "audit-log";
    private static final int LONGEST_ID = 64;

    private final AuditStore audit;

    AuditController(AuditStore audit) {
        this.audit = audit;
    }

    @GetMapping
    Mono<Page<AuditEntryResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("admin");
        OrganizationId own = OwnOrganization.of(tenant, id);
        Parameters parameters = new Parameters(query);
        AuditQuery wanted = new AuditQuery(
                parameters.choice("action", AuditAction.class).orElse(null),
                parameters.text("actor", LONGEST_ID).orElse(null),
                parameters.text("target", LONGEST_ID).orElse(null),
                parameters.instant("created_after").orElse(null),
                parameters.instant("created_before").orElse(null),
                parameters.cursorById(LIST).orElse(null),
                parameters.limit());
        parameters.finish();
        return audit.list(own, wanted).map(page -> Page.of(LIST, page, AuditEntryResponse::of));
    }
}
