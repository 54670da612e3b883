package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Does each alert fire when it should, and none when all is well? Prometheus' own checker says so. */
class PrometheusRulesIT {
    private static final Path RULES =
            Path.of("../deploy/prometheus").toAbsolutePath().normalize();
    private static final Path LOG = Path.of("target/promtool.log").toAbsolutePath();

    @Test
    void theRulesAreRightAndEachFiresWhenItShould() throws Exception {
        FetchedTool promtool = FetchedTool.debian("prometheus", "usr/bin/promtool");

        assertThat(promtool.run(RULES, LOG, Duration.ofMinutes(1), Map.of(), List.of("check", "rules", "rules.yml")))
                .as(() -> log())
                .isZero();
        assertThat(promtool.run(
                        RULES, LOG, Duration.ofMinutes(5), Map.of(), List.of("test", "rules", "rules.test.yml")))
                .as(() -> log())
                .isZero();
    }

    /** Which files there are is known to the containers alone. */
    @Test
    void theConfigurationsOfWhoWatchesAndOfWhoTellsAreUnderstood() throws Exception {
        FetchedTool promtool = FetchedTool.debian("prometheus", "usr/bin/promtool");
        FetchedTool amtool = FetchedTool.debian("prometheus-alertmanager", "usr/bin/amtool");

        assertThat(promtool.run(
                        RULES,
                        LOG,
                        Duration.ofMinutes(1),
                        Map.of(),
                        List.of("check", "config", "--syntax-only", "prometheus.yml")))
                .as(() -> log())
                .isZero();
        assertThat(amtool.run(
                        RULES,
                        LOG,
                        Duration.ofMinutes(1),
                        Map.of(),
                        List.of("check-config", "../alertmanager/alertmanager.yml")))
                .as(() -> log())
                .isZero();
    }

    private static String log() {
        try {
            return Files.readString(LOG);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
