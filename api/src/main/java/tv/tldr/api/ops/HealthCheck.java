package tv.tldr.api.ops;

import java.util.Optional;
import reactor.core.publisher.Mono;

/** Is one dependency well? Asks it for real; the asker sets the time limit and catches what is thrown. */
public interface HealthCheck {
    /** Such as {@code database}. */
    String name();

    /** What is the matter when there is no answer, as far as this process knows it by itself; empty: the hint says what helps. */
    default Optional<CheckResult> knownCause() {
        return Optional.empty();
    }

    /** The answer. */
    Mono<CheckResult> check();

    /** What a failure means, in words for people; no secret and no address. */
    default String said(Throwable failure) {
        return "does not answer as it should";
    }

    /** What helps when the check fails or does not end: a sentence with a command or a setting. */
    String hint();

    /** Whether no request can be served without it. */
    default boolean isVital() {
        return false;
    }
}
