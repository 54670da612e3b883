package tv.tldr.api.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.store.IdempotencyClaim;
import tv.tldr.activities.store.IdempotencyOwner;
import tv.tldr.activities.store.IdempotencyStore;
import tv.tldr.activities.store.KeptAnswer;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.limits.Tries;
import tv.tldr.api.security.Tenant;

/**
 * Was this POST sent before? One with an {@code Idempotency-Key} is done once, and who sends it again gets what was answered,
 * also where nobody needs to be known. Stands behind authentication and limits: what those refuse was not done.
 */
@Component
@Order(20)
final class IdempotencyFilter implements WebFilter {
    static final String REPLAYED = "Idempotency-Replayed";
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String LOGOUT = "/api/v1/auth/logout";

    /** How often somebody whom nobody knows may find a key of theirs taken: each is a guess at what was sent with it. */
    private static final int MOST_GUESSES = 10;

    private static final Duration GUESSES_WITHIN = Duration.ofMinutes(15);

    private final IdempotencyStore store;
    private final IdempotentWork work;
    private final Tries tries;

    IdempotencyFilter(IdempotencyStore store, IdempotentWork work, Tries tries) {
        this.store = store;
        this.work = work;
        this.tries = tries;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!isOnce(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return Mono.fromCallable(() -> IdempotencyKey.of(exchange.getRequest()))
                .flatMap(key -> key.map(given -> once(given, exchange, chain)).orElseGet(() -> chain.filter(exchange)));
    }

    /** To leave twice is to have left: nobody is told of having left before. */
    private static boolean isOnce(ServerHttpRequest request) {
        return HttpMethod.POST.equals(request.getMethod())
                && !request.getPath().value().equals(LOGOUT);
    }

    private Mono<Void> once(IdempotencyKey key, ServerWebExchange exchange, WebFilterChain chain) {
        Optional<Asker> known = Tenant.of(exchange).map(Asker::of);
        if (known.isPresent() && isFile(exchange.getRequest())) {
            if (exchange.getRequest().getHeaders().getContentLength() < 0) {
                return Mono.error(ProblemException.invalid(
                        "Idempotency-Key",
                        "tells nothing of a form without Content-Length: send the length, or leave the key out"));
            }
            return once(known.get(), key, new byte[0], exchange, chain);
        }
        return JsonBody.bytes(exchange.getRequest()).defaultIfEmpty(new byte[0]).flatMap(body -> {
            ServerWebExchange read = withBody(exchange, body);
            return known.or(() -> Asker.named(body))
                    .map(asker -> once(asker, key, body, read, chain))
                    .orElseGet(() -> chain.filter(read));
        });
    }

    private Mono<Void> once(
            Asker asker, IdempotencyKey key, byte[] body, ServerWebExchange exchange, WebFilterChain chain) {
        byte[] fingerprint = fingerprint(asker, exchange.getRequest(), body);
        return store.claim(asker.owner(), key.value(), fingerprint, asker.scopes())
                .flatMap(claim -> act(claim, asker, exchange, chain));
    }

    /** One that is too large to be held: known by what is declared of it, which is its length. */
    private static boolean isFile(ServerHttpRequest request) {
        return MediaType.MULTIPART_FORM_DATA.equalsTypeAndSubtype(JsonBody.contentType(request.getHeaders()));
    }

    /** What says in headers what other requests say in their bodies. */
    private static String declared(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (isFile(request)) {
            return headers.getContentLength() + "\n";
        }
        return headers.containsHeader("Upload-Length")
                ? headers.getOrEmpty("Upload-Length") + "\n" + headers.getOrEmpty("Upload-Metadata") + "\n"
                : "";
    }

    private Mono<Void> act(IdempotencyClaim claim, Asker asker, ServerWebExchange exchange, WebFilterChain chain) {
        return switch (claim) {
            case IdempotencyClaim.Held held -> work.run(held, exchange, chain);
            case IdempotencyClaim.Answered answered -> {
                requireAtLeast(asker.scopes(), answered.scopes());
                yield replay(answered.answer(), exchange.getResponse());
            }
            case IdempotencyClaim.UnderWay _ -> {
                exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                yield refused(ErrorCode.PROCESSING_ERROR, "The same request is under way; ask again in a moment.");
            }
            case IdempotencyClaim.OtherRequest _ ->
                guessed(asker, exchange)
                        .then(refused(
                                ErrorCode.IDEMPOTENCY_CONFLICT,
                                "This Idempotency-Key was sent with another request in the last 24 hours; a new request"
                                        + " needs a new key."));
            case IdempotencyClaim.Unreadable _ ->
                refused(
                        ErrorCode.PROCESSING_ERROR,
                        "The request was done, but its answer can no longer be read: SECRET_KEY was changed since. Look"
                                + " for what it made.");
        };
    }

    private Mono<Void> guessed(Asker asker, ServerWebExchange exchange) {
        return asker.owner() instanceof IdempotencyOwner.Stranger stranger
                ? tries.count("keys of " + stranger.name(), MOST_GUESSES, GUESSES_WITHIN, exchange)
                : Mono.empty();
    }

    private static Mono<Void> refused(ErrorCode code, String detail) {
        return Mono.error(new ProblemException(code, detail));
    }

    /** An answer is not told to a caller that could not have asked for it. */
    private static void requireAtLeast(Set<String> mine, Set<String> asked) {
        if (!mine.containsAll(asked)) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "This Idempotency-Key was first sent by somebody who may do more than this caller.");
        }
    }

    private static Mono<Void> replay(KeptAnswer answer, ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().set(REPLAYED, "true");
        byte[] body = answer.body().getBytes(ISO_8859_1);
        if (body.length == 0) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static ServerWebExchange withBody(ServerWebExchange exchange, byte[] body) {
        ServerHttpRequest request = new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return body.length == 0
                        ? Flux.empty()
                        : Flux.defer(() ->
                                Flux.just(exchange.getResponse().bufferFactory().wrap(body)));
            }
        };
        return exchange.mutate().request(request).build();
    }

    private static byte[] fingerprint(Asker asker, ServerHttpRequest request, byte[] body) {
        URI uri = request.getURI();
        String target =
                asker.person() + "\n" + request.getMethod() + " " + uri.getRawPath() + "?" + uri.getRawQuery() + "\n";
        Sha256 hash = Sha256.of(target + declared(request));
        hash.update(ByteBuffer.wrap(body));
        return hash.bytes();
    }
}
