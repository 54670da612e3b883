package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
    private static final String PLAYLIST = "https://a.cdn.example.com/live/x/v.m3u8";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Cookies cookies = new Cookies();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1 | https://a.cdn.example.com/live/x/1.ts | a=1",
                "a=1 | https://a.cdn.example.com:8443/live/x | a=1",
                "a=1 | http://A.CDN.example.com/live/x/deep/1.ts | a=1",
                "a=1 | https://a.cdn.example.com/live/1.ts | ''",
                "a=1 | https://a.cdn.example.com/live/xy/1.ts | ''",
                "a=1 | https://b.cdn.example.com/live/x/1.ts | ''",
                "a=1; Path=/ | https://z.a.cdn.example.com/ | ''",
                "a=1; Path=/live | https://a.cdn.example.com/live/1.ts | a=1",
                "a=1; Path=/live | https://a.cdn.example.com/lively/1.ts | ''",
                "a=1; Path=/; Secure; HttpOnly; SameSite=None | https://a.cdn.example.com/1.ts | a=1",
                "a=1; Path=/; Secure | http://a.cdn.example.com/1.ts | ''",
                "a=1; Path=/; Domain=cdn.example.com | https://b.cdn.example.com/1.ts | a=1",
                "a=1; Path=/; Domain=.Example.com | https://example.com/1.ts | a=1",
                "a=1; Path=/; Domain=example.com | https://badexample.com/1.ts | ''",
                "a=1; Path=/; Domain=example.com | https://example.com.example.org/1.ts | ''",
                "a=1; Path=/; Domain=com | https://a.cdn.example.com/1.ts | ''",
                "a=1; Path=/; Domain=b.cdn.example.com | https://b.cdn.example.com/1.ts | ''",
                "a=1; Path=/; Domain=b.cdn.example.com | https://a.cdn.example.com/1.ts | ''",
                "a=1; Path=/; Max-Age=60 | https://a.cdn.example.com/ | a=1",
                "a=1; Path=/; Max-Age=0 | https://a.cdn.example.com/ | ''",
                "a=1; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT | https://a.cdn.example.com/ | ''",
                "t=exp=17~acl=/*~hmac=ab; path=/ | https://a.cdn.example.com/ | t=exp=17~acl=/*~hmac=ab",
                "t=\"a b\"; path=/ | https://a.cdn.example.com/ | t=\"a b\"",
                "nothing | https://a.cdn.example.com/ | ''",
                "=1; Path=/ | https://a.cdn.example.com/ | ''"
            })
    void aCookieIsSentToWhomItIsFor(String set, String url, String sent) {
        cookies.keep(PublicUrl.parse(PLAYLIST), List.of(set), NOW);

        assertThat(of(url)).isEqualTo(sent);
    }

    @Test
    void anAddressHasNoNamesBelowIt() {
        cookies.keep(PublicUrl.parse("http://1.1.1.1/"), List.of("a=1; Domain=1.1.1.1", "b=2; Domain=1.1.1"), NOW);

        assertThat(of("http://1.1.1.1/")).isEqualTo("a=1");
    }

    @Test
    void theLatestCountsUntilItsTimeIsOver() {
        PublicUrl url = PublicUrl.parse(PLAYLIST);
        cookies.keep(url, List.of("a=1; Path=/", "b=1; Max-Age=60"), NOW);
        cookies.keep(url, List.of("a=2; Path=/"), NOW);

        assertThat(of(PLAYLIST)).isEqualTo("b=1; a=2");
        assertThat(cookies.of(url, NOW.plusSeconds(60))).isEqualTo("a=2");
        cookies.keep(url, List.of("a=; Path=/; Max-Age=0"), NOW);
        assertThat(of(PLAYLIST)).isEqualTo("b=1");
    }

    @Test
    void aServerGetsNoMoreKeptThanOthersTake() {
        PublicUrl url = PublicUrl.parse(PLAYLIST);
        cookies.keep(url, List.of("long=" + "x".repeat(9000)), NOW);
        assertThat(of(PLAYLIST)).isEmpty();
        cookies.keep(url, IntStream.range(0, 100).mapToObj(i -> "c" + i + "=1").toList(), NOW);
        assertThat(of(PLAYLIST).split("; ")).hasSize(50);
        cookies.keep(
                url,
                IntStream.range(0, 50)
                        .mapToObj(i -> "c" + i + "=" + "x".repeat(1000))
                        .toList(),
                NOW);
        assertThat(of(PLAYLIST)).hasSizeLessThanOrEqualTo(8192);
    }

    private String of(String url) {
        return cookies.of(PublicUrl.parse(url), NOW);
    }
}
