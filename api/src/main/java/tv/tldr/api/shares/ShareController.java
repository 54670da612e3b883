package tv.tldr.api.shares;

import java.util.HashMap;
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
import tv.tldr.activities.store.Cursor;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.NewShare;
import tv.tldr.activities.store.ShareRow;
import tv.tldr.activities.store.ShareStore;
import tv.tldr.api.highlights.HighlightLookup;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
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
import tv.tldr.workflows.highlight.ShareId;

/** The links of a highlight over HTTP: make, list, revoke. */
@RestController
@RequestMapping(path = "/api/v1/highlights/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class ShareController {
    private static final String SHARE = "share";
    private static final String LIST = "shares";

    private final HighlightLookup highlights;
    private final ShareStore shares;
    private final ShareReader reader;
    private final ShareLinks links;
    private final AuditTrail audit;

    ShareController(
            HighlightLookup highlights, ShareStore shares, ShareReader reader, ShareLinks links, AuditTrail audit) {
        this.highlights = highlights;
        this.shares = shares;
        this.reader = reader;
        this.links = links;
        this.audit = audit;
    }

    @PostMapping("/share")
    Mono<ResponseEntity<ShareResponse>> share(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("highlights:write");
        return Mono.zip(highlights.find(tenant, id), JsonBody.optional(exchange.getRequest()))
                .flatMap(both -> share(tenant, both.getT1(), both.getT2(), exchange))
                .map(row -> ResponseEntity.status(HttpStatus.CREATED).body(ShareResponse.of(row, links)));
    }

    private Mono<ShareRow> share(Tenant tenant, HighlightRow highlight, Fields body, ServerWebExchange exchange) {
        ShareId id = new ShareId(RequestedId.of(exchange));
        NewShare wanted = reader.read(body, id, highlight.id(), tenant.actor().id());
        if (highlight.files() == null) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR, "The clip of this highlight is still to be cut; share it then.");
        }
        return audit.with(
                tenant,
                exchange,
                shares.create(tenant.organizationId(), wanted),
                row -> told(AuditAction.SHARE_CREATED, row));
    }

    /** The newest first, those that are no good any more, too. */
    @GetMapping("/shares")
    Mono<Page<ShareResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:write");
        Parameters parameters = new Parameters(query);
        String list = PageToken.listBelow(id, LIST);
        Cursor after = parameters.cursorById(list).orElse(null);
        int limit = parameters.limit();
        parameters.finish();
        return highlights
                .find(tenant, id)
                .flatMap(row -> shares.list(tenant.organizationId(), row.id(), after, limit))
                .map(page -> Page.of(list, page, row -> ShareResponse.of(row, links)));
    }

    /** From then on nobody gets anything by it. */
    @DeleteMapping("/shares/{share_id}")
    Mono<ResponseEntity<Void>> revoke(
            Tenant tenant,
            @PathVariable String id,
            @PathVariable("share_id") String share,
            ServerWebExchange exchange) {
        tenant.require("highlights:write");
        return highlights
                .find(tenant, id)
                .flatMap(row -> audit.with(
                        tenant,
                        exchange,
                        shares.revoke(tenant.organizationId(), row.id(), PathId.parse(ShareId::parse, share, SHARE)),
                        revoked -> told(AuditAction.SHARE_REVOKED, revoked)))
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound(SHARE)))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static Told told(AuditAction action, ShareRow share) {
        Map<String, Object> details = new HashMap<>();
        details.put("highlight_id", share.highlight().toString());
        details.put("expires_at", share.expiresAt().toString());
        details.put("allow_download", share.allowDownload());
        details.put("ip_ranges", share.ipRanges());
        if (share.maxViews() != null) {
            details.put("max_views", share.maxViews());
        }
        return new Told(action, share.id().toString(), details);
    }
}
