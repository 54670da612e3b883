package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code /metrics}, as Prometheus reads it. */
public record Exposition(String text) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z0-9_]*)(?:\\{(.*)})? (\\S+)$");
    /** Of ours and of those that we use; what begins with {@code tldr:} is a rule. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:tldr|http_server|r2dbc_pool|jvm|disk|temporal|process|system)_[a-z0-9_]+");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `.*$");
    private static final Pattern PART_OF_TIMER = Pattern.compile("_(count|sum|bucket)$");

    /** Names of all metrics; a timer has one, such as {@code http_server_requests_seconds}. */
    public Set<String> names() {
        return samples().map(sample -> whole(sample.group(1))).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The sum over the series of that name whose labels contain all of these words, such as {@code queue="media"}. There is one at
     * least, and each has a value.
     */
    public double sum(String name, String... labels) {
        List<Double> values = values(name, labels);
        assertThat(values).as("%s%s", name, List.of(labels)).isNotEmpty().noneMatch(value -> value.isNaN());
        return total(values);
    }

    /** The same of a counter, which is not there before it has counted something. */
    public double counted(String name, String... labels) {
        return total(values(name, labels));
    }

    private List<Double> values(String name, String... labels) {
        return samples()
                .filter(sample -> sample.group(1).equals(name))
                .filter(sample -> Stream.of(labels).allMatch(String.valueOf(sample.group(2))::contains))
                .map(sample -> Double.valueOf(sample.group(3)))
                .toList();
    }

    private static double total(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The metrics that expressions ask for. */
    static Set<String> named(String text) {
        return METRIC.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Exposition::whole)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics of the table on the page. */
    public static Set<String> documented(Path page) throws IOException {
        String text = Files.readString(page);
        String table = text.substring(text.indexOf("## Metrics"), text.indexOf("## Alerts"));
        return ROW.matcher(table)
                .results()
                .flatMap(row -> named(row.group().split(" \\| ", -1)[0]).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String whole(String name) {
        return PART_OF_TIMER.matcher(name).replaceFirst("");
    }

    private Stream<MatchResult> samples() {
        Matcher matcher = SAMPLE.matcher(text);
        return matcher.results();
    }
}
