package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlsPlaylistTest {
    private static final PublicUrl HERE = PublicUrl.parse("https://example.com/a/v.m3u8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seg0.ts | seg0.ts",
                "../b/seg0.ts?at=1:2 | ../b/seg0.ts?at=1:2",
                "/b/a:c.ts | /b/a:c.ts",
                "säge.ts | s%C3%A4ge.ts",
                "a{b\\c.ts | a%7Bb%5Cc.ts",
                "http://example.org/x.ts | http://example.org:80/x.ts",
                "HTTPS://Example.org/x.ts?a={b} | http://example.org.tls.invalid:443/x.ts?a=%7Bb%7D",
                "//example.org:8443/x.ts | http://example.org.tls.invalid:8443/x.ts",
                "#EXTINF:2,URI=tcp://x\\y | #EXTINF:2,URI=tcp://x\\y",
                "#EXT-X-KEY:METHOD=NONE | #EXT-X-KEY:METHOD=NONE",
                "#EXT-X-KEY:METHOD=AES-128, URI=\"https://k.example/1\",IV=0x1 | #EXT-X-KEY:METHOD=AES-128, URI=\"http://k.example.tls.invalid:443/1\",IV=0x1",
                "#EXT-X-MAP:URI=i.mp4,BYTERANGE=\"1@0\" | #EXT-X-MAP:URI=\"i.mp4\",BYTERANGE=\"1@0\"",
                "#EXT-X-MAP:URI=\"\" | #EXT-X-MAP:URI=\"\"",
                "#EXT-X-DATERANGE:ID=\"a,b\",X-ASSET-URI=\"https://a.example/\" | #EXT-X-DATERANGE:ID=\"a,b\",X-ASSET-URI=\"http://a.example.tls.invalid:443/\""
            })
    void whatIsNamedIsShown(String line, String shown) {
        assertThat(shown(line)).isEqualTo(shown);
    }

    @Test
    void linesAreDividedAsFfmpegDividesThem() {
        assertThat(text("#EXTM3U\r\na.ts \rhttp://b/c\n\n# http: a comment, URI=\"tcp://x\"\nd.ts"))
                .isEqualTo("#EXTM3U\na.ts\nhttp://b:80/c\n\n\nd.ts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://127.0.0.1:1/x.ts",
                "httpproxy://127.0.0.1:1/169.254.169.254:80/x.ts",
                "crypto:http://example.com/",
                "crypto+http://example.com/",
                "subfile,,start,0,end,9,,:x",
                "concat:a|b",
                "C:x.ts",
                ":x.ts",
                "1a:x.ts",
                "http:x.ts",
                "http:/x.ts",
                "http://",
                "///x.ts",
                "https://[2606:4700::1111]/a.ts",
                "http://user@example.com/a.ts",
                "http://127.1/a.ts",
                "http://example.com.tls.invalid/a.ts",
                "http://example.com\\@127.0.0.1/",
                " tcp://127.0.0.1/x.ts",
                "a b.ts",
                "a\u00a0b.ts",
                "a\tb.ts",
                "a\u0000b.ts",
                "a\u0085tcp://x",
                "#EXT-X-KEY:METHOD=AES-128,URI=tcp://127.0.0.1/x",
                "#EXT-X-KEY:METHOD=AES-128,URI=\"data:text/plain,x\"",
                "#EXT-X-MEDIA:NAME=\"URI=\",URI=tcp://127.0.0.1/x",
                "#EXT-X-MEDIA:X=\"URI=\"URI=tcp://127.0.0.1/x",
                "#EXT-X-MEDIA:X=a\"b,URI=\"tcp://127.0.0.1/x",
                "#EXT-X-MEDIA:X=\"a\\\",URI=\"tcp://127.0.0.1/x\"",
                "#EXT-X-MEDIA:X,URI=\"a\"",
                "#EXT-X-MEDIA:URI=\"a",
                "#EXT-X-MEDIA:URI=\"a\"b",
                "#EXT-X-MEDIA:=,URI=\"a\"",
                "#EXTURI=\"tcp://127.0.0.1/x\"",
                "#EXT-X-MEDIA:NAME=\"a\tb\"",
                "#EXT-X-MEDIA:NAME=\"a\\b\""
            })
    void whatMayNotBeNamedOrCouldBeReadInTwoWaysIsRefused(String line) {
        assertThatThrownBy(() -> shown(line))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageMatching("its (HLS )?playlist (has|names) .*")
                .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void whatFfmpegWouldCutIsRefused() {
        assertThat(shown("a".repeat(4000))).hasSize(4000);
        assertThatThrownBy(() -> shown("a".repeat(4001))).hasMessageContaining("more than 4000 bytes");
        assertThatThrownBy(() -> shown("ä".repeat(1000))).hasMessageContaining("more than 4000 bytes");
    }

    private static String shown(String line) {
        String text = text("#EXTM3U\n" + line + "\n");
        assertThat(text).startsWith("#EXTM3U\n").endsWith("\n");
        return text.substring("#EXTM3U\n".length(), text.length() - 1);
    }

    private static String text(String text) {
        return new String(HlsPlaylist.shown(text.getBytes(UTF_8), HERE), UTF_8);
    }
}
