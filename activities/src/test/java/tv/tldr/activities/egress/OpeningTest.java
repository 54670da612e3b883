package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.tldr.activities.egress.Opening.Kind;

class OpeningTest {
    private static final String TAG = "ID3\4\0\0\0\0\0\2xx";
    private static final String LONG_TAG = "ID3\4\0\0\0\10\0\0";

    static Iterable<Map.Entry<String, Kind>> bodies() {
        return Map.ofEntries(
                        Map.entry("", Kind.MEDIA),
                        Map.entry("#EXTM3U", Kind.HLS),
                        Map.entry("#EXTM3U\n" + "a.ts\n".repeat(100), Kind.HLS),
                        Map.entry("#EXTM3", Kind.OTHER),
                        Map.entry("\n#EXTM3U\na.ts", Kind.OTHER),
                        Map.entry("<MPD/>", Kind.DASH),
                        Map.entry(
                                "\u00ef\u00bb\u00bf\n <?xml version=\"1.0\"?><x:a/><!--" + " ".repeat(100_000)
                                        + "<mPd-->",
                                Kind.DASH),
                        Map.entry(" ".repeat(1000) + "<MPD/>", Kind.DASH),
                        Map.entry("<html><body>not here</body></html>", Kind.MARKUP),
                        Map.entry("<\0\0\0free<MPD", Kind.DASH),
                        Map.entry(TAG + "#EXTM3U\ntcp://x", Kind.DISGUISED),
                        Map.entry(TAG + "\n<MPD/>____________", Kind.DISGUISED),
                        Map.entry(TAG + TAG + "#EXTM3U\ntcp://x", Kind.OTHER),
                        Map.entry(LONG_TAG + "x".repeat(1 << 17) + "#EXTM3U", Kind.OTHER),
                        Map.entry(TAG + "\u00ff\u00f1__________", Kind.MEDIA),
                        Map.entry(TAG + "\u00ff\u00fb__________", Kind.MEDIA),
                        Map.entry(TAG + "\u000bw__________", Kind.MEDIA),
                        Map.entry(TAG + "Go on__________", Kind.OTHER),
                        Map.entry("\u00ff\u00fe<\0?\0x\0m\0l\0", Kind.OTHER),
                        Map.entry("\0<\0?________", Kind.OTHER),
                        Map.entry("\0\0\0\30ftypiso5", Kind.MEDIA),
                        Map.entry("\0\0\0\30moofiso5", Kind.MEDIA),
                        Map.entry("\0\0\0\30jp2 iso5", Kind.OTHER),
                        Map.entry("\u001aE\u00df\u00a3________", Kind.MEDIA),
                        Map.entry("G@\0\20________", Kind.MEDIA),
                        Map.entry("WEBVTT", Kind.MEDIA),
                        Map.entry("ffconcat version 1.0", Kind.OTHER),
                        Map.entry("0123456789abcdef", Kind.OTHER))
                .entrySet();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyIsKnownByItsBeginningHoweverItComes(Map.Entry<String, Kind> body) {
        byte[] bytes = body.getKey().getBytes(ISO_8859_1);
        for (int size : new int[] {1, 7, 1000, Math.max(1, bytes.length)}) {
            Opening opening = new Opening();
            for (int i = 0; i < bytes.length && (size > 1 || bytes.length < 10_000); i += size) {
                opening.add(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + size)));
            }
            if (size > 1 || bytes.length < 10_000) {
                assertThat(opening.kind()).as("in blocks of " + size).isEqualTo(body.getValue());
            }
        }
    }

    @Test
    void aPlaylistIsWaitedForAndMediaAreNot() {
        assertThat(new Opening().add("#EXTM3U\n____________".getBytes(ISO_8859_1)))
                .isFalse();
        assertThat(new Opening().add(" <MPD>______________".getBytes(ISO_8859_1)))
                .isFalse();
        assertThat(new Opening().add("\0\0\0\30ftypiso5".getBytes(ISO_8859_1))).isTrue();
        assertThat(new Opening().add("0123456789abcdef".getBytes(ISO_8859_1))).isTrue();
    }

    @Test
    void aPlaylistWithoutEndIsRefused() {
        Opening opening = new Opening();
        byte[] line = "#EXTM3U\n".repeat(1 << 17).getBytes(ISO_8859_1);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        opening.add(line);
                    }
                })
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("8 MB");
    }
}
