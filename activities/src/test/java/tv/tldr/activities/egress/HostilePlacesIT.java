package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * Every hostile URL in every place where a playlist names something, and as the target of a redirect: what of it a program gets
 * to see leads to the site of the playlist, or the proxy does not go there.
 */
class HostilePlacesIT {
    private static final Map<String, String> HLS = Map.ofEntries(
            Map.entry("segment", "#EXTINF:2,\n%s"),
            Map.entry("part", "#EXT-X-PART:DURATION=1,URI=\"%s\""),
            Map.entry("hint", "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"%s\""),
            Map.entry("key", "#EXT-X-KEY:METHOD=AES-128,URI=\"%s\""),
            Map.entry("session key", "#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"%s\""),
            Map.entry("session data", "#EXT-X-SESSION-DATA:DATA-ID=\"a\",URI=\"%s\""),
            Map.entry("map", "#EXT-X-MAP:URI=\"%s\""),
            Map.entry("variant", "#EXT-X-STREAM-INF:BANDWIDTH=1\n%s"),
            Map.entry("frames", "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=\"%s\""),
            Map.entry("sound", "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",URI=\"%s\""),
            Map.entry("subtitles", "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"a\",NAME=\"a\",URI=\"%s\""),
            Map.entry("report", "#EXT-X-RENDITION-REPORT:URI=\"%s\""),
            Map.entry("asset", "#EXT-X-DATERANGE:ID=\"a\",X-ASSET-URI=\"%s\""),
            Map.entry("without quotes", "#EXT-X-KEY:METHOD=AES-128,URI=%s"));

    private static final Map<String, String> DASH = Map.of(
            "base", "<BaseURL>%s</BaseURL>",
            "base of a period", "<Period><BaseURL>%s</BaseURL></Period>",
            "location", "<Location>%s</Location>",
            "template", "<SegmentTemplate media=\"%s\"/>",
            "template of the beginning", "<SegmentTemplate initialization=\"%s\"/>",
            "segment of a list", "<SegmentList><SegmentURL media=\"%s\"/></SegmentList>",
            "index", "<SegmentList><SegmentURL index=\"%s\"/></SegmentList>",
            "beginning", "<SegmentBase><Initialization sourceURL=\"%s\"/></SegmentBase>");

    private static final Pattern NAMED = Pattern.compile(
            "(?m)^(?!#)(\\S+)$|URI=\"([^\"]*)\"|(?:media|initialization|index|sourceURL)=\"([^\"]*)\"|<(?:BaseURL|Location)>([^<]*)<");
    private static final Pattern SCHEME = Pattern.compile("[^/?#]*?:");

    @TempDir
    Path folder;

    private Canary canary;
    private Origin origin;
    private NameServer names;
    private GuardProxy proxy;
    private List<HostileUrls.Hostile> hostile;

    /** What a program would ask the proxy for. */
    private final Set<String> asked = new TreeSet<>();

    @BeforeEach
    void open() throws IOException {
        canary = new Canary();
        origin = new Origin(folder);
        names = new NameServer();
        hostile = HostileUrls.all(canary, origin, names);
        proxy = new GuardProxy(
                names.names(),
                AddressPolicy.excepting(false, List.of(Origin.ADDRESS)),
                Set.of(80, 443, canary.port(), origin.port()),
                new EgressLimits(100_000, DataSize.ofMegabytes(10)),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "test");
    }

    @AfterEach
    void close() {
        proxy.close();
        names.close();
        origin.close();
        canary.close();
    }

    @Test
    void noneIsReachedFromAnyPlaceOfAPlaylist() throws IOException {
        PublicUrl playlist = PublicUrl.parse(origin.url("/v"));
        Map<String, Integer> shown = new LinkedHashMap<>();
        for (HostileUrls.Hostile one : hostile) {
            HLS.forEach((place, line) -> look(
                    place,
                    shown,
                    () -> HlsPlaylist.shown(bytes("#EXTM3U\n" + line.formatted(one.url()) + "\n"), playlist)));
            String xml = one.url().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            DASH.forEach((place, element) -> look(
                    place,
                    shown,
                    () -> DashPlaylist.shown(bytes("<MPD>" + element.formatted(xml) + "</MPD>"), playlist)));
        }

        assertThat(shown).as("a name is known by whoever dials it").hasSize(HLS.size() + DASH.size());
        assertThat(asked).hasSizeGreaterThan(50);
        nobodyAnswers();
    }

    @Test
    void noneIsReachedByARedirectOfAPiece() throws IOException {
        for (int i = 0; i < hostile.size(); i++) {
            String url = hostile.get(i).url().replaceAll("[\r\n]", "");
            origin.redirect("/piece" + i, 302, url);
            String answer = get(origin.url("/piece" + i));
            assertThat(answer).as(url).matches("(?s)HTTP/1.1 (302|403|502) .*");
            Matcher location = Pattern.compile("(?im)^location: (.*)$").matcher(answer);
            if (location.find()) {
                asked.add(location.group(1));
            }
        }

        assertThat(asked).hasSizeGreaterThan(50).allMatch(url -> url.startsWith("http://"));
        nobodyAnswers();
    }

    private interface Showing {
        byte[] playlist();
    }

    private void look(String place, Map<String, Integer> shown, Showing showing) {
        String text;
        try {
            text = new String(showing.playlist(), UTF_8);
        } catch (ForbiddenAddressException refused) {
            return;
        }
        shown.merge(place, 1, Integer::sum);
        Matcher named = NAMED.matcher(text.replaceFirst("<\\?xml[^>]*>", ""));
        while (named.find()) {
            for (int group = 1; group <= named.groupCount(); group++) {
                String url = named.group(group);
                if (url != null && !url.startsWith("<")) {
                    see(place, url);
                }
            }
        }
    }

    /** It is absolute and plain, or certain to be of the same site. */
    private void see(String place, String url) {
        if (url.startsWith("http://")) {
            asked.add(url.replace("&amp;", "&"));
        } else {
            assertThat(url).as(place).doesNotStartWith("//");
            assertThat(SCHEME.matcher(url).lookingAt()).as(place + " " + url).isFalse();
        }
    }

    private void nobodyAnswers() throws IOException {
        for (String url : asked) {
            assertThat(get(url)).as(url).doesNotContain("secret").doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(canary.hits()).isZero();
    }

    private String get(String url) throws IOException {
        URI address = URI.create(proxy.url());
        String password = Base64.getEncoder().encodeToString(bytes(address.getUserInfo()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(bytes(
                            "GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nProxy-Authorization: Basic "
                                    + password + "\r\n\r\n"));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
