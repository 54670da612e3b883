package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "//example.com/",
                "example.com/v.mp4",
                "http:///v.mp4",
                "http://",
                "http://user:secret@example.com/",
                "http://a@b@127.0.0.1/",
                "http://foo_bar.example.com/",
                "http://1.1.1.1\\@127.0.0.1/",
                "http://0177.0.0.1/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0/",
                "http://example.com./",
                "http://[fe80::1%25eth0]/",
                "http://[::ffff:0177.0.0.1]/",
                "http://[::ffff:127.0.0.01]/",
                "http://[1:2:3]/",
                "http://exa mple.com/",
                "http://example.com:99999x/",
                "http://127.0.0.1#@example.com/",
                "http://example.com/v.mp4#t=10",
                "-i",
                "concat:/etc/passwd"
            })
    void refusesWhatProgramsReadDifferently(String text) {
        assertThatThrownBy(() -> PublicUrl.parse(text))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://EXAMPLE.com/v.mp4?token=a%20b",
                "https://a-b.example.co.uk:8443/x/../y",
                "http://1.2.3.4:8080/v",
                "http://[2606:4700::1111]/v",
                "http://[2001:4860::8.8.8.8]/",
                "http://xn--bcher-kva.example/"
            })
    void takesOrdinaryUrls(String text) {
        assertThat(PublicUrl.parse(text).uri().getHost()).isNotEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> PublicUrl.parse("http://example.com/" + "a".repeat(2048)))
                .hasMessageContaining("longer than 2048");
    }

    @Test
    void showsNoPathAndNoQuery() {
        assertThat(PublicUrl.parse("https://example.com:8443/secret/v.mp4?token=hidden"))
                .hasToString("https://example.com:8443/…");
    }

    @Test
    void checksWhereARedirectLeads() {
        PublicUrl url = PublicUrl.parse("https://example.com/a/b");

        assertThat(url.resolve("../c").uri()).hasToString("https://example.com/c");
        assertThat(url.resolve("/c#t=10").uri()).hasToString("https://example.com/c");
        assertThatThrownBy(() -> url.resolve("file:///etc/passwd")).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> url.resolve("http://127.1/")).isInstanceOf(ForbiddenAddressException.class);
    }
}
