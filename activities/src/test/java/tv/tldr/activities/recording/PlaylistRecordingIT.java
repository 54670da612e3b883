package tv.tldr.activities.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.egress.Canary;
import tv.tldr.activities.egress.Origin;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.FfmpegOutput;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.Recording;

/** Recordings by playlist; and what playlists name that they must not: files, and places where nobody may go. */
class PlaylistRecordingIT {
    private static final String HEAD = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n";
    private static final String END = "#EXT-X-ENDLIST\n";
    private static final String TWO_SECONDS =
            "-f lavfi -i testsrc2=size=320x180:rate=25:duration=6 -f lavfi -i sine=frequency=440:duration=6"
                    + " -c:v libx264 -preset ultrafast -g 50 -pix_fmt yuv420p -c:a aac ";

    private static final List<String> PLACES = List.of(
            "segment",
            "key",
            "map",
            "variant",
            "media",
            "subtitles",
            "base of dash",
            "template of dash",
            "segment of dash");

    @TempDir
    Path folder;

    private Path site;
    private Origin origin;
    private Canary canary;
    private RecorderFixture recorder;

    @BeforeEach
    void open() throws IOException {
        site = Files.createDirectory(folder.resolve("site"));
        origin = new Origin(site);
        canary = new Canary();
        recorder = new RecorderFixture(folder, sources(false), TestMedia.WITHOUT_SANDBOX);
    }

    @AfterEach
    void close() {
        recorder.close();
        canary.close();
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-f hls -hls_time 2 -hls_playlist_type vod v.m3u8",
                "-f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4 v.m3u8",
                "-f dash -seg_duration 2 v.mpd"
            })
    void piecesBecomeOneRecordingWhichIsKnownAgain(String packed) {
        Path playlist = TestMedia.make(site, TWO_SECONDS + packed);

        Recording recording = recorder.record(origin.url("/" + playlist.getFileName()));

        assertThat(recording.facts().duration()).isBetween(5.9, 6.2);
        assertThat(Objects.requireNonNull(recording.facts().video()).width()).isEqualTo(320);
        assertThat(recording.facts().audio()).isNotNull();
        try (RecorderFixture another = new RecorderFixture(folder, sources(false))) {
            assertThat(another.record(origin.url("/" + playlist.getFileName())).sha256())
                    .isEqualTo(recording.sha256());
        }
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void encryptedPiecesAreReadWithTheKeyThatThePlaylistNames() throws IOException {
        Files.write(site.resolve("key.bin"), HexFormat.of().parseHex("00112233445566778899aabbccddeeff"));
        Files.writeString(site.resolve("key.info"), origin.url("/key.bin") + "\nkey.bin\n");
        TestMedia.make(
                site, TWO_SECONDS + "-f hls -hls_time 2 -hls_playlist_type vod -hls_key_info_file key.info v.m3u8");

        assertThat(recorder.record(origin.url("/v.m3u8")).facts().duration()).isBetween(5.9, 6.2);
    }

    /** As some networks do that hand out much: playlists come compressed, pieces only to whom the playlist gave a cookie. */
    @ParameterizedTest
    @ValueSource(strings = {"-f hls -hls_time 2 -hls_playlist_type vod v.m3u8", "-f dash -seg_duration 2 v.mpd"})
    void playlistsThatComeCompressedAndPiecesThatWantACookieAreTaken(String packed) throws IOException {
        String list = String.valueOf(TestMedia.make(site, TWO_SECONDS + packed).getFileName());
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
                    String name = request.path().substring(1);
                    boolean isList = name.equals(list);
                    boolean isKnown =
                            isList || "pass=exp~acl=/*".equals(request.headers().get("Cookie"));
                    byte[] file = Files.readAllBytes(site.resolve(name));
                    byte[] body = isList ? RawHttpServer.gzip(file) : file;
                    RawHttpServer.write(
                            out,
                            "HTTP/1.1 " + (isKnown ? "200 OK" : "403 Forbidden") + "\r\n"
                                    + (isList
                                            ? "Content-Encoding: gzip\r\nSet-Cookie: pass=exp~acl=/*; Path=/; HttpOnly\r\n"
                                            : "")
                                    + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n");
                    out.write(body);
                });
                RecorderFixture open = new RecorderFixture(folder, sources(true))) {
            assertThat(open.record(server.url("/" + list)).facts().duration()).isBetween(5.9, 6.2);
        }
    }

    @Test
    void aLiveStreamIsNotTakenForARecording() {
        TestMedia.make(site, TWO_SECONDS + "-f hls -hls_time 2 v.m3u8");
        origin.text(
                "/live.m3u8",
                HEAD.replace("#EXT-X-PLAYLIST-TYPE:VOD\n", "") + "#EXTINF:2,\nv0.ts\n#EXTINF:2,\nv1.ts\n");

        assertThatThrownBy(() -> recorder.probe(origin.url("/live.m3u8")))
                .cause()
                .hasMessageContaining("live streams are not taken yet");
    }

    @Test
    void piecesThatDripAreGivenUpWhateverFfmpegThinksOfThem() throws IOException {
        String playlist = HEAD + "#EXTINF:2,\n/piece.ts\n" + END;
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
                    boolean isList = request.path().endsWith(".m3u8");
                    RawHttpServer.write(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Length: " + (isList ? playlist.length() : 1_000_000)
                                    + "\r\n\r\n");
                    RawHttpServer.write(out, isList ? playlist : "");
                    for (int i = 0; !isList && i < 1000; i++) {
                        RawHttpServer.write(out, "G");
                        Thread.sleep(50);
                    }
                });
                RecorderFixture hurried = new RecorderFixture(folder, sources(true, Duration.ofSeconds(2)))) {
            ApplicationFailure failure =
                    hurried.failure(FailureType.SOURCE_UNREACHABLE, () -> hurried.record(server.url("/v.m3u8")));

            assertThat(failure.getOriginalMessage()).contains("sends less than 4096B in 2 s");
        }
    }

    /** FFmpeg's own words are for those who know FFmpeg. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.ts | SOURCE_ENDED | the first piece that its playlist names is not there",
                "file:///etc/passwd | SOURCE_FORBIDDEN_ADDRESS | names something that",
                "rtmp://127.0.0.2/a.ts | SOURCE_FORBIDDEN_ADDRESS | only http:// and https:// URLs are taken",
                "page.ts | SOURCE_ENDED | or is neither picture nor sound"
            })
    void whatIsWrongWithAPlaylistIsSaidInOurWords(String piece, FailureType type, String words) throws IOException {
        origin.text("/page.ts", "<!DOCTYPE html><html><body>not here</body></html>".repeat(20));
        origin.text("/wrong.m3u8", HEAD + "#EXTINF:2,\n" + piece + "\n" + END);

        ApplicationFailure failure = recorder.failure(type, () -> recorder.record(origin.url("/wrong.m3u8")));

        assertThat(failure.getOriginalMessage())
                .contains(words)
                .doesNotContain("0x", "ffprobe", "ffmpeg", "[", "Error");
    }

    @Test
    void whoOwnsAStreamIsToldWhereItWasRefused() {
        String playlist = serve("segment", "http://127.0.0.1:" + canary.port() + "/a.ts");

        assertThatThrownBy(() -> recorder.record(origin.url(playlist))).isNotNull();

        assertThat(recorder.refusals)
                .singleElement()
                .asString()
                .contains(recorder.stream.streamId().toString(), Origin.ADDRESS, "does not lead to a public address");
    }

    @Test
    void aPlaylistThatNamesItselfEnds() {
        origin.text("/self.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nself.m3u8\n");

        assertThatThrownBy(() -> recorder.probe(origin.url("/self.m3u8")))
                .cause()
                .isInstanceOf(ApplicationFailure.class);
        assertThat(origin.requests()).isLessThan(100);
    }

    /** A test that finds nothing finds nothing also when nothing was asked: without the guard, the same playlists do hit. */
    @Test
    void withoutTheGuardTheSamePlaylistsGoWhereNobodyMay() {
        try (RecorderFixture open = new RecorderFixture(folder, sources(true))) {
            serve("segment", "http://127.0.0.1:" + canary.port() + "/a.ts");

            assertThatThrownBy(() -> open.probe(origin.url("/hostile.m3u8")))
                    .cause()
                    .isInstanceOf(ApplicationFailure.class);
        }
        assertThat(canary.hits()).isPositive();
    }

    static List<String> places() {
        return PLACES;
    }

    /** FFmpeg has to know tcp, to reach the proxy, and would connect by itself to whatever a playlist names by it. */
    @ParameterizedTest
    @MethodSource("places")
    void noSchemeLeadsPastTheProxy(String place) throws IOException {
        for (String scheme : List.of(
                "httpproxy",
                "tcp",
                "tls",
                "udp",
                "rtsp",
                "file",
                "data",
                "concat",
                "subfile",
                "unix",
                "gopher",
                "ftp")) {
            String playlist = serve(place, past(scheme));

            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_FORBIDDEN_ADDRESS, () -> recorder.record(origin.url(playlist)));

            assertThat(failure.getOriginalMessage()).as(scheme).contains("only http:// and https:// URLs are taken");
        }
        assertThat(canary.hits()).isZero();
    }

    /** The same playlists, read by an FFmpeg that has no guard: it does go there. */
    @ParameterizedTest
    @CsvSource({
        "segment, httpproxy",
        "key, httpproxy",
        "map, httpproxy",
        "variant, httpproxy",
        "variant, tcp",
        "media, httpproxy",
        "media, tcp",
        "base of dash, httpproxy",
        "template of dash, httpproxy",
        "segment of dash, httpproxy"
    })
    void aCarelessFfmpegGoesPastTheProxy(String place, String scheme) {
        origin.text("/piece.ts", "G".repeat(188));
        String playlist = serve(place, past(scheme));

        careless(origin.url(playlist));

        assertThat(canary.hits()).isPositive();
    }

    @Test
    void noPlaylistIsReadThatComesEncrypted() throws Exception {
        byte[] inner = ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + past("tcp") + "\n").getBytes(US_ASCII);
        byte[] key = new byte[16];
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        Files.write(site.resolve("key.bin"), key);
        for (String name : List.of("inner.ts", "inner.m3u8", "inner.mp4")) {
            Files.write(site.resolve(name), cipher.doFinal(inner));
            origin.text(
                    "/outer.m3u8",
                    HEAD
                            + "#EXT-X-KEY:METHOD=AES-128,URI=\"key.bin\",IV=0x00000000000000000000000000000000\n#EXTINF:2,\n"
                            + name + "\n" + END);

            assertThatThrownBy(() -> recorder.record(origin.url("/outer.m3u8")))
                    .cause()
                    .isInstanceOf(ApplicationFailure.class);
        }
        assertThat(canary.hits()).isZero();
    }

    @Test
    void ffmpegOpensNoPlaylistInAPieceOfHlsUnlessItIsAsked() {
        FfmpegOutput output = TestMedia.FFMPEG.run(
                FfmpegCommand.ffprobe(folder, Duration.ofMinutes(1), List.of("-h", "demuxer=hls")), progress -> {});

        assertThat(output.stdout()).containsPattern("-extension_picky .*default true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID3\4\0\0\0\0\0\2xx", "x\n"})
    void whatHidesAPlaylistAtItsBeginningIsNotRead(String before) {
        origin.text("/v.m3u8", before + "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + past("tcp") + "\n");

        assertThatThrownBy(() -> recorder.record(origin.url("/v.m3u8"))).cause().isInstanceOf(ApplicationFailure.class);
        assertThat(canary.hits()).isZero();
    }

    private String past(String scheme) {
        return switch (scheme) {
            case "httpproxy" -> "httpproxy://127.0.0.1:" + canary.port() + "/169.254.169.254:80/x.ts";
            case "data" -> "data:video/mp2t;base64,AAAA";
            case "concat" -> "concat:tcp://127.0.0.1:" + canary.port() + "/x.ts|tcp://127.0.0.1:1/x.ts";
            case "subfile" -> "subfile:tcp://127.0.0.1:" + canary.port() + "/x.ts";
            case "file", "unix" -> scheme + ":///etc/passwd.ts";
            default -> scheme + "://127.0.0.1:" + canary.port() + "/x.ts";
        };
    }

    private void careless(String url) {
        try {
            TestMedia.WITHOUT_SANDBOX.run(
                    FfmpegCommand.ffprobe(
                            folder,
                            Duration.ofSeconds(20),
                            List.of(
                                    "-protocol_whitelist",
                                    "http,https,tcp,tls,crypto,httpproxy",
                                    "-rw_timeout",
                                    "3000000",
                                    "-show_entries",
                                    "format=duration",
                                    "-i",
                                    url)),
                    progress -> {});
        } catch (FfmpegFailure nothingToSee) {
            // It went there, or it did not.
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("hostile")
    void noPlaylistLeadsWhereNobodyMayGo(String place, String target) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.ts"), "canary-of-a-secret");
        String url = target.replace("CANARY", String.valueOf(canary.port())).replace("SECRET", secret.toString());
        String playlist = serve(place, url);

        assertThatThrownBy(() -> recorder.record(origin.url(playlist)))
                .cause()
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageNotContaining("canary-of-a-secret");

        assertThat(canary.hits()).isZero();
        assertThat(recorder.store.list(new ObjectKey("organizations"))).isEmpty();
    }

    static List<Object[]> hostile() {
        List<Object[]> cases = new ArrayList<>();
        List<String> addresses = List.of(
                "127.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "0",
                "user:pw@127.0.0.1",
                "127.0.0.2@127.0.0.1");
        for (String address : addresses) {
            cases.add(new Object[] {"segment", "http://" + address + ":CANARY/a.ts"});
        }
        for (String place :
                List.of("variant", "key", "map", "media", "redirect", "dash", "sole", "redirected playlist")) {
            cases.add(new Object[] {place, "http://127.0.0.1:CANARY/a.ts"});
            cases.add(new Object[] {place, "https://[::1]:CANARY/a.ts"});
        }
        for (String other : List.of(
                "file:///etc/passwd",
                "file://SECRET",
                "SECRET",
                "concat:SECRET|SECRET",
                "subfile,,start,0,end,9,,:SECRET",
                "data:text/plain;base64,AAAA",
                "pipe:0",
                "unix:/tmp/x.sock",
                "udp://127.0.0.1:CANARY",
                "rtp://127.0.0.1:CANARY",
                "rtmp://127.0.0.1:CANARY/a",
                "rtsp://127.0.0.1:CANARY/a",
                "tcp://127.0.0.1:CANARY",
                "tls://127.0.0.1:CANARY",
                "srt://127.0.0.1:CANARY",
                "gopher://127.0.0.1:CANARY/1",
                "ftp://127.0.0.1:CANARY/a.ts",
                "crypto:file:SECRET",
                "async:file:SECRET",
                "cache:file:SECRET",
                "hls+file:SECRET",
                "httpproxy://127.0.0.1:CANARY/127.0.0.1:CANARY")) {
            cases.add(new Object[] {"segment", other});
        }
        cases.add(new Object[] {"key", "file://SECRET"});
        cases.add(new Object[] {"map", "file://SECRET"});
        cases.add(new Object[] {"variant", "file://SECRET"});
        cases.add(new Object[] {"redirect", "file://SECRET"});
        cases.add(new Object[] {"redirect", "tcp://127.0.0.1:CANARY"});
        cases.add(new Object[] {"dash", "file://SECRET"});
        return cases;
    }

    /** The path of a playlist in which {@code url} stands at this place. */
    private String serve(String place, String url) {
        String piece = "#EXTINF:2,\n" + origin.url("/piece.ts") + "\n";
        String path = place.contains("dash") ? "/hostile.mpd" : "/hostile.m3u8";
        origin.text(
                path,
                switch (place) {
                    case "segment" -> HEAD + "#EXTINF:2,\n" + url + "\n" + END;
                    case "key" -> HEAD + "#EXT-X-KEY:METHOD=AES-128,URI=\"" + url + "\"\n" + piece + END;
                    case "map" -> HEAD + "#EXT-X-MAP:URI=\"" + url + "\"\n" + piece + END;
                    case "variant" -> "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + url + "\n";
                    case "media" ->
                        "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",DEFAULT=YES,URI=\"" + url
                                + "\"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\n" + origin.url("/missing.m3u8")
                                + "\n";
                    case "subtitles" ->
                        "#EXTM3U\n#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"s\",DEFAULT=YES,URI=\"" + url
                                + "\"\n#EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES=\"s\"\n" + origin.url("/missing.m3u8")
                                + "\n";
                    case "redirect" -> HEAD + "#EXTINF:2,\n" + origin.url("/elsewhere.ts") + "\n" + END;
                    case "dash", "base of dash" ->
                        dash("<BaseURL>" + url + "</BaseURL><SegmentList duration=\"2\">"
                                + "<Initialization sourceURL=\"i.mp4\"/><SegmentURL media=\"1.m4s\"/></SegmentList>");
                    case "template of dash" ->
                        dash("<SegmentTemplate duration=\"2\" startNumber=\"1\" initialization=\"" + url + "\" media=\""
                                + url + "\"/>");
                    case "segment of dash" ->
                        dash("<SegmentList duration=\"2\"><Initialization sourceURL=\"" + url
                                + "\"/><SegmentURL media=\"" + url + "\"/></SegmentList>");
                    default -> "";
                });
        return switch (place) {
            case "redirect" -> {
                origin.redirect("/elsewhere.ts", url);
                yield path;
            }
            case "redirected playlist" -> {
                origin.redirect("/moved.m3u8", url);
                yield "/moved.m3u8";
            }
            case "sole" -> {
                origin.redirect("/sole.mpd", url);
                yield "/sole.mpd";
            }
            default -> path;
        };
    }

    private static String dash(String segments) {
        return """
                <?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S"
                 profiles="urn:mpeg:dash:profile:isoff-main:2011" minBufferTime="PT2S"><Period><AdaptationSet mimeType="video/mp4">
                <Representation id="1" bandwidth="1" codecs="avc1.4d401f">%s</Representation></AdaptationSet></Period></MPD>
                """.formatted(segments);
    }

    private SourceProperties sources(boolean open) {
        return sources(open, Duration.ofSeconds(10));
    }

    private SourceProperties sources(boolean open, Duration slowWindow) {
        SourceProperties all = RecorderFixture.impatient();
        return new SourceProperties(
                false,
                open,
                List.of(Origin.ADDRESS),
                Set.of(origin.port(), canary.port()),
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(50),
                all.redirects(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                slowWindow,
                all.slowSize(),
                Duration.ofSeconds(60),
                all.resumes());
    }
}
