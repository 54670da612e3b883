package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say is there. */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)(\\./tldr [^`\\n#|\\\\]+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(\\.|target|.*/target/|highlights).*"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereArePagesToLookAt() throws IOException {
        assertThat(pages()).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/architecture.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        for (String link : found(LINK, page)) {
            if (!link.matches("[a-z]+:.*")) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                assertThat(target).as("%s in %s", link, page).exists();
                if (parts.length == 2) {
                    assertThat(anchors(target)).as("%s in %s", link, page).contains(parts[1]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsOneOfOurs(Path page) throws IOException {
        String help = Files.readString(Path.of("src/main/resources/tv/tldr/api/cli/help.txt"));
        for (String command : found(COMMAND, page)) {
            List<String> words = List.of(command.strip().split("\\s+"));
            assertThat(words.get(1).startsWith("--") ? help : help.substring(help.indexOf("Commands:")))
                    .as("%s in %s", command, page)
                    .contains(words.get(1));
            assertThat(words.stream().filter(word -> word.startsWith("samples/")))
                    .as("%s in %s", command, page)
                    .allMatch(sample -> sample.endsWith("…") || Files.exists(ROOT.resolve(sample)));
        }
    }

    @Test
    void everySampleHasItsLicence() throws IOException {
        String licences = Files.readString(ROOT.resolve("samples/README.md"));
        try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
            assertThat(samples.map(sample -> sample.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .allMatch(licences::contains);
        }
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/decisions/README.md"));
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/decisions"))) {
            assertThat(decisions.map(page -> page.getFileName().toString()).filter(name -> name.startsWith("0")))
                    .allMatch(index::contains);
        }
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** The names that a page's headings get where pages are shown. */
    private static List<String> anchors(Path page) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                String heading = line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT);
                anchors.add(heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }
}
