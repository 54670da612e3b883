package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://cdn.example.com/a?b=c, http://cdn.example.com.tls.invalid:443/a?b=c",
        "https://cdn.example.com:8443/a, http://cdn.example.com.tls.invalid:8443/a",
        "https://cdn.example.com:80/, http://cdn.example.com.tls.invalid:80/",
        "https://1.2.3.4/a, http://1.2.3.4.tls.invalid:443/a",
        "http://cdn.example.com/a%20b, http://cdn.example.com:80/a%20b",
        "http://[2606:4700::1111]:8080/a, http://[2606:4700::1111]:8080/a"
    })
    void aUrlIsShownAndTakenBack(String url, String shown) {
        assertThat(ShownUrl.of(PublicUrl.parse(url))).isEqualTo(shown);
        assertThat(ShownUrl.real(shown).uri().toString()).isEqualTo(url);
    }

    @Test
    void withoutAPortItIsThatOfTls() {
        assertThat(ShownUrl.real("http://cdn.example.com.TLS.invalid/a").uri().toString())
                .isEqualTo("https://cdn.example.com/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cdn.example.com/",
                "ftp://cdn.example.com/",
                "/a.ts",
                "cdn.example.com:443",
                "http://user@cdn.example.com.tls.invalid/",
                "http://0x7f.1.tls.invalid/",
                "http://127.1.tls.invalid:443/",
                "http://tls.invalid../",
                "http://.tls.invalid/",
                "http://cdn.example.com.tls.invalid/#a",
                "http://cdn_example.com.tls.invalid/",
                "http://a b/"
            })
    void whatWasNeverShownIsRefused(String shown) {
        assertThatThrownBy(() -> ShownUrl.real(shown)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://[2606:4700::1111]/a", "http://a.tls.invalid/", "https://a.TLS.INVALID/"})
    void whatCannotBeShownIsRefused(String url) {
        assertThatThrownBy(() -> ShownUrl.of(PublicUrl.parse(url))).isInstanceOf(ForbiddenAddressException.class);
    }
}
