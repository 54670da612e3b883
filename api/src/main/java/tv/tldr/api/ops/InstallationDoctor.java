package tv.tldr.api.ops;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Doctor;
import tv.tldr.api.doctor.Limits;
import tv.tldr.api.doctor.Patient;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.SettingCatalogue;

/** What does the doctor find here? Looked at in the background when somebody asks, twice a minute at most. */
@Component
final class InstallationDoctor {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration STALE = Duration.ofMinutes(10);
    /** The first who asks waits for as long as a look may take, and nobody else. */
    private static final Duration FIRST = Limits.USUAL.patience().plusMillis(500);

    private final java.time.Clock clock;
    private final Watched<Seen> watched;
    private final AtomicReference<Change> change = new AtomicReference<>(new Change(Map.of(), Instant.EPOCH));

    /** @param at when it was looked at; {@link Instant#EPOCH}: not yet */
    record Seen(Instant at, Diagnosis diagnosis) {
        static final Seen NOTHING =
                new Seen(Instant.EPOCH, new Diagnosis(List.of(), Map.of(), List.of(), Set.of(), Duration.ZERO));
    }

    /** How the dependencies are, and since when one of them is otherwise than before. */
    private record Change(Map<String, Health> statuses, Instant at) {
        Change to(Map<String, Health> now, Instant moment) {
            return statuses.equals(now) ? this : new Change(now, moment);
        }
    }

    InstallationDoctor(Environment environment, java.time.Clock clock, ConnectionUse connections) {
        Mono<Seen> look = Mono.fromCallable(() -> new Seen(
                        clock.instant(), new Doctor(patient(environment, connections), Limits.USUAL).examine(Set.of())))
                .subscribeOn(Schedulers.boundedElastic());
        this.clock = clock;
        this.watched = new Watched<>(look, FRESH, STALE, Duration.ofMillis(1));
    }

    /**
     * What was seen last, at once; whoever is the first to ask, or the first after some quiet minutes, waits for the look to end.
     * When a dependency is otherwise than at that look, the next one begins.
     *
     * @param checks how the dependencies are now
     */
    Mono<Seen> latest(Map<String, CheckResult> checks) {
        Map<String, Health> statuses = new HashMap<>();
        checks.forEach((name, result) -> statuses.put(name, result.status()));
        Change last = change.updateAndGet(before -> before.to(statuses, clock.instant()));
        return watched.get()
                .flatMap(seen -> seen.at().isBefore(last.at()) ? watched.renewed() : Mono.just(seen))
                .timeout(FIRST, Mono.just(Seen.NOTHING));
    }

    private static Patient patient(Environment environment, ConnectionUse connections) {
        Map<String, String> values = new HashMap<>();
        SettingCatalogue.all().forEach(setting -> {
            String value = environment.getProperty(setting.name(), "");
            if (!value.isEmpty()) {
                values.put(setting.name(), value);
            }
        });
        return Patient.within(
                new Home(Path.of(environment.getProperty("TLDR_HOME", ".tldr"))), values, connections::waiting);
    }
}
