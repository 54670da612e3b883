package tv.tldr.api.highlights;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightEdit;
import tv.tldr.activities.store.HighlightFilter;
import tv.tldr.activities.store.HighlightSearch;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.highlight.HighlightId;

/** The highlights of all streams over HTTP: list, sum up, change many, export. */
@RestController
@RequestMapping("/api/v1/highlights")
final class HighlightCollectionController {
    private static final int MOST_AT_ONCE = 100;
    private static final String ONE_BY_ONE =
            "is of one highlight alone; PATCH /api/v1/highlights/{id} cuts its clip anew";

    private final HighlightSearch search;
    private final HighlightChanges changes;
    private final HighlightExport export;
    private final HighlightAnswers answers;

    HighlightCollectionController(
            HighlightSearch search, HighlightChanges changes, HighlightExport export, HighlightAnswers answers) {
        this.search = search;
        this.changes = changes;
        this.export = export;
        this.answers = answers;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Page<HighlightResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        HighlightPage wanted = HighlightPage.ofAll(parameters);
        parameters.finish();
        return answers.page(tenant.organizationId(), wanted, wanted.filter());
    }

    @GetMapping(path = "/summary", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<HighlightSummaryResponse> summary(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        HighlightFilter filter = HighlightFilterReader.read(parameters);
        parameters.finish();
        return search.summary(tenant.organizationId(), filter).map(HighlightSummaryResponse::of);
    }

    /** All of them or none. */
    @PatchMapping(path = "/bulk", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Map<String, List<HighlightResponse>>> changeMany(Tenant tenant, ServerHttpRequest request) {
        tenant.require("highlights:write");
        if (!IfMatch.of(request).tags().isEmpty()) {
            throw ProblemException.invalid("If-Match", "is of one thing alone; say in versions which ones you mean");
        }
        return JsonBody.required(request)
                .map(HighlightCollectionController::many)
                .flatMap(many -> changes.changeAll(tenant, many.ids(), many.edit(), many.versions()))
                .flatMap(rows -> answers.all(tenant.organizationId(), rows))
                .map(rows -> Map.of("data", rows));
    }

    private record Many(List<HighlightId> ids, HighlightEdit edit, Map<HighlightId, Long> versions) {}

    private static Many many(Fields body) {
        List<HighlightId> ids = HighlightFilterReader.ids(body, MOST_AT_ONCE).orElse(List.of());
        if (ids.isEmpty() && body.isSound()) {
            body.refuse("ids", "is required");
        }
        Fields changes = body.objectOrEmpty("changes");
        HighlightEdit edit = HighlightEditReader.read(changes);
        changes.unsupported("start_time", ONE_BY_ONE);
        changes.unsupported("end_time", ONE_BY_ONE);
        if (changes.names().isEmpty()) {
            body.refuse("changes", "is required: what to write, as for one highlight");
        }
        Map<HighlightId, Long> versions = versions(body.objectOrEmpty("versions"), ids);
        body.finish();
        return new Many(ids, edit, versions);
    }

    private static Map<HighlightId, Long> versions(Fields given, List<HighlightId> ids) {
        Map<HighlightId, Long> versions = new HashMap<>();
        for (HighlightId id : ids) {
            given.integer(id.toString(), 1, Integer.MAX_VALUE)
                    .ifPresent(version -> versions.put(id, version.longValue()));
        }
        return versions;
    }

    /** A file, made for this request. */
    @PostMapping("/export")
    Mono<ResponseEntity<byte[]>> export(Tenant tenant, ServerHttpRequest request) {
        tenant.require("highlights:read");
        return JsonBody.required(request).flatMap(body -> {
            ExportFormat format = body.choice("format", ExportFormat.class).orElse(ExportFormat.JSON);
            HighlightFilter filter = HighlightFilterReader.read(body);
            if (format.isOfOneStream() && filter.stream() == null && body.isSound("stream_id")) {
                body.refuse("stream_id", "is required with this format, whose times are those of one recording");
            }
            body.finish();
            return export.of(tenant, format, filter);
        });
    }
}
