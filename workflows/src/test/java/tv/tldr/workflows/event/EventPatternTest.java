package tv.tldr.workflows.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, stream.completed, true",
        "stream.*, stream.completed, true",
        "stream.*, streams.completed, false",
        "stream.completed, stream.completed, true",
        "stream.completed, stream.complete, false",
        "organization.*, organization.usage.warning, true",
        "organization.usage.*, organization.usage.warning, true",
        "stream*, stream.completed, false"
    })
    void wantsWhatItsTextSays(String pattern, String type, boolean wanted) {
        assertThat(new EventPattern(pattern).matches(type)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "highlight.*, true",
        "webhook.disabled, true",
        "highlights.*, false",
        "'', false",
        ".*, false"
    })
    void aMisspeltWordWantsNothing(String pattern, boolean anything) {
        assertThat(new EventPattern(pattern).wantsAnything()).isEqualTo(anything);
    }
}
