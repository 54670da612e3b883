package tv.tldr.api.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Which checks are there? Those of {@code checks.yml}, in its order. */
public final class CheckCatalogue {
    private static final List<Check> ALL = read();

    private CheckCatalogue() {}

    public static List<Check> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException when there is no such check */
    public static Check of(String id) {
        return ALL.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no check " + id));
    }

    static List<String> ofArea(String area) {
        return ALL.stream()
                .filter(check -> check.area().equals(area))
                .map(Check::id)
                .toList();
    }

    private static List<Check> read() {
        try (InputStream in = Objects.requireNonNull(CheckCatalogue.class.getResourceAsStream("checks.yml"))) {
            Map<String, Map<String, Map<String, Object>>> areas =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            List<Check> checks = new ArrayList<>();
            areas.forEach((area, members) -> members.forEach((id, facts) -> checks.add(check(id, area, facts))));
            return List.copyOf(checks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Check check(String id, String area, Map<String, Object> facts) {
        return new Check(
                id,
                area,
                Severity.valueOf(text(facts, "severity").toUpperCase(Locale.ROOT)),
                text(facts, "title"),
                text(facts, "looks"),
                text(facts, "why"),
                text(facts, "fix"),
                Boolean.TRUE.equals(facts.get("safe")));
    }

    private static String text(Map<String, Object> facts, String key) {
        return Objects.toString(facts.get(key), "");
    }
}
