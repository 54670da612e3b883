package tv.tldr.api.dimensions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.ByTime;
import tv.tldr.activities.store.Cursor;
import tv.tldr.activities.store.DimensionSetQuery;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.Strategy;

/** Dimension sets over HTTP: presets to read, and the tenant's own. */
@RestController
@RequestMapping(path = "/api/v1/dimension-sets", produces = MediaType.APPLICATION_JSON_VALUE)
final class DimensionSetController {
    private static final PresetsFirst OLDEST_FIRST = new PresetsFirst("dimension-sets");
    private static final PresetsFirst NEWEST_FIRST = new PresetsFirst("dimension-sets-newest-first");
    private static final String VERSIONS = "dimension-set-versions";

    private final DimensionSetStore store;
    private final DimensionSets sets;
    private final Fallbacks fallbacks;
    private final JsonMapper json;

    DimensionSetController(DimensionSetStore store, DimensionSets sets, Fallbacks fallbacks, JsonMapper json) {
        this.store = store;
        this.sets = sets;
        this.fallbacks = fallbacks;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<DimensionSetResponse>> create(Tenant tenant, ServerWebExchange exchange) {
        tenant.require("dimensions:write");
        DimensionSetId made = new DimensionSetId(RequestedId.of(exchange));
        String id = made.toString();
        return RequestedId.before(exchange, store.find(tenant.organizationId(), made, 1))
                .switchIfEmpty(JsonBody.required(exchange.getRequest())
                        .flatMap(body -> definition(tenant, body, id))
                        .flatMap(definition -> store.create(tenant.organizationId(), definition))
                        .map(DimensionSets::written))
                .map(StoredSet::of)
                .map(set -> ResponseEntity.status(HttpStatus.CREATED)
                        .header("Location", "/api/v1/dimension-sets/" + id)
                        .eTag(IfMatch.tag(set.version()))
                        .body(DimensionSetResponse.of(set)));
    }

    /** Tells every fault without saving anything. */
    @PostMapping(path = "/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ValidationResponse> validate(
            Tenant tenant, ServerHttpRequest request, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("dimensions:read");
        Parameters parameters = new Parameters(query);
        Optional<Strategy> strategy = parameters.choice("strategy", Strategy.class);
        parameters.finish();
        return JsonBody.required(request)
                .flatMap(body -> definition(tenant, body, new DimensionSetId(FreshUuid.next()).toString())
                        .map(set -> ValidationResponse.sound(set, strategy))
                        // Faults of the set are the answer; whatever else fails is not.
                        .onErrorResume(
                                ProblemException.class,
                                problem -> problem.errors().isEmpty()
                                        ? Mono.error(problem)
                                        : Mono.just(ValidationResponse.faulty(problem.errors()))));
    }

    /** Presets first. */
    @GetMapping
    Mono<Page<DimensionSetResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("dimensions:read");
        Parameters parameters = new Parameters(query);
        String name = parameters.text("name", Names.LONGEST_NAME).orElse(null);
        boolean oldestFirst = parameters.choice("order", Order.class).orElse(Order.ASC) == Order.ASC;
        PresetsFirst list = oldestFirst ? OLDEST_FIRST : NEWEST_FIRST;
        PresetsFirst.Wanted wanted = list.wanted(parameters);
        parameters.finish();
        List<StoredSet> presets = Arrays.stream(Preset.values())
                .map(StoredSet::of)
                .filter(set -> name == null
                        || set.definition().name().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return list.page(wanted, presets, (after, most) -> store.list(
                                tenant.organizationId(),
                                new DimensionSetQuery(name, new ByTime(oldestFirst, after, most)))
                        .map(page -> page.map(StoredSet::of)))
                .map(page -> page.map(DimensionSetResponse::of));
    }

    /** The current version, or one of those before it. */
    @GetMapping("/{set_id}")
    Mono<ResponseEntity<DimensionSetResponse>> find(
            Tenant tenant, @PathVariable("set_id") String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("dimensions:read");
        Parameters parameters = new Parameters(query);
        Optional<Integer> version = parameters.integer("version", 1, Integer.MAX_VALUE);
        parameters.finish();
        return version.map(number -> sets.find(tenant, id, number))
                .orElseGet(() -> sets.find(tenant, id))
                .map(DimensionSetController::respond);
    }

    @GetMapping("/{set_id}/versions")
    Mono<Page<DimensionSetResponse>> versions(
            Tenant tenant, @PathVariable("set_id") String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("dimensions:read");
        Parameters parameters = new Parameters(query);
        String list = PageToken.listBelow(id, VERSIONS);
        Cursor after = parameters
                .cursor(
                        list,
                        keys -> new Cursor(
                                Integer.toString(Integer.parseInt(keys.getFirst())), UUID.fromString(keys.get(1))))
                .orElse(null);
        int limit = parameters.limit();
        parameters.finish();
        return sets.find(tenant, id)
                .flatMap(current -> current.preset()
                        ? Mono.just(Page.of(List.of(current), null, DimensionSetResponse::of))
                        : store.versions(tenant.organizationId(), DimensionSetId.parse(id), after, limit)
                                .map(page -> Page.of(list, page, row -> DimensionSetResponse.of(StoredSet.of(row)))));
    }

    /** The whole set anew: what is not given takes its default. */
    @PutMapping(path = "/{set_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<DimensionSetResponse>> replace(
            Tenant tenant, @PathVariable("set_id") String id, ServerHttpRequest request) {
        return change(tenant, id, request, body -> current -> body);
    }

    /** The fields that are given; the others stay. */
    @PatchMapping(path = "/{set_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<DimensionSetResponse>> patch(
            Tenant tenant, @PathVariable("set_id") String id, ServerHttpRequest request) {
        return change(tenant, id, request, body -> current -> body.over(json(current)));
    }

    private Mono<ResponseEntity<DimensionSetResponse>> change(
            Tenant tenant, String id, ServerHttpRequest request, Function<Fields, Function<StoredSet, Fields>> next) {
        tenant.require("dimensions:write");
        return JsonBody.required(request)
                .flatMap(body -> sets.change(
                        tenant,
                        id,
                        IfMatch.of(request),
                        row -> definition(tenant, next.apply(body).apply(StoredSet.of(row)), id)))
                .map(DimensionSetController::respond);
    }

    @DeleteMapping("/{set_id}")
    Mono<ResponseEntity<Void>> delete(Tenant tenant, @PathVariable("set_id") String id, ServerHttpRequest request) {
        tenant.require("dimensions:delete");
        return sets.delete(tenant, id, IfMatch.of(request))
                .thenReturn(ResponseEntity.noContent().build());
    }

    /** @throws ProblemException with every fault, those of its fallbacks as well */
    private Mono<DimensionSet> definition(Tenant tenant, Fields body, String id) {
        return fallbacks.check(tenant.organizationId(), body, id).map(checked -> {
            Optional<DimensionSet> read = DimensionSetReader.read(checked, id);
            checked.finish();
            return read.orElseThrow();
        });
    }

    private ObjectNode json(StoredSet set) {
        return json.valueToTree(DimensionSetResponse.of(set));
    }

    private static ResponseEntity<DimensionSetResponse> respond(StoredSet set) {
        return ResponseEntity.ok().eTag(IfMatch.tag(set.version())).body(DimensionSetResponse.of(set));
    }
}
