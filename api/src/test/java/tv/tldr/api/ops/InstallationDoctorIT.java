package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class InstallationDoctorIT {
    private static final Map<String, CheckResult> WELL = Map.of("temporal", CheckResult.up("it answers"));
    private static final Map<String, CheckResult> ILL = Map.of("temporal", CheckResult.down("it is away", "Look."));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsFoundIsAsYoungAsTheLastChangeOfWhatIsChecked() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("TLDR_HOME", folder.toString())));
        InstallationDoctor doctor =
                new InstallationDoctor(environment, Clock.systemUTC(), new ConnectionUse(new SimpleMeterRegistry()));
        Instant first = at(doctor, WELL);
        assertThat(at(doctor, WELL)).as("nothing has changed").isEqualTo(first);

        Instant changed = Instant.now();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(at(doctor, ILL)).isAfterOrEqualTo(changed));

        Instant second = at(doctor, ILL);
        assertThat(at(doctor, ILL)).isEqualTo(second);
    }

    private static Instant at(InstallationDoctor doctor, Map<String, CheckResult> checks) {
        return Objects.requireNonNull(doctor.latest(checks).block()).at();
    }
}
