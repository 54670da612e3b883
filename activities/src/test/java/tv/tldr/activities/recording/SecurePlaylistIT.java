package tv.tldr.activities.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.egress.Origin;
import tv.tldr.activities.egress.TestCertificate;
import tv.tldr.activities.media.TestMedia;

/** Playlists by https, and what they name by https: taken where the certificate is one for the host. */
class SecurePlaylistIT {
    private static final String CDN = "cdn.secure.test";
    private static final String OTHER = "other.secure.test";
    private static final String SIX_SECONDS =
            "-f lavfi -i testsrc2=size=320x180:rate=25:duration=6 -c:v libx264 -preset ultrafast -g 50 -pix_fmt yuv420p ";

    @TempDir
    Path folder;

    private Path site;
    private TestCertificate certificate;
    private Origin secure;
    private Origin plain;
    private NameServer names;

    @BeforeEach
    void open() throws Exception {
        site = Files.createDirectory(folder.resolve("site"));
        certificate = TestCertificate.make(folder, CDN);
        secure = new Origin(site, certificate);
        plain = new Origin(site);
        names = new NameServer();
        names.name(CDN, Origin.ADDRESS);
        names.name(OTHER, Origin.ADDRESS);
    }

    @AfterEach
    void close() {
        names.close();
        plain.close();
        secure.close();
    }

    @ParameterizedTest
    @CsvSource({"-f hls -hls_time 2 -hls_playlist_type vod, v.m3u8", "-f dash -seg_duration 2, v.mpd"})
    void anHonestPlaylistIsRecorded(String packed, String playlist) throws Exception {
        TestMedia.make(site, SIX_SECONDS + packed + " " + playlist);

        assertThat(recorded(url(CDN, "/" + playlist), true)).contains("recorded 6 s");
        assertThat(plain.requests()).isZero();
    }

    @Test
    void piecesAreTakenOfAnotherHostThatIsTrusted() throws Exception {
        playlistOfPiecesAt(CDN);
        plain.redirect("/moved.m3u8", plain.url("/v.m3u8"));

        assertThat(recorded(plain.url("/moved.m3u8"), true)).contains("recorded 6 s");
        assertThat(secure.requests()).isPositive();
    }

    @Test
    void piecesAreNotTakenOfAHostWithTheCertificateOfAnother() throws Exception {
        playlistOfPiecesAt(OTHER);

        assertThat(recorded(plain.url("/v.m3u8"), true))
                .contains("SOURCE_UNREACHABLE", "https://" + OTHER, "has no valid certificate");
        assertThat(secure.requests()).isZero();
    }

    @Test
    void piecesAreNotTakenOfAHostThatNobodyVouchesFor() throws Exception {
        playlistOfPiecesAt(CDN);

        assertThat(recorded(plain.url("/v.m3u8"), false)).contains("SOURCE_UNREACHABLE", "has no valid certificate");
        assertThat(secure.requests()).isZero();
    }

    private void playlistOfPiecesAt(String host) {
        TestMedia.make(
                site,
                SIX_SECONDS + "-f hls -hls_time 2 -hls_playlist_type vod -hls_base_url " + url(host, "/") + " v.m3u8");
    }

    private String url(String host, String path) {
        return "https://" + host + ":" + secure.port() + path;
    }

    private String recorded(String url, boolean isTrusted) throws IOException {
        ProcessBuilder recording = new ProcessBuilder(ChildJvm.command(
                        RecordOnce.class,
                        folder.toString(),
                        names.address(),
                        url,
                        String.valueOf(secure.port()),
                        String.valueOf(plain.port())))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Trusted in that process alone.
        recording.environment().put("JAVA_TOOL_OPTIONS", isTrusted ? certificate.trusted() : "-Dnothing=else");
        return new String(recording.start().getInputStream().readAllBytes(), UTF_8);
    }
}
