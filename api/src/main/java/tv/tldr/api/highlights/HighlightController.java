package tv.tldr.api.highlights;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.api.security.Tenant;

/** One highlight over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/highlights/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class HighlightController {
    private final HighlightLookup highlights;

    HighlightController(HighlightLookup highlights) {
        this.highlights = highlights;
    }

    @GetMapping
    Mono<HighlightResponse> find(Tenant tenant, @PathVariable String id) {
        tenant.require("highlights:read");
        return highlights.find(tenant, id).map(HighlightResponse::of);
    }
}
