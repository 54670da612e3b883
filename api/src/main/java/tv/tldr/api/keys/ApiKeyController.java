package tv.tldr.api.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.activities.store.ApiKeyStore;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.activities.store.NewKey;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.AuditAction;

/**
 * API keys over HTTP. Whoever is not an administrator sees and changes those alone that they made; nobody gets hold of a key
 * that may do more than they may themselves.
 */
@RestController
@RequestMapping(path = "/api/v1/auth/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
final class ApiKeyController {
    private static final String WHAT = "API key";
    private static final String LIST = "api-keys";
    private static final String SCOPE = "api-keys:write";

    private final ApiKeyStore keys;
    private final KeyMakers makers;
    private final AuditTrail audit;
    private final JsonMapper json;
    private final Once once;
    private final Clock clock;

    ApiKeyController(ApiKeyStore keys, KeyMakers makers, AuditTrail audit, JsonMapper json, Once once, Clock clock) {
        this.keys = keys;
        this.makers = makers;
        this.audit = audit;
        this.json = json;
        this.once = once;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<IssuedKeyResponse>> create(Tenant tenant, ServerWebExchange exchange) {
        tenant.require(SCOPE);
        return JsonBody.required(exchange.getRequest())
                .map(body -> KeyReader.read(tenant, body, clock.instant()))
                .flatMap(wanted -> bounds(tenant)
                        .doOnNext(bounds -> bounds.require(wanted))
                        .thenReturn(wanted))
                .flatMap(wanted -> audit.with(
                        tenant,
                        exchange,
                        keys.issue(
                                tenant.organizationId(),
                                new ApiKeyId(RequestedId.of(exchange)),
                                new NewKey(
                                        wanted.name(),
                                        wanted.scopes(),
                                        tenant.actor().user(),
                                        wanted.ipAllowList(),
                                        wanted.requestsPerMinute(),
                                        wanted.expiresAt())),
                        issued -> told(AuditAction.API_KEY_CREATED, issued.key())))
                .map(ApiKeyController::issued);
    }

    @GetMapping
    Mono<Page<ApiKeyResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require(SCOPE);
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, LIST, Order.ASC);
        Boolean expired = parameters.flag("expired").orElse(null);
        parameters.finish();
        return keys.list(tenant.organizationId(), owner(tenant), expired, list.page())
                .map(page -> list.answer(page, ApiKeyResponse::of));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ApiKeyResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require(SCOPE);
        return key(tenant, id).map(ApiKeyController::respond);
    }

    /** The fields that are given; the others stay. */
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiKeyResponse>> change(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require(SCOPE);
        return JsonBody.required(exchange.getRequest())
                .zipWith(bounds(tenant))
                .flatMap(
                        asked -> IfMatch.of(exchange.getRequest()).change(key(tenant, id), ApiKey::version, current -> {
                            asked.getT2().require(current);
                            KeyReader.Wanted wanted = KeyReader.read(
                                    tenant,
                                    asked.getT1().over(changeable(current)),
                                    clock.instant(),
                                    current.expiresAt());
                            asked.getT2().require(wanted);
                            return makers.require(tenant, current, wanted.scopes())
                                    .then(audit.with(
                                            tenant,
                                            exchange,
                                            keys.change(wanted.of(current)),
                                            next -> told(AuditAction.API_KEY_UPDATED, next)));
                        }))
                .map(ApiKeyController::respond);
    }

    /** A new key in its place; for some time both are good. */
    @PostMapping("/{id}/rotate")
    Mono<ResponseEntity<IssuedKeyResponse>> rotate(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require(SCOPE);
        return JsonBody.optional(exchange.getRequest())
                .map(KeyReader::overlap)
                .zipWith(bounds(tenant))
                .flatMap(asked -> key(tenant, id).flatMap(former -> {
                    asked.getT2().require(former);
                    requireTimeLeft(former);
                    Duration overlap = asked.getT1();
                    return audit.with(
                            tenant,
                            exchange,
                            keys.rotate(
                                    former,
                                    new ApiKeyId(RequestedId.of(exchange)),
                                    tenant.actor().user(),
                                    overlap),
                            next -> new Told(
                                    AuditAction.API_KEY_ROTATED,
                                    former.id().toString(),
                                    Map.of(
                                            "name", former.name(),
                                            "successor_id", next.key().id().toString(),
                                            "overlap_seconds", overlap.toSeconds())));
                }))
                .onErrorMap(
                        StoreFailure.is(StoreFailure.Kind.CONFLICT),
                        failure -> new ProblemException(
                                ErrorCode.PROCESSING_ERROR, "The key has a successor already; rotate that one."))
                .map(ApiKeyController::issued);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> revoke(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require(SCOPE);
        return key(tenant, id)
                .delayUntil(current -> mayRevoke(tenant, current))
                .doOnNext(current -> IfMatch.of(exchange.getRequest()).require(current.version()))
                .flatMap(current -> audit.with(
                        tenant,
                        exchange,
                        keys.revoke(tenant.organizationId(), current.id(), owner(tenant)),
                        key -> told(AuditAction.API_KEY_REVOKED, key)))
                .switchIfEmpty(Mono.error(ApiKeyController::none))
                .thenReturn(ResponseEntity.noContent().build());
    }

    /** All that the caller may see and that may do no more than the caller, also the one that asks unless it says otherwise. */
    @PostMapping("/revoke-all")
    Mono<RevokedResponse> revokeAll(Tenant tenant, ServerWebExchange exchange) {
        tenant.require(SCOPE);
        Mono<Integer> work = JsonBody.optional(exchange.getRequest())
                .map(body -> {
                    boolean keep = body.flag("keep_current", false);
                    body.finish();
                    return keep;
                })
                .zipWith(bounds(tenant))
                .flatMap(asked -> once.noted(
                        exchange,
                        audit.with(
                                        tenant,
                                        exchange,
                                        keys.revokeAll(
                                                tenant.organizationId(),
                                                owner(tenant),
                                                asked.getT2()::reach,
                                                asked.getT1() && tenant.actor() instanceof Actor.Key current
                                                        ? current.key()
                                                        : null),
                                        ApiKeyController::told)
                                .map(List::size),
                        String::valueOf));
        return Once.unlessMade(exchange, work, note -> Mono.just(Integer.valueOf(note)))
                .map(RevokedResponse::new);
    }

    /** One that ends itself is no danger to others, whether it has been rotated or not. */
    private Mono<KeyBounds> mayRevoke(Tenant tenant, ApiKey current) {
        boolean itself = tenant.actor() instanceof Actor.Key key && key.key().equals(current.id());
        return itself ? Mono.empty() : bounds(tenant).doOnNext(bounds -> bounds.require(current));
    }

    /** @param revoked how many keys are good no more */
    record RevokedResponse(long revoked) {}

    private Mono<KeyBounds> bounds(Tenant tenant) {
        return switch (tenant.actor()) {
            case Actor.Person _ -> Mono.just(new KeyBounds(tenant, null));
            case Actor.Key key ->
                keys.find(tenant.organizationId(), key.key(), new ApiKeyStore.Owner(true, null))
                        .map(own -> new KeyBounds(tenant, own))
                        .switchIfEmpty(Mono.error(ApiKeyController::none));
        };
    }

    private Mono<ApiKey> key(Tenant tenant, String id) {
        return Mono.fromSupplier(() -> id(id))
                .flatMap(parsed -> keys.find(tenant.organizationId(), parsed, owner(tenant)))
                .switchIfEmpty(Mono.error(ApiKeyController::none));
    }

    private ObjectNode changeable(ApiKey key) {
        ApiKeyResponse shown = ApiKeyResponse.of(key);
        ObjectNode node = json.valueToTree(shown);
        return node.retain("name", "scopes", "ip_allow_list", "requests_per_minute", "expires_at");
    }

    /** @throws ProblemException when a key that is not rotated yet would give its end, which is over, to its successor */
    private void requireTimeLeft(ApiKey former) {
        Instant end = former.expiresAt();
        if (former.successor() == null && end != null && !end.isAfter(clock.instant())) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR, "The time of the key is over; give it another expires_at first.");
        }
    }

    private static ApiKeyStore.Owner owner(Tenant tenant) {
        return new ApiKeyStore.Owner(tenant.isAdmin(), tenant.actor().user());
    }

    private static Told told(AuditAction action, ApiKey key) {
        return new Told(
                action,
                key.id().toString(),
                Map.of(
                        "name",
                        key.name(),
                        "scopes",
                        key.scopes().stream().sorted().toList()));
    }

    private static Told told(List<ApiKey> revoked) {
        List<String> ids = revoked.stream().map(key -> key.id().toString()).toList();
        return new Told(AuditAction.API_KEYS_REVOKED, null, Map.of("revoked", ids.size(), "ids", ids));
    }

    private static ApiKeyId id(String text) {
        return PathId.parse(ApiKeyId::parse, text, WHAT);
    }

    private static ProblemException none() {
        return ProblemException.notFound(WHAT);
    }

    private static ResponseEntity<ApiKeyResponse> respond(ApiKey key) {
        return ResponseEntity.ok().eTag(IfMatch.tag(key.version())).body(ApiKeyResponse.of(key));
    }

    private static ResponseEntity<IssuedKeyResponse> issued(IssuedKey issued) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/auth/api-keys/" + issued.key().id())
                .eTag(IfMatch.tag(issued.key().version()))
                .body(IssuedKeyResponse.of(issued));
    }
}
