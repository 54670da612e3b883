package tv.tldr.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tv.tldr.api.export.Footage.Moment;
import tv.tldr.workflows.stream.TimeRange;

class ExportsTest {
    private static final String NASTY = "Größter\u0001 \"Moment\" <&>\nline\u2028two \ud83c\udfaf \ud800";
    private static final FrameRate NTSC = FrameRate.near(29.97);
    private static final Footage FOOTAGE = footage(NTSC, true, true);

    @Test
    void knowsTheExactRateBehindAMeasuredOne() {
        assertThat(FrameRate.near(29.97)).isEqualTo(new FrameRate(30_000, 1001));
        assertThat(FrameRate.near(23.976024)).isEqualTo(new FrameRate(24_000, 1001));
        assertThat(FrameRate.near(25)).isEqualTo(new FrameRate(25, 1));
        assertThat(FrameRate.near(17.3)).isEqualTo(new FrameRate(17, 1));
        assertThat(FrameRate.near(Double.NaN)).isEqualTo(FrameRate.USUAL);
        assertThat(FrameRate.near(0)).isEqualTo(FrameRate.USUAL);
    }

    @Test
    void namesFramesBySecondsAndRest() {
        assertThat(new FrameRate(25, 1).timecode(25 * 3661 + 7)).isEqualTo("01:01:01:07");
        assertThat(NTSC.timecode(NTSC.frames(10.01))).isEqualTo("00:00:10:00");
    }

    @Test
    void anEditDecisionListIsOneThatEditingProgramsRead() {
        List<String> lines = EditDecisionList.of(FOOTAGE).lines().toList();
        Pattern event = Pattern.compile(
                "(\\d{3})  (AX) {6} (B|V|A) {5}C {8}(\\d{2}:\\d{2}:\\d{2}:\\d{2}) (\\S{11}) (\\S{11}) (\\S{11})");

        assertThat(lines.subList(0, 2)).containsExactly("TITLE: match.mp4", "FCM: NON-DROP FRAME");
        List<Matcher> events =
                lines.stream().map(event::matcher).filter(Matcher::matches).toList();
        assertThat(events).extracting(match -> match.group(1)).containsExactly("001", "002");
        assertThat(events.get(0).group(6)).isEqualTo("01:00:00:00");
        assertThat(events.get(1).group(6))
                .as("one after the other")
                .isEqualTo(events.get(0).group(7));
        assertThat(frames(events.get(0), 4, 5)).isEqualTo(frames(events.get(0), 6, 7));
        assertThat(lines)
                .allMatch(line -> line.isEmpty()
                        || event.matcher(line).matches()
                        || line.startsWith("* ")
                        || line.startsWith("TITLE: ")
                        || line.startsWith("FCM: "))
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("* COMMENT: Groter \"Moment\" <&> line two")
                        || line.startsWith("* COMMENT: Gro?ter \"Moment\" <&> line two"));
    }

    private static int frames(Matcher event, int from, int to) {
        return count(event.group(to)) - count(event.group(from));
    }

    private static int count(String timecode) {
        int[] parts = Pattern.compile(":")
                .splitAsStream(timecode)
                .mapToInt(Integer::parseInt)
                .toArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 30 + parts[3];
    }

    @Test
    void subtitlesAreNumberedAndKeepTheirBlankLinesBetweenThem() {
        List<String> blocks = List.of(Subtitles.of(FOOTAGE).split("\n\n"));

        assertThat(blocks).hasSize(2);
        assertThat(blocks.getFirst().lines().toList())
                .startsWith("1", "00:00:10,010 --> 00:00:25,500")
                .hasSize(4);
        assertThat(blocks.get(1).lines().toList()).containsExactly("2", "01:00:00,000 --> 01:00:00,001", "clutch_play");
    }

    @Test
    void aTimelineHasItsTracksClipsAndMedia() {
        JsonNode timeline = JsonMapper.shared().readTree(OpenTimeline.of(FOOTAGE));

        assertThat(timeline.path("OTIO_SCHEMA").asString()).isEqualTo("Timeline.1");
        JsonNode tracks = timeline.at("/tracks/children");
        assertThat(tracks.valueStream().map(track -> track.path("kind").asString()))
                .containsExactly("Video", "Audio");
        JsonNode clip = tracks.at("/0/children/0");
        assertThat(clip.path("OTIO_SCHEMA").asString()).isEqualTo("Clip.2");
        assertThat(clip.at("/source_range/start_time/value").asDouble()).isEqualTo(300);
        assertThat(clip.at("/source_range/start_time/rate").asDouble()).isEqualTo(30_000 / 1001.0);
        String reference = clip.path("active_media_reference_key").asString();
        assertThat(clip.path("media_references")
                        .path(reference)
                        .path("target_url")
                        .asString())
                .isEqualTo("https://media.example.com/match.mp4?a=1&b=2");
        assertThat(clip.at("/metadata/tldr/tags/0").asString()).isEqualTo("final");
        assertThat(tracks.at("/0/children").size()).isEqualTo(2);
    }

    @Test
    void aFinalCutProjectIsXmlWhoseTimesAreWholeFrames() throws Exception {
        Document document = parse(FinalCut.of(FOOTAGE));

        assertThat(document.getDocumentElement().getAttribute("version")).isEqualTo("1.10");
        assertThat(element(document, "format", 0).getAttribute("frameDuration")).isEqualTo("1001/30000s");
        Element first = element(document, "asset-clip", 0);
        assertThat(first.getAttribute("start")).isEqualTo("300300/30000s");
        assertThat(first.getAttribute("offset")).isEqualTo("0s");
        assertThat(element(document, "asset-clip", 1).getAttribute("offset")).isEqualTo(first.getAttribute("duration"));
        assertThat(first.getAttribute("name")).contains("Größter").contains("<&>");
        assertThat(element(document, "media-rep", 0).getAttribute("src"))
                .isEqualTo("https://media.example.com/match.mp4?a=1&b=2");
        assertThat(element(document, "asset", 0).getAttribute("id")).isEqualTo(first.getAttribute("ref"));
    }

    @Test
    void nothingOfAPictureIsClaimedWhereThereIsNone() throws Exception {
        Footage sound = footage(FrameRate.USUAL, false, true);

        assertThat(EditDecisionList.of(sound)).contains("001  AX       A     C");
        assertThat(element(parse(FinalCut.of(sound)), "asset", 0).hasAttribute("hasVideo"))
                .isFalse();
        assertThat(JsonMapper.shared()
                        .readTree(OpenTimeline.of(sound))
                        .at("/tracks/children")
                        .valueStream()
                        .map(track -> track.path("kind").asString()))
                .containsExactly("Audio");
    }

    @Test
    void aTableComesBackAsItWasAndComputesNothing() {
        Table table = new Table(List.of("title", "number"));
        table.add("comma, \"quote\"\nline", 1.5);
        table.add("=HYPERLINK(\"http://x\")", -2);
        table.add("", 3);

        List<Object> rows = new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Object>readValues(table.text())
                .readAll();

        assertThat(rows.toString())
                .isEqualTo("[{title=comma, \"quote\"\nline, number=1.5}, {title='=HYPERLINK(\"http://x\"), number=-2},"
                        + " {title=, number=3}]");
        assertThat(new Table(List.of("a", "b")).text().strip()).isEqualTo("a,b");
    }

    @Test
    void nothingIsExportedAsAnEmptyProject() throws Exception {
        Footage none = new Footage("x", "https://media.example.com/x", 0, NTSC, 1, 1, true, true, List.of());

        assertThat(EditDecisionList.of(none).lines()).hasSize(2);
        assertThat(Subtitles.of(none)).isEmpty();
        assertThat(parse(FinalCut.of(none)).getElementsByTagName("asset-clip").getLength())
                .isZero();
        assertThat(JsonMapper.shared().readTree(OpenTimeline.of(none)).at("/tracks/children/0/children"))
                .isEmpty();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Element element(Document document, String name, int index) {
        return IntStream.range(0, document.getElementsByTagName(name).getLength())
                .mapToObj(i -> (Element) document.getElementsByTagName(name).item(i))
                .toList()
                .get(index);
    }

    private static Footage footage(FrameRate rate, boolean video, boolean audio) {
        return new Footage(
                "match.mp4",
                "https://media.example.com/match.mp4?a=1&b=2",
                5400,
                rate,
                1280,
                720,
                video,
                audio,
                List.of(
                        new Moment(
                                "hl_1",
                                new TimeRange(10.01, 25.5),
                                NASTY,
                                "in\n\nwords",
                                "clutch_play",
                                List.of("final"),
                                0.99),
                        new Moment("hl_2", new TimeRange(3600, 3600.001), "", "", "clutch_play", List.of(), 0.8)));
    }
}
