package tv.tldr.api.ops;

import java.time.Instant;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Severity;
import tv.tldr.api.security.Tenant;

/** Is the process alive, ready, and how are its dependencies? */
@RestController
@RequestMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
final class HealthController {
    private final HealthChecks checks;
    private final InstallationDoctor doctor;
    private final ApplicationAvailability availability;
    private final Version version;

    HealthController(
            HealthChecks checks, InstallationDoctor doctor, ApplicationAvailability availability, Version version) {
        this.checks = checks;
        this.doctor = doctor;
        this.availability = availability;
        this.version = version;
    }

    /** Alive: asks nobody, so that an outage elsewhere restarts nothing here. */
    @GetMapping
    ResponseEntity<HealthReport> alive() {
        return answer(new HealthReport(Health.UP, version.text(), Map.of()), HttpStatus.OK);
    }

    /** 200 while requests can be served; 503 without the database, and from the order to leave on. */
    @GetMapping("/ready")
    Mono<ResponseEntity<HealthReport>> ready() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return Mono.just(answer(leaving(), HttpStatus.SERVICE_UNAVAILABLE));
        }
        return checks.vital().map(results -> {
            HealthReport report = report(results);
            return answer(report, report.status() == Health.DOWN ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
        });
    }

    /** Always 200: the body tells; how much of what was found, depends on who asks. */
    @GetMapping("/detailed")
    Mono<ResponseEntity<DetailedHealth>> detailed(ServerWebExchange exchange) {
        FoundFault.Detail detail = FoundFault.Detail.of(Tenant.of(exchange).orElse(null));
        return checks.all()
                .flatMap(all -> doctor.latest(all)
                        .map(seen -> new DetailedHealth(
                                status(report(all).status(), seen.diagnosis()),
                                version.text(),
                                all,
                                seen.at().equals(Instant.EPOCH) ? null : seen.at(),
                                seen.diagnosis().findings().stream()
                                        .map(finding -> FoundFault.of(finding, detail))
                                        .toList())))
                .map(report -> answer(report, HttpStatus.OK));
    }

    /** What works by all that is asked, and has an error all the same, is not up. */
    static Health status(Health asked, Diagnosis diagnosis) {
        boolean error = diagnosis.worst().filter(Severity.ERROR::equals).isPresent();
        return asked == Health.UP && error ? Health.DEGRADED : asked;
    }

    private HealthReport leaving() {
        CheckResult leaving = CheckResult.down(
                "the process is starting or leaving", "Send requests to another process; this one will be gone soon.");
        return new HealthReport(Health.DOWN, version.text(), Map.of("process", leaving));
    }

    private HealthReport report(Map<String, CheckResult> results) {
        boolean down = results.entrySet().stream()
                .anyMatch(entry ->
                        checks.isVital(entry.getKey()) && entry.getValue().isDown());
        boolean well = results.values().stream().allMatch(result -> result.status() == Health.UP);
        Health worst = well ? Health.UP : Health.DEGRADED;
        return new HealthReport(down ? Health.DOWN : worst, version.text(), results);
    }

    private static <T> ResponseEntity<T> answer(T report, HttpStatus status) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(report);
    }
}
