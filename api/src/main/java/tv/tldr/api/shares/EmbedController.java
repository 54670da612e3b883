package tv.tldr.api.shares;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.ShareRow;
import tv.tldr.activities.store.ShareStore;
import tv.tldr.api.highlights.HighlightLookup;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.highlight.ShareId;

/** What becomes of a highlight outside, over HTTP: how another site shows it, and how often it is looked at. */
@RestController
@RequestMapping(path = "/api/v1/highlights/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class EmbedController {
    private static final int SMALLEST = 120;
    private static final int LARGEST = 7680;
    private static final int USUAL_WIDTH = 640;
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final HighlightLookup highlights;
    private final ShareStore shares;
    private final ShareLinks links;
    private final Clock clock;

    EmbedController(HighlightLookup highlights, ShareStore shares, ShareLinks links, Clock clock) {
        this.highlights = highlights;
        this.shares = shares;
        this.links = links;
        this.clock = clock;
    }

    /** By the link that is named, else by the newest by which somebody may look. */
    @GetMapping("/embed")
    Mono<EmbedResponse> embed(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:write");
        Parameters parameters = new Parameters(query);
        Optional<ShareId> share = parameters.id("share_id", ShareId::parse, "share");
        int width = parameters.integer("width", SMALLEST, LARGEST).orElse(USUAL_WIDTH);
        int height = parameters.integer("height", SMALLEST, LARGEST).orElse(width * 9 / 16);
        parameters.finish();
        return highlights.find(tenant, id).flatMap(row -> usable(tenant, row, share)
                .map(one -> embed(row, one, width, height)));
    }

    private Mono<ShareRow> usable(Tenant tenant, HighlightRow highlight, Optional<ShareId> share) {
        return share.map(id -> shares.find(tenant.organizationId(), highlight.id(), id)
                        .filter(one -> one.good() && one.hasViewsLeft()))
                .orElseGet(() -> shares.newest(tenant.organizationId(), highlight.id()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "Nobody may look by such a link; make one: POST /api/v1/highlights/" + highlight.id()
                                + "/share.")));
    }

    private EmbedResponse embed(HighlightRow highlight, ShareRow share, int width, int height) {
        String page = links.page(share.id());
        String html = ("<iframe src=\"%s\" width=\"%d\" height=\"%d\" title=\"%s\" frameborder=\"0\" allowfullscreen"
                        + " sandbox=\"allow-same-origin allow-downloads\" referrerpolicy=\"no-referrer\" loading=\"lazy\"></iframe>")
                .formatted(
                        HtmlUtils.htmlEscape(page),
                        width,
                        height,
                        HtmlUtils.htmlEscape(SharedController.title(highlight)));
        return new EmbedResponse(
                "1.0",
                "video",
                "TL;DR",
                links.origin(),
                highlight.title(),
                html,
                width,
                height,
                page,
                share.id().toString(),
                highlight.range().duration());
    }

    /** Day by day, over all links. */
    @GetMapping("/analytics")
    Mono<AnalyticsResponse> analytics(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        LocalDate to = parameters.date("to").orElse(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate from = parameters.date("from").orElse(to.minusDays(USUAL_DAYS - 1L));
        parameters.finish();
        if (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw ProblemException.invalid("from", "must not be after to, nor more than " + MOST_DAYS + " days before");
        }
        return highlights
                .find(tenant, id)
                .flatMap(row ->
                        shares.days(tenant.organizationId(), row.id(), from, to).collectList())
                .map(days -> AnalyticsResponse.of(id, from, to, days));
    }
}
