package tv.tldr.api.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Which version does a client believe to change? The {@code If-Match} header: entity tags of which one must be that of the
 * current version, or {@code *} for whichever.
 *
 * @param tags as they were sent, with their quotes, those of compressed answers as those of the same answers as they are;
 *     empty: the client did not say
 */
public record IfMatch(List<String> tags) {
    private static final String WHICHEVER = "*";

    /** Of as many that come at once each is written: with every attempt one of them is, and they wait apart from each other. */
    private static final int MOST_ATTEMPTS = 100;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    public IfMatch {
        tags = List.copyOf(tags);
    }

    /** What the request says. */
    public static IfMatch of(ServerHttpRequest request) {
        return new IfMatch(request.getHeaders().getOrEmpty("If-Match").stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(tag -> PackedTag.plain(tag.strip()))
                .toList());
    }

    /** The entity tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** Whether the change is of that version alone, so that it must not be tried again on a later one. */
    public boolean isGiven() {
        return !tags.isEmpty() && !tags.contains(WHICHEVER);
    }

    /**
     * Goes on when the client means {@code current} or did not say.
     *
     * @throws ProblemException PRECONDITION_FAILED
     */
    public void require(long current) {
        // A weak tag never matches: RFC 9110, 13.1.1.
        if (isGiven() && !tags.contains(tag(current))) {
            throw failed(current);
        }
    }

    /**
     * Reads, changes and writes; and again when somebody else was quicker, unless that is no longer the version that the client
     * means.
     *
     * @param current reads what is there now; empty: so is the answer
     * @param write empty when what was read is not the current version any more
     * @return fails with PRECONDITION_FAILED when the client means another version
     */
    public <T, R> Mono<R> change(Mono<T> current, ToLongFunction<T> version, Function<T, Mono<R>> write) {
        return current.flatMap(found -> {
                    require(version.applyAsLong(found));
                    return write.apply(found).switchIfEmpty(Mono.error(Overtaken::new));
                })
                .retryWhen(Retry.backoff(MOST_ATTEMPTS, SHORTEST_WAIT)
                        .maxBackoff(LONGEST_WAIT)
                        .filter(Overtaken.class::isInstance)
                        .onRetryExhaustedThrow((retry, signal) -> new ProblemException(
                                ErrorCode.SERVICE_UNAVAILABLE, "Others change it all the time; try again.")));
    }

    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overtaken() {
            super(null, null, false, false);
        }
    }

    /** The refusal for a client that means another version than {@code current}. */
    public static ProblemException failed(long current) {
        return new ProblemException(
                ErrorCode.PRECONDITION_FAILED,
                "It was changed in the meantime; its ETag is " + tag(current)
                        + " now. Read it again and repeat the change.");
    }
}
