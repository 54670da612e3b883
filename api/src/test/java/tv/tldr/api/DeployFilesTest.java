package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;
import tv.tldr.workflows.TaskQueues;

/** Do the files that it is deployed with speak of what the program knows? */
class DeployFilesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("(?m)^ +([A-Z][A-Z0-9_]+):");

    @Test
    void everySettingOfTheProgramInComposeIsOneOfOurs() throws IOException {
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        String program = compose.substring(compose.indexOf("x-settings:"), compose.indexOf("  postgres:\n"));

        assertThat(settings()).containsAll(found(NAME, program));
    }

    @Test
    void everySettingOfTheChartIsOneOfOurs() throws IOException {
        String values = Files.readString(ROOT.resolve("deploy/helm/tldr/values.yaml"));
        String workers = Files.readString(ROOT.resolve("deploy/helm/tldr/templates/workers.yaml"));

        assertThat(settings()).containsAll(found(NAME, values));
        assertThat(settings()).containsAll(found(Pattern.compile("\"([A-Z]+_[A-Z_]+)\""), workers));
        assertThat(values)
                .contains(
                        "queues: [" + TaskQueues.STREAMS + "]",
                        "queues: [" + TaskQueues.MEDIA + "]",
                        "queues: [" + TaskQueues.ANALYSIS + "]",
                        "queues: [" + TaskQueues.DELIVERIES + "]");
    }

    @Test
    void noSecretHasADefault() throws IOException {
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        String example = Files.readString(ROOT.resolve("deploy/compose.env.example"));
        Set<String> secrets =
                found(Pattern.compile("\\$\\{([A-Z_0-9]*(?:SECRET|PASSWORD|ACCESS_KEY|TOKEN)[A-Z_]*)"), compose);

        assertThat(secrets).contains("SECRET_KEY", "POSTGRES_PASSWORD", "GRAFANA_PASSWORD", "OPERATIONS_TOKEN");
        for (String secret : secrets) {
            assertThat(compose).doesNotContainPattern("\\$\\{" + secret + "(:-|-|})");
            assertThat(example).containsPattern("(?m)^" + secret + "=$");
        }
    }

    @Test
    void theChartHasTheSameAlerts() throws IOException {
        assertThat(ROOT.resolve("deploy/helm/tldr/rules.yml"))
                .hasSameTextualContentAs(ROOT.resolve("deploy/prometheus/rules.yml"));
    }

    @Test
    void temporalIsToldOfEverySearchAttribute() throws IOException {
        String script = Files.readString(ROOT.resolve("temporal-config/apply.sh"));
        String attributes = Files.readString(
                ROOT.resolve("workflows/src/main/java/tv/tldr/workflows/stream/StreamAttributes.java"));

        for (String name : found(Pattern.compile("SearchAttributeKey\\.for\\w+\\(\"(\\w+)\"\\)"), attributes)) {
            assertThat(script).contains("attribute " + name + " ");
        }
    }

    /** Otherwise streams stand in turns that no test has seen. */
    @Test
    void theServerForOthersIsToldWhatTheEmbeddedOneIs() throws IOException {
        String file = Files.readString(ROOT.resolve("temporal-config/dynamic-config.yaml"));
        Set<String> embedded = found(
                Pattern.compile("\"--dynamic-config-value\",\\s+\"([^\"]+)\""),
                Files.readString(ROOT.resolve("api/src/main/java/tv/tldr/api/embedded/DevTemporalServer.java")));

        assertThat(embedded).contains("matching.enableFairness=true");
        for (String setting : embedded) {
            String[] words = setting.split("=", 2);
            assertThat(file).contains("\n" + words[0] + ":\n  - value: " + words[1] + "\n");
        }
    }

    /** The doctor sees workflows that are stuck from 1.30 on; the schema's tool is of the server's own release. */
    @Test
    void composeRunsOneReleaseOfTemporalThatTheDoctorSeesThrough() throws IOException {
        Set<String> versions = found(
                Pattern.compile("image: temporalio/(?:server|admin-tools):\\$\\{TEMPORAL_VERSION:-([0-9.]+)}"),
                Files.readString(ROOT.resolve("docker-compose.yml")));

        assertThat(versions)
                .hasSize(1)
                .allMatch(version ->
                        ModuleDescriptor.Version.parse(version).compareTo(ModuleDescriptor.Version.parse("1.30")) >= 0);
    }

    /** The image of the program brings its own check. */
    @Test
    void whateverStaysInComposeSaysHowItIsAndNothingTakesTheWholeMachine() throws IOException {
        Map<String, Object> services = under(compose(), "services");

        assertThat(services).isNotEmpty().allSatisfy((name, service) -> {
            Map<String, Object> limits = under(service, "deploy", "resources", "limits");
            assertThat(limits).as(name).containsKeys("cpus", "memory");
            Map<String, Object> all = under(service);
            boolean stays = "unless-stopped".equals(all.get("restart"));
            boolean isOurs = String.valueOf(all.get("image")).startsWith("tldr:");
            assertThat(all.containsKey("healthcheck")).as(name).isEqualTo(stays && !isOurs);
        });
        assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("HEALTHCHECK ");
    }

    /** Prometheus tells Alertmanager, whose receivers are in a file that whoever runs it names. */
    @Test
    void alertsGoToSomebodyWhoTellsThem() throws IOException {
        String prometheus = Files.readString(ROOT.resolve("deploy/prometheus/prometheus.yml"));
        Map<String, Object> alertmanager = under(compose(), "services", "alertmanager");

        assertThat(prometheus).contains("targets: [\"alertmanager:9093\"]");
        assertThat(String.valueOf(alertmanager.get("volumes")))
                .contains(
                        "${ALERTMANAGER_CONFIG:-./deploy/alertmanager/alertmanager.yml}", "alertmanager:/alertmanager");
        assertThat(String.valueOf(alertmanager.get("networks")))
                .as("reached by Prometheus, reaches the receivers")
                .contains("inside", "outside");
    }

    @Test
    void prometheusShowsTheTokenThatTheProgramIsGiven() throws IOException {
        String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        String prometheus = Files.readString(ROOT.resolve("deploy/prometheus/prometheus.yml"));

        assertThat(compose).contains("operations-token: {environment: OPERATIONS_TOKEN}");
        assertThat(String.valueOf(under(compose(), "services", "prometheus").get("secrets")))
                .isEqualTo("[operations-token]");
        Map<String, Object> configuration = under(new Yaml().load(prometheus));
        assertThat((List<?>) configuration.get("scrape_configs")).isNotEmpty().allSatisfy(job -> assertThat(
                        under(job, "authorization"))
                .containsEntry("credentials_file", "/run/secrets/operations-token"));
    }

    private static Object compose() throws IOException {
        return new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> under(Object yaml, String... path) {
        Object found = yaml;
        for (String name : path) {
            found = Objects.requireNonNull(((Map<String, Object>) found).get(name), () -> name + " of " + yaml);
        }
        return (Map<String, Object>) found;
    }

    @Test
    void everyProcessOfTheProgramInComposeIsScraped() throws IOException {
        String prometheus = Files.readString(ROOT.resolve("deploy/prometheus/prometheus.yml"));
        Set<String> services = found(
                Pattern.compile("(?m)^  ([a-z-]+):(?: &[a-z-]+)?\n    <<: \\*(?:program|worker)$"),
                Files.readString(ROOT.resolve("docker-compose.yml")));

        assertThat(services).containsExactly("api", "worker", "worker-former");
        for (String service : services) {
            assertThat(prometheus).containsPattern("names: \\[([a-z-]+, )*" + service + "[],]");
        }
    }

    /** Neither into the repository nor into the image. */
    @Test
    void whereSecretsAreWrittenIsLeftOut() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve(".gitignore")))
                .containsSubsequence(".env", ".env.*", "!.env.example", "settings.env");
        assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
                .containsSubsequence("**/.env", "**/.env.*", "!**/.env.example", "**/settings.env");
    }

    private static Set<String> settings() {
        return SettingCatalogue.all().stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
