package tv.tldr.api.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How are all dependencies, asked at once and each within a time limit? */
@Component
final class HealthChecks {
    private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
    static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Anybody may ask; the dependencies are asked no more often than this. */
    private static final Duration FRESH = Duration.ofMillis(500);

    /** An answer that takes longer is left to the next one who asks, and so is an answer that is older than this. */
    private static final Duration BRIEF = Duration.ofMillis(100);

    private static final Duration STALE = Duration.ofSeconds(15);

    /** What each said last, whoever asked: an older answer about all of them does not outlive it. */
    private final Map<String, CheckResult> latest = new ConcurrentHashMap<>();

    private final Watched<Map<String, CheckResult>> all;
    private final Set<String> vitalNames;
    private final Mono<Map<String, CheckResult>> vital;

    HealthChecks(List<HealthCheck> checks) {
        this.all = new Watched<>(run(checks), FRESH, STALE, BRIEF);
        this.vitalNames = checks.stream()
                .filter(HealthCheck::isVital)
                .map(HealthCheck::name)
                .collect(Collectors.toSet());
        this.vital = run(checks.stream().filter(HealthCheck::isVital).toList()).cache(FRESH);
    }

    Mono<Map<String, CheckResult>> all() {
        return all.get().map(this::asKnownByNow);
    }

    /** Whether nothing can be served without it. */
    boolean isVital(String check) {
        return vitalNames.contains(check);
    }

    /** Only those without which nothing can be served. */
    Mono<Map<String, CheckResult>> vital() {
        return vital;
    }

    private Map<String, CheckResult> asKnownByNow(Map<String, CheckResult> seen) {
        Map<String, CheckResult> known = new LinkedHashMap<>(seen);
        known.replaceAll((name, result) -> latest.getOrDefault(name, result));
        return known;
    }

    private Mono<Map<String, CheckResult>> run(List<HealthCheck> checks) {
        return Flux.fromIterable(checks)
                .flatMapSequential(check -> ask(check).map(result -> Map.entry(check.name(), result)))
                .collect(LinkedHashMap::new, (map, entry) -> map.put(entry.getKey(), entry.getValue()));
    }

    private Mono<CheckResult> ask(HealthCheck check) {
        return Mono.defer(check::check)
                .timeout(PATIENCE)
                .onErrorResume(failure -> Mono.just(failed(check, failure)))
                .elapsed()
                .map(timed -> timed.getT2().after(Duration.ofMillis(timed.getT1())))
                .doOnNext(result -> latest.put(check.name(), result));
    }

    private static CheckResult failed(HealthCheck check, Throwable failure) {
        log.debug("health check {} failed", check.name(), failure);
        String detail = failure instanceof TimeoutException
                ? "no answer within " + PATIENCE.toSeconds() + " s"
                : check.said(failure);
        return check.knownCause().orElseGet(() -> CheckResult.down(detail, check.hint()));
    }
}
