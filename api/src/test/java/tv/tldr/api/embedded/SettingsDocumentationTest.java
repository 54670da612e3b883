package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.tldr.api.GeneratedPage;

/** The settings that are read, checked and explained are the same. */
class SettingsDocumentationTest {
    private static final Path READ = Path.of("src/main/resources/application.yml");

    /** Read by the command line, not by Spring. */
    private static final Set<String> COMMAND_LINE = Set.of("BOOTSTRAP_ANNOUNCE", "TEMPORAL_CLI");

    @Test
    void everySettingIsReadAndHasOneDefault() throws IOException {
        Map<String, String> catalogue = SettingCatalogue.all().stream()
                .filter(setting -> !setting.launcher() && !COMMAND_LINE.contains(setting.name()))
                .collect(Collectors.toMap(Setting::name, Setting::defaultValue));
        Map<String, String> read = read();
        // Where nothing is set, servers of our own are started; these would be asked otherwise.
        read.put(Setting.DATABASE_URL, "");
        read.put(Setting.TEMPORAL_ADDRESS, "");

        assertThat(read).containsExactlyInAnyOrderEntriesOf(catalogue);
    }

    @Test
    void theExampleFileIsMadeOfTheCatalogue() throws IOException {
        GeneratedPage.holds(".env.example", SettingPages.example());
    }

    @Test
    void thePageIsMadeOfTheCatalogue() throws IOException {
        GeneratedPage.holds("docs/configuration.md", SettingPages.page());
    }

    @Test
    void theExampleFileReadsBackAsTheDefaults() {
        SettingFile file = SettingFile.parse(SettingPages.example().replaceAll("(?m)^#([A-Z])", "$1"));

        assertThat(file.unreadable()).isEmpty();
        assertThat(file.values())
                .isEqualTo(SettingCatalogue.all().stream()
                        .collect(Collectors.toMap(Setting::name, Setting::defaultValue)));
    }

    private static Map<String, String> read() throws IOException {
        String text = Files.readString(READ).replace("${TLDR_HOME:.tldr}", ".tldr");
        Map<String, String> defaults = new TreeMap<>();
        Matcher matcher = Pattern.compile("\\$\\{([A-Z0-9_]+):?([^}]*)}").matcher(text);
        while (matcher.find()) {
            defaults.put(matcher.group(1), matcher.group(2));
        }
        defaults.remove("TLDR_HOME");
        return defaults;
    }
}
