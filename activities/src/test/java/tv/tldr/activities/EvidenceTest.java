package tv.tldr.activities;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "moov atom not found|moov atom not found",
                "[in#0 @ 0x55982f9cd100] failed|[in#0] failed",
                "Error opening file:/data/objects/org_1/source: Input/output error|Error opening source: Input/output error",
                "/root/.tldr/scratch/job-1/a.mp4: No such file|a.mp4: No such file",
                "https://user:pw@cdn.example.com:8443/secret/v.mp4?sig=x failed|https://cdn.example.com:8443/… failed",
                "GET http://h/a?b, then|GET http://h/…, then"
            })
    void keepsTheWordsAndDropsTheSecrets(String text, String clean) {
        assertThat(Evidence.clean(text)).isEqualTo(clean);
    }
}
