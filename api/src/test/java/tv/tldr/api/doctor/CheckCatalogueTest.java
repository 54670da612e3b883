package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.egress.AddressPolicy;
import tv.tldr.api.GeneratedPage;

class CheckCatalogueTest {
    @Test
    void everyCheckSaysWhatItIsForInWords() {
        assertThat(CheckCatalogue.all()).hasSizeGreaterThan(40).allSatisfy(check -> {
            assertThat(check.id()).matches("[a-z0-9]+(-[a-z0-9]+)+");
            assertThat(check.title()).isNotBlank().doesNotEndWith(".");
            assertThat(check.looks()).isNotBlank().doesNotEndWith(".");
            assertThat(check.why()).endsWith(".");
            assertThat(check.fix()).isNotBlank();
        });
        assertThat(CheckCatalogue.all().stream().map(Check::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyCheckIsMadeBySomebody() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/tv/tldr/api/doctor"))) {
            List<String> named = sources.filter(file -> file.toString().endsWith("Examiner.java"))
                    .flatMap(CheckCatalogueTest::quoted)
                    .toList();
            assertThat(named)
                    .containsAll(CheckCatalogue.all().stream().map(Check::id).toList());
        }
    }

    @Test
    void thePageIsMadeOfTheCatalogue() throws IOException {
        GeneratedPage.holds("docs/troubleshooting.md", DoctorPages.page());
    }

    @Test
    void wordsAreFilledIntoTheCommandAndWhatIsSaidBesideItStaysApart() {
        Finding finding = new Finding(CheckCatalogue.of("temporal-backlog"), "", java.util.Map.of("queue", "media"));

        assertThat(finding.fix()).isEqualTo("./tldr queue describe media");
        assertThat(finding.remark()).isEqualTo("then start more workers, or raise WORKER_CONCURRENCY");
    }

    @Test
    void aSetWhoseDimensionsOnlyAModelKnowsNeedsOne() {
        JsonNode set = JsonMapper.shared()
                .readTree("{\"dimensions\": [{\"weight\": 1, \"rules\": {\"terms\": []}},"
                        + " {\"weight\": 0, \"rules\": {\"terms\": [{}]}}]}");

        assertThat(ResultsExaminer.isUsable(set, false)).isFalse();
        assertThat(ResultsExaminer.isUsable(set, true)).isTrue();
    }

    @Test
    void privateAddressesAreKnownByHowTheyAreWritten() {
        assertThat(List.of("http://127.0.0.1:1/a", "https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/"))
                .allMatch(url -> WebhookExaminer.isPrivate(url, new AddressPolicy(false)));
        assertThat(List.of("https://example.com/", "https://8.8.8.8/", "https://[2606:4700::1]/"))
                .noneMatch(url -> WebhookExaminer.isPrivate(url, new AddressPolicy(false)));
        assertThat(WebhookExaminer.isPrivate(
                        "https://10.1.2.3/", AddressPolicy.excepting(false, List.of("10.1.0.0/16"))))
                .isFalse();
    }

    private static Stream<String> quoted(Path file) {
        try {
            return Pattern.compile("\"([a-z0-9-]+)\"")
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult result) -> result.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
