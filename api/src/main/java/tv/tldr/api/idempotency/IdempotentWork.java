package tv.tldr.api.idempotency;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import tv.tldr.activities.store.IdempotencyClaim.Held;
import tv.tldr.activities.store.IdempotencyOwner;
import tv.tldr.activities.store.IdempotencyStore;
import tv.tldr.activities.store.KeptAnswer;
import tv.tldr.api.http.ProblemHandler;
import tv.tldr.api.http.RequestedId;

/** How is a request done that has its key? To its end, even when the client hangs up, and what comes of it is kept. */
@Component
final class IdempotentWork {
    private static final Logger log = LoggerFactory.getLogger(IdempotentWork.class);
    private static final Duration PULSE = IdempotencyStore.LEASE.dividedBy(3);
    /** Characters of a body, which are bytes. Only what changes nothing, such as an export, answers at greater length. */
    private static final int LARGEST = 4 << 20;

    private final IdempotencyStore store;
    private final ProblemHandler problems;

    IdempotentWork(IdempotencyStore store, ProblemHandler problems) {
        this.store = store;
        this.problems = problems;
    }

    Mono<Void> run(Held held, ServerWebExchange exchange, WebFilterChain chain) {
        RecordedResponse response = new RecordedResponse(exchange.getResponse(), answer -> settle(held, answer));
        ServerWebExchange recorded = exchange.mutate().response(response).build();
        RequestedId.give(recorded, held.resourceId());
        Once.give(recorded, held);
        Mono<Void> work = chain.filter(recorded)
                .onErrorResume(failure -> problems.handle(recorded, failure))
                .then(response.finish())
                // What is not kept by now never will be: the answer could not even be told to the client.
                .onErrorResume(failure -> quietly(store.giveUp(held)));
        return Mono.deferContextual(context -> Mono.fromFuture(
                alive(held, work).contextWrite(Context.of(context)).toFuture(), true));
    }

    private Mono<Void> alive(Held held, Mono<Void> work) {
        return Mono.defer(() -> {
            Disposable pulse = Flux.interval(PULSE)
                    .onBackpressureDrop()
                    .concatMap(beat -> quietly(store.prolong(held)))
                    .subscribe();
            return work.doFinally(signal -> pulse.dispose());
        });
    }

    private Mono<Void> settle(Held held, KeptAnswer answer) {
        HttpStatus status = HttpStatus.valueOf(answer.status());
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN, TOO_MANY_REQUESTS, REQUEST_TIMEOUT -> quietly(store.forget(held));
            // Nobody has us keep what was not even done for them.
            case HttpStatus refusal
            when refusal.is4xxClientError() && held.owner() instanceof IdempotencyOwner.Stranger ->
                quietly(store.forget(held));
            case HttpStatus other
            when other.is5xxServerError() || answer.body().length() > LARGEST -> quietly(store.giveUp(held));
            case HttpStatus _ -> quietly(store.keep(held, answer));
        };
    }

    /** The request is done, whether or not that can be noted: who sends it again in half a minute has it done again. */
    private static Mono<Void> quietly(Mono<Boolean> note) {
        return note.doOnError(failure -> log.warn("An idempotency key could not be noted: {}", failure.toString()))
                .onErrorComplete()
                .then();
    }
}
