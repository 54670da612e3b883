package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.regex.Pattern;

/** Whatever a stranger sends as a playlist is refused, or is shown with nothing in it but what is relative and plain http. */
class PlaylistFuzzTest {
    private static final PublicUrl HERE = PublicUrl.parse("https://example.com/a/v");
    /** What FFmpeg takes for a scheme. */
    private static final Pattern OTHER = Pattern.compile("(?!http://)[A-Za-z0-9+.-]*:");

    @FuzzTest
    void anHlsPlaylistNamesWhatIsRelativeOrHttp(byte[] bytes) {
        try {
            String shown = new String(HlsPlaylist.shown(bytes, HERE), UTF_8);
            for (String line : shown.split("\n", -1)) {
                assertThat(line).doesNotContainPattern("[\\x00-\\x1f\\x7f]");
                if (!line.startsWith("#")) {
                    assertThat(OTHER.matcher(line).lookingAt()).as(line).isFalse();
                } else if (!line.startsWith("#EXTINF:")) {
                    for (String rest : line.split("URI=", -1)) {
                        String value = rest.startsWith("\"") ? rest.substring(1) : rest;
                        assertThat(rest.equals(line.split("URI=", -1)[0])
                                        || !OTHER.matcher(value).lookingAt())
                                .as(line)
                                .isTrue();
                    }
                }
            }
            assertThat(HlsPlaylist.shown(shown.replace(".tls.invalid", "").getBytes(UTF_8), HERE))
                    .isNotNull();
        } catch (ForbiddenAddressException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void aDashPlaylistIsReadTheSameWayAgain(byte[] bytes) {
        try {
            String shown = new String(DashPlaylist.shown(bytes, HERE), UTF_8);
            assertThat(shown).startsWith("<?xml").doesNotContain("<!DOCTYPE");
            if (!shown.contains(".tls.invalid")) {
                assertThat(new String(DashPlaylist.shown(shown.getBytes(UTF_8), HERE), UTF_8))
                        .isEqualTo(shown);
            }
        } catch (ForbiddenAddressException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
