package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.HighlightType;

/** The highlight types of one set over HTTP: each change is a new version of the set. */
@RestController
@RequestMapping(path = "/api/v1/dimension-sets/{set_id}/highlight-types", produces = MediaType.APPLICATION_JSON_VALUE)
final class HighlightTypeController {
    private final DimensionSets sets;
    private final JsonMapper json;
    private final Once once;

    HighlightTypeController(DimensionSets sets, JsonMapper json, Once once) {
        this.sets = sets;
        this.json = json;
        this.once = once;
    }

    /** All of them, as they were written: a set has few. */
    @GetMapping
    Mono<ResponseEntity<Page<HighlightTypeResponse>>> list(Tenant tenant, @PathVariable("set_id") String id) {
        tenant.require("dimensions:read");
        return sets.find(tenant, id).map(set -> ResponseEntity.ok()
                .eTag(IfMatch.tag(set.version()))
                .body(Page.of(set.definition().types(), null, type -> HighlightTypeResponse.of(set, type))));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<HighlightTypeResponse>> create(
            Tenant tenant, @PathVariable("set_id") String id, ServerWebExchange exchange) {
        tenant.require("dimensions:write");
        return JsonBody.required(exchange.getRequest()).flatMap(body -> {
            String type = body.glance("/id").orElse("");
            Mono<StoredSet> work = sets.change(
                    tenant,
                    id,
                    IfMatch.of(exchange.getRequest()),
                    row -> Mono.fromSupplier(() -> with(row.definition(), body)));
            return Once.unlessMade(exchange, once.noted(exchange, work), sets.find(tenant, id))
                    .map(set -> ResponseEntity.status(HttpStatus.CREATED)
                            .header("Location", "/api/v1/dimension-sets/" + id + "/highlight-types/" + type)
                            .eTag(IfMatch.tag(set.version()))
                            .body(HighlightTypeResponse.of(set, find(set.definition(), type))));
        });
    }

    @GetMapping("/{type_id}")
    Mono<ResponseEntity<HighlightTypeResponse>> find(
            Tenant tenant, @PathVariable("set_id") String id, @PathVariable("type_id") String typeId) {
        tenant.require("dimensions:read");
        return sets.find(tenant, id).map(set -> respond(set, typeId));
    }

    /** The fields that are given; the others stay. */
    @PatchMapping(path = "/{type_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<HighlightTypeResponse>> patch(
            Tenant tenant,
            @PathVariable("set_id") String id,
            @PathVariable("type_id") String typeId,
            ServerHttpRequest request) {
        tenant.require("dimensions:write");
        return JsonBody.required(request)
                .flatMap(body -> sets.change(
                        tenant,
                        id,
                        IfMatch.of(request),
                        row -> Mono.fromSupplier(() -> changed(row.definition(), typeId, body))))
                .map(set -> respond(set, typeId));
    }

    @DeleteMapping("/{type_id}")
    Mono<ResponseEntity<Void>> delete(
            Tenant tenant,
            @PathVariable("set_id") String id,
            @PathVariable("type_id") String typeId,
            ServerHttpRequest request) {
        tenant.require("dimensions:delete");
        return sets.change(
                        tenant,
                        id,
                        IfMatch.of(request),
                        row -> Mono.fromSupplier(() -> {
                            HighlightType gone = find(row.definition(), typeId);
                            return edited(row.definition(), types -> types.remove(gone));
                        }))
                .map(set -> ResponseEntity.noContent()
                        .eTag(IfMatch.tag(set.version()))
                        .build());
    }

    private static DimensionSet with(DimensionSet set, Fields body) {
        HighlightType added = read(set, body);
        if (set.types().stream().anyMatch(type -> type.id().equals(added.id()))) {
            throw new ProblemException(
                    ErrorCode.DUPLICATE_RESOURCE,
                    set.id() + " has a highlight type " + added.id() + " already; PATCH that one.");
        }
        if (set.types().size() == HighlightTypeReader.MOST_TYPES) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR,
                    "A set has at most " + HighlightTypeReader.MOST_TYPES + " highlight types; delete one first.");
        }
        return edited(set, types -> types.add(added));
    }

    private DimensionSet changed(DimensionSet set, String typeId, Fields body) {
        HighlightType current = find(set, typeId);
        ObjectNode whole = json.valueToTree(HighlightTypeShape.of(current));
        Fields fields = body.over(whole);
        if (!fields.glance("/id").orElse("").equals(typeId)) {
            fields.refuse("id", "must stay " + typeId + "; POST another type for another id");
        }
        HighlightType next = read(set, fields);
        return edited(set, types -> types.set(types.indexOf(current), next));
    }

    private static HighlightType read(DimensionSet set, Fields fields) {
        HighlightType type = new HighlightTypeReader(set.dimensions().stream()
                        .map(Dimension::id)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .read(fields);
        fields.finish();
        return type;
    }

    private static DimensionSet edited(DimensionSet set, Consumer<List<HighlightType>> edit) {
        List<HighlightType> types = new ArrayList<>(set.types());
        edit.accept(types);
        return set.withTypes(types);
    }

    private static ResponseEntity<HighlightTypeResponse> respond(StoredSet set, String typeId) {
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(set.version()))
                .body(HighlightTypeResponse.of(set, find(set.definition(), typeId)));
    }

    private static HighlightType find(DimensionSet set, String typeId) {
        return set.types().stream()
                .filter(type -> type.id().equals(typeId))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("highlight type"));
    }
}
