package tv.tldr.api.limits;

import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AttemptStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/** May somebody whom nobody knows try once more? A try is counted before it is judged, so that many at once are no way around. */
@Component
public final class Tries {
    private final AttemptStore attempts;

    Tries(AttemptStore attempts) {
        this.attempts = attempts;
    }

    /**
     * Goes on, or ends with RATE_LIMIT_EXCEEDED and when to come back.
     *
     * @param subject whose tries of what they are
     * @param most within {@code window}, which begins with the first
     */
    public Mono<Void> count(String subject, int most, Duration window, ServerWebExchange exchange) {
        return attempts.count(subject, most, window).flatMap(wait -> judge(wait, exchange));
    }

    private static Mono<Void> judge(Optional<Duration> wait, ServerWebExchange exchange) {
        return Mono.fromRunnable(() -> wait.ifPresent(time -> {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(time.toSeconds()));
            throw new ProblemException(
                    ErrorCode.RATE_LIMIT_EXCEEDED, "Too many tries; come back in " + time.toSeconds() + " seconds.");
        }));
    }
}
