package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings that are read, checked and explained are the same. */
class SettingsDocumentationTest {
    private static final Path READ = Path.of("src/main/resources/application.yml");
    private static final Path EXPLAINED = Path.of("../.env.example");

    /** Of the launcher and the command line, which must know them before any file is read. */
    private static final Set<String> ENVIRONMENT_ALONE = Set.of("TLDR_HOME", "TLDR_JAVA_OPTIONS", "TLDR_NO_FAST_START");

    /** Read by the command line, not by Spring. */
    private static final Set<String> COMMAND_LINE = Set.of("TEMPORAL_CLI");

    @Test
    void everySettingThatIsReadIsChecked() throws IOException {
        Set<String> read = new TreeSet<>(defaults().keySet());
        read.remove("TLDR_HOME");
        read.addAll(COMMAND_LINE);

        assertThat(checked()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void everySettingIsInTheExample() throws IOException {
        Set<String> expected = new TreeSet<>(checked());
        expected.addAll(ENVIRONMENT_ALONE);

        assertThat(explained().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theExampleTellsTheDefaults() throws IOException {
        Map<String, String> explained = explained();
        defaults().forEach((name, value) -> {
            boolean own = name.equals("DATABASE_URL") || name.equals("TEMPORAL_ADDRESS");
            assertThat(explained.get(name)).as(name).isEqualTo(own ? "" : value);
        });
    }

    private static Set<String> checked() {
        Set<String> names = new TreeSet<>();
        Stream.of(Setting.values()).map(Setting::name).forEach(names::add);
        return names;
    }

    private static Map<String, String> defaults() throws IOException {
        String text = Files.readString(READ).replace("${TLDR_HOME:.tldr}", ".tldr");
        Map<String, String> defaults = new TreeMap<>(Map.of("TLDR_HOME", ".tldr"));
        Matcher matcher = Pattern.compile("\\$\\{([A-Z0-9_]+):?([^}]*)}").matcher(text);
        while (matcher.find()) {
            defaults.put(matcher.group(1), matcher.group(2));
        }
        return defaults;
    }

    private static Map<String, String> explained() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        Matcher matcher = Pattern.compile("(?m)^#([A-Z0-9_]+)=(.*)$").matcher(Files.readString(EXPLAINED));
        while (matcher.find()) {
            lines.put(matcher.group(1), matcher.group(2));
        }
        return lines;
    }
}
