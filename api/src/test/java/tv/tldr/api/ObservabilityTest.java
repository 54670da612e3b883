package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What alerts and dashboards ask for is on the page of metrics that is documented; {@code MetricsIT} reads it. */
class ObservabilityTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RULES = ROOT.resolve("deploy/prometheus/rules.yml");
    private static final Path TESTS = ROOT.resolve("deploy/prometheus/rules.test.yml");
    private static final Path DASHBOARDS = ROOT.resolve("deploy/grafana/dashboards");
    private static final Path PAGE = ROOT.resolve("docs/observability.md");

    @Test
    void everyMetricOfTheRulesIsDocumented() throws IOException {
        assertThat(Exposition.documented(PAGE)).containsAll(Exposition.named(Files.readString(RULES)));
    }

    @Test
    void everyMetricOfTheDashboardsIsDocumentedAndEveryRuleThatTheyUseIsThere() throws IOException {
        String rules = Files.readString(RULES);
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<Path> boards = files.toList();
            assertThat(boards).hasSizeGreaterThanOrEqualTo(2);
            for (Path board : boards) {
                String text = Files.readString(board);
                assertThat(Exposition.documented(PAGE)).as("%s", board).containsAll(Exposition.named(text));
                assertThat(found("\\btldr:[a-z0-9_:]+", text))
                        .allSatisfy(rule -> assertThat(rules).contains("record: " + rule));
            }
        }
    }

    @Test
    void everyAlertSaysWhatToDoAndIsTried() throws IOException {
        String rules = Files.readString(RULES);
        String tests = Files.readString(TESTS);
        String page = Files.readString(PAGE);
        Set<String> alerts = found("(?m)^ +- alert: (\\w+)$", rules);

        assertThat(alerts).hasSizeGreaterThan(15);
        assertThat(found("(?m)^### (\\w+)$", page)).containsExactlyInAnyOrderElementsOf(alerts);
        for (String alert : alerts) {
            assertThat(rules)
                    .contains("runbook_url: \"{{ $externalLabels.runbooks }}docs/observability.md#"
                            + alert.toLowerCase(java.util.Locale.ROOT) + "\"");
            assertThat(tests).contains("- name: " + alert + "\n", "alertname: " + alert + ", exp_alerts: []");
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
