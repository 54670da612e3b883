package tv.tldr.activities.clip;

import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.TimeRange;

/** Every clip is compared with a full decode of its whole source. */
class ClipCutterIT {
    private static final int SECONDS = 66;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeMaterial() {
        NumberedSource.write(folder, SECONDS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            MP4 with B-frames             | b.mp4      | 25         | -bf 3 -g 75 -c:a aac
            Matroska                      | b.mkv      | 25         | -bf 3 -g 75 -c:a aac
            Matroska without an index     | live.mkv   | 25         | -bf 3 -g 75 -c:a aac -live 1
            fragmented MP4                | frag.mp4   | 25         | -bf 3 -g 75 -c:a aac -movflags frag_keyframe+empty_moov
            open groups of frames         | open.mp4   | 25         | -bf 3 -x264-params open-gop=1:keyint=75:min-keyint=75:scenecut=0:b-adapt=0 -c:a aac
            open groups in a TS           | open.ts    | 25         | -bf 3 -x264-params open-gop=1:keyint=75:min-keyint=75:scenecut=0:b-adapt=0 -c:a aac
            one keyframe in 24 s          | sparse.mp4 | 25         | -bf 3 -x264-params keyint=600:scenecut=0 -c:a aac
            one keyframe in 24 s in a TS  | sparse.ts  | 25         | -bf 3 -x264-params keyint=600:scenecut=0 -c:a aac
            TS that begins at 26 hours    | late.ts    | 25         | -bf 3 -g 75 -c:a aac -output_ts_offset 93600
            FLV                           | b.flv      | 25         | -bf 2 -g 50 -c:a aac
            WebM with VP9 and Opus        | b.webm     | 25         | -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 75 -b:v 300k -c:a libopus
            AVI with MPEG-4 and MP3       | b.avi      | 25         | -c:v mpeg4 -g 50 -q:v 2 -c:a libmp3lame
            MPEG-2 program stream         | b.mpg      | 25         | -c:v mpeg2video -bf 2 -g 15 -q:v 2 -c:a mp2
            30000/1001 frames a second    | ntsc.mkv   | 30000/1001 | -bf 3 -c:a aac -shortest
            """)
    void cutsWhereItSays(String container, String name, String rate, String options) {
        Path source = TestMedia.make(folder, NumberedSource.input(rate) + NumberedSource.H264 + options + " " + name);
        MediaFacts facts = facts(source);
        Exactness.Source truth = new Exactness.Source(source, facts, "");
        SoftAssertions softly = new SoftAssertions();
        for (TimeRange range : new TimeRange[] {
            new TimeRange(0, 3),
            new TimeRange(10.013, 14),
            new TimeRange(12, 15.5),
            new TimeRange(facts.duration() > 63 ? 58.5 : 48.5, facts.duration() > 63 ? 61.97 : 51.97),
            new TimeRange(facts.duration() - 2.5, facts.duration())
        }) {
            Clip clip = cut(source, facts, range);
            Exactness found = truth.of(clip.file(), range);
            String what = container + " " + range + " " + found + " " + clip.tracks();
            softly.assertThat(Math.abs(found.firstFrame())).as(what).isLessThanOrEqualTo(1);
            softly.assertThat(Math.abs(found.lastFrame())).as(what).isLessThanOrEqualTo(1);
            softly.assertThat(found.jumps()).as(what).isZero();
            softly.assertThat(found.worstFrame()).as(what).isLessThan(0.002);
            softly.assertThat(Math.abs(found.firstSound())).as(what).isLessThan(20);
            softly.assertThat(Math.abs(found.lastSound())).as(what).isLessThan(20);
            softly.assertThat(Math.abs(clip.tracks().audioOffset())).as(what).isLessThan(0.02);
            softly.assertThat(clip.tracks().end())
                    .as(what)
                    .isCloseTo(Math.min(range.end(), truth.end()) - range.start(), within(0.04));
        }
        softly.assertAll();
    }

    private static MediaFacts facts(Path source) {
        return new Probe(TestMedia.FFMPEG).probe(new MediaInput(source), folder, () -> {});
    }

    private static Clip cut(Path source, MediaFacts facts, TimeRange range) {
        ClipWindow window = new ClipWindow(facts, range, range.middle());
        return new ClipCutter(TestMedia.FFMPEG, 2).cut(new MediaInput(source), window, "a test", folder, done -> {});
    }
}
