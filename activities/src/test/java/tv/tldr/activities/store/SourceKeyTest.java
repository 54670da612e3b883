package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamSource;

class SourceKeyTest {
    @ParameterizedTest
    @CsvSource({
        "https://Example.com/a.mp4, https://example.com:443/a.mp4",
        "http://example.com, HTTP://example.com:80/",
        "https://example.com/x/../a.mp4, https://example.com/a.mp4",
        "https://example.com/a.mp4#t=10, https://example.com/a.mp4",
        "file:///films/./a.mp4, file:/films/a.mp4",
    })
    void spellingMakesNoOtherSource(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other)).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a.mp4, https://example.com/A.mp4",
        "https://example.com/a.mp4, http://example.com/a.mp4",
        "https://example.com/a.mp4, https://example.com:8443/a.mp4",
        "https://example.com/a?v=1, https://example.com/a?v=2",
        "https://example.com/a%2Fb, https://example.com/a/b",
        "file:/films/a.mp4, file:/films/b.mp4",
    })
    void anotherAddressIsAnotherSource(String one, String other) {
        assertThat(key(one)).isNotEqualTo(key(other));
    }

    private static byte[] key(String url) {
        return SourceKey.of(new StreamSource(url, Platform.FILE));
    }
}
