package tv.tldr.activities.clip;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.TimeRange;

/** Sources as phones, screen recorders, broadcasts and broken transfers make them. */
class ClipCutterOddSourcesIT {
    private static final int SECONDS = 30;
    private static final String AAC = "-bf 2 -g 50 -c:a aac ";

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeMaterial() {
        NumberedSource.write(folder, SECONDS);
    }

    @Test
    void writesWhatEveryBrowserPlaysAtOnce() throws IOException {
        Path source = make(AAC + "-metadata location=+48.1+11.5/ -metadata title=secret plain.mp4");

        Clip clip = cut(source, new TimeRange(5, 9));

        String description = description(clip.file());
        assertThat(description)
                .contains("codec_name=h264", "pix_fmt=yuv420p", "width=160", "height=96", "avg_frame_rate=25/1")
                .contains("codec_name=aac", "sample_rate=48000", "channels=1", "TAG:comment=a test")
                .doesNotContain("TAG:location", "secret");
        assertThat(indexOf("moov", clip.file())).isLessThan(indexOf("mdat", clip.file()));
    }

    @Test
    void takesTheThumbnailAtThePeak() {
        Path source = make(AAC + "peak.mp4");

        Clip clip = cut(source, facts(source), new TimeRange(5, 12), 8.4);

        Path thumbnail = requireNonNull(clip.thumbnail());
        assertThat(NumberedSource.numbers(thumbnail, "")).containsExactly(8 * 25 + 10);
        assertThat(description(thumbnail)).contains("codec_name=mjpeg", "width=160", "height=96");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.99, 30, 99})
    void hasAThumbnailWhereverThePeakIs(double peak) {
        Path source = make(AAC + "peak.mp4");

        Clip clip = cut(source, facts(source), new TimeRange(0, 2), peak);

        assertThat(NumberedSource.numbers(requireNonNull(clip.thumbnail()), "")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"90, transpose=clock", "-90, transpose=cclock", "180, 'hflip,vflip'"})
    void turnsThePictureAsAPlayerDoes(int counterClockwise, String back) {
        make(AAC + "flat.mp4");
        Path source =
                TestMedia.make(folder, "-display_rotation " + counterClockwise + " -i flat.mp4 -c copy turned.mov");
        TimeRange range = new TimeRange(7.5, 11);

        Clip clip = cut(source, range);

        Exactness found = new Exactness.Source(source, facts(source), back + ",").of(clip.file(), range);
        assertExact(found);
        assertThat(description(clip.file()))
                .contains(counterClockwise == 180 ? "width=160" : "width=96")
                .doesNotContain("rotation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not(mod(n,7))+not(mod(n,5))+lt(mod(n,100),30) | uneven.mp4 | 10.013 | 14",
                "not(mod(n,7))+not(mod(n,5))+lt(mod(n,100),30) | uneven.mkv | 20.5 | 24",
                "not(mod(n,200)) | slides.mp4 | 10 | 19",
                "not(mod(n,200)) | slides.mkv | 25 | 29.9",
                "not(between(t,8,18)) | gap.mp4 | 10 | 16",
                "not(between(t,8,18)) | gap.mp4 | 12 | 22",
                "not(between(t,8,18)) | gap.mp4 | 5 | 15",
                "not(between(t,8,18)) | gap.ts | 12 | 22",
                "lt(t,10) | picture-ends.mp4 | 20 | 25",
                "lt(t,10) | picture-ends.mkv | 20 | 25",
                "lt(t,22) | picture-ends-within.mp4 | 20 | 28",
                "lt(t,22) | picture-ends-within.mkv | 20 | 28"
            })
    void showsTheLastPictureWhereNoNewOneComes(String kept, String name, double start, double end) {
        Path source = make("-vf select='" + kept + "' -fps_mode vfr " + AAC + name);
        MediaFacts facts = facts(source);
        TimeRange range = new TimeRange(start, end);

        Clip clip = cut(source, range);

        int[] numbers = NumberedSource.numbers(source, "");
        double[] times = NumberedSource.times(source);
        int[] shown = NumberedSource.numbers(clip.file(), "");
        double[] at = NumberedSource.times(clip.file());
        assertThat(at[0]).isZero();
        for (int i = 0; i < shown.length; i++) {
            double time = facts.startTime() + start + at[i];
            assertThat(shown[i])
                    .as("at " + time)
                    .isBetween(numbers[placeOf(times, time - 0.04)], numbers[placeOf(times, time + 0.04)]);
        }
        TimeRange picture = requireNonNull(clip.tracks().picture());
        assertThat(picture.end()).isCloseTo(range.duration(), within(0.045));
        assertThat(clip.thumbnail()).isNotNull();
        Exactness found = new Exactness.Source(source, facts, "").of(clip.file(), range);
        assertThat(Math.abs(found.firstSound())).isLessThan(20);
        assertThat(Math.abs(found.lastSound())).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence.mp4", "silence.mkv", "silence.ts"})
    void keepsSoundInStepBehindAHoleInIt(String name) {
        Path source = make("-af aselect='not(between(t,10,10.5))' " + AAC + name);
        for (TimeRange range : List.of(new TimeRange(8, 13), new TimeRange(10.2, 13))) {
            Clip clip = cut(source, range);

            Exactness found = new Exactness.Source(source, facts(source), "").of(clip.file(), range);
            assertThat(Math.abs(found.lastSound())).as(name + found).isLessThan(20);
            assertThat(clip.tracks().audioOffset()).isCloseTo(0, within(0.02));
        }
    }

    @ParameterizedTest
    @CsvSource({"damaged.mp4, 12, 22", "damaged.mkv, 12, 22", "damaged.ts, 12, 22", "damaged.ts, 15.2, 22"})
    void cutsAcrossADamagedPart(String name, double start, double end) throws IOException {
        Path source = make(AAC + name);
        MediaFacts facts = facts(source);
        Exactness.Source whole = new Exactness.Source(source, facts, "");
        damage(source, 0.48, 0.56);
        TimeRange range = new TimeRange(start, end);

        Clip clip = cut(source, facts, range, 20);

        Exactness found = whole.of(clip.file(), range);
        assertThat(clip.tracks().end()).isCloseTo(range.duration(), within(0.04));
        assertThat(Math.abs(found.lastFrame())).as(name + found).isLessThanOrEqualTo(1);
        assertThat(Math.abs(found.lastSound())).as(name + found).isLessThan(20);
    }

    @Test
    void endsWhereATruncatedSourceEnds() throws IOException {
        Path source = make(AAC + "-movflags +faststart truncated.mp4");
        MediaFacts facts = facts(source);
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(file.length() * 2 / 3);
        }

        Clip clip = cut(source, facts, new TimeRange(15, 25), 16);

        assertThat(clip.tracks().end()).isBetween(4.0, 6.0);
        assertThat(requireNonNull(clip.tracks().picture()).end())
                .isCloseTo(clip.tracks().end(), within(0.3));
    }

    @Test
    void failsWhereNothingCanBeDecoded() throws IOException {
        Path source = make(AAC + "-movflags +faststart nothing.mp4");
        MediaFacts facts = facts(source);
        damage(source, (double) indexOf("mdat", source) / Files.size(source), 1);

        assertThatThrownBy(() -> cut(source, facts, new TimeRange(15, 20), 16)).hasMessageContaining("can be decoded");
    }

    @Test
    void keepsTheSoundWhenNoFrameCanBeDecoded() throws IOException {
        Path source = make("-bf 0 -c:a aac -movflags +faststart blind.mp4");
        MediaFacts facts = facts(source);
        byte[] bytes = Files.readAllBytes(source);
        // With another name its codec is unknown; the sound beside it stays readable.
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("avc1", 200)] = 'x';
        Files.write(source, bytes);

        Clip clip = cut(source, facts, new TimeRange(5, 8), 6);

        assertThat(clip.file().getFileName()).hasToString("clip.m4a");
        assertThat(clip.thumbnail()).isNull();
        assertThat(clip.tracks().end()).isCloseTo(3, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.mp3", "s.m4a", "s.flac", "s.ogg", "s.wav", "s.aac", "s.mka"})
    void cutsSoundAloneIntoM4a(String name) {
        Path source = TestMedia.make(folder, "-f s16le -sample_rate 48000 -ch_layout mono -i sound.raw " + name);
        Exactness.Source truth = new Exactness.Source(source, facts(source), "");
        for (TimeRange range : List.of(new TimeRange(0, 3), new TimeRange(10.013, 14), new TimeRange(26, 29.5))) {
            Clip clip = cut(source, range);

            Exactness found = truth.of(clip.file(), range);
            assertThat(Math.abs(found.firstSound())).as(name + range + found).isLessThan(20);
            assertThat(Math.abs(found.lastSound())).as(name + range + found).isLessThan(20);
            assertThat(clip.file().getFileName()).hasToString("clip.m4a");
            assertThat(clip.thumbnail()).isNull();
            assertThat(clip.tracks().picture()).isNull();
            assertThat(clip.tracks().end()).isCloseTo(range.duration(), within(0.03));
            assertThat(clip.tracks().audioOffset()).isZero();
        }
    }

    @Test
    void cutsPictureAlone() {
        Path source = make("-an silent.mp4");
        TimeRange range = new TimeRange(10.013, 14);

        Clip clip = cut(source, range);

        assertExact(new Exactness.Source(source, facts(source), "").of(clip.file(), range));
        assertThat(clip.tracks().sound()).isNull();
        assertThat(clip.tracks().audioOffset()).isZero();
    }

    @Test
    void cutsAVideoOfOneSecond() {
        Path source = make(AAC + "-t 1 second.mp4");
        TimeRange range = new TimeRange(0, facts(source).duration());

        Clip clip = cut(source, range);

        assertExact(new Exactness.Source(source, facts(source), "").of(clip.file(), range));
        assertThat(NumberedSource.numbers(clip.file(), "")).hasSize(25);
    }

    @Test
    void honoursEditListsThatBeginBeforeZero() {
        make(AAC + "long.mp4");
        Path source = TestMedia.make(folder, "-ss 3.5 -i long.mp4 -c copy edited.mp4");
        for (TimeRange range : List.of(new TimeRange(0, 3), new TimeRange(10.013, 14))) {
            Clip clip = cut(source, range);

            assertExact(new Exactness.Source(source, facts(source), "").of(clip.file(), range));
        }
    }

    @Test
    void makesOddSizesEvenWideSoundStereoAndFineSamplesUsual() {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=161x97:rate=25:d=4 -f lavfi -i anoisesrc=r=96000:d=4:a=0.1 -filter_complex"
                        + " [1:a]pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0[a] -map 0:v -map [a] -c:v ffv1"
                        + " -pix_fmt yuv444p10 -c:a pcm_s24le odd.mkv");

        Clip clip = cut(source, new TimeRange(1, 3));

        assertThat(description(clip.file()))
                .contains("width=160", "height=96", "pix_fmt=yuv420p", "channels=2", "sample_rate=48000");
    }

    @Test
    void makesInterlacedPicturesProgressive() {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=320x180:rate=50:d=6 -vf tinterlace=interleave_top,setfield=tff -c:v"
                        + " mpeg2video -flags +ilme+ildct -q:v 2 interlaced.ts");
        MediaFacts facts = facts(source);

        Clip clip = cut(source, facts, new TimeRange(2, 4), 3);

        assertThat(description(clip.file())).contains("avg_frame_rate=25/1");
        assertThat(combing(source)).isGreaterThan(2 * combing(clip.file()));
    }

    @Test
    void usesTheTrackThatTheFactsName() {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=64x64:rate=10:d=30 " + NumberedSource.input("25")
                        + "-map 0:v -map 1:v -map 2:a -disposition:v:1 default -disposition:v:0 0 "
                        + NumberedSource.H264 + AAC + "two.mkv");
        MediaFacts facts = facts(source);
        assertThat(requireNonNull(facts.video()).index()).isEqualTo(1);

        Clip clip = cut(source, facts, new TimeRange(5, 6), 5);

        assertThat(NumberedSource.numbers(clip.file(), "")[0]).isEqualTo(5 * 25);
    }

    private static void assertExact(Exactness found) {
        assertThat(Math.abs(found.firstFrame())).as(found.toString()).isLessThanOrEqualTo(1);
        assertThat(Math.abs(found.lastFrame())).as(found.toString()).isLessThanOrEqualTo(1);
        assertThat(found.jumps()).as(found.toString()).isZero();
        assertThat(found.worstFrame()).as(found.toString()).isLessThan(0.002);
        assertThat(Math.abs(found.firstSound())).as(found.toString()).isLessThan(20);
        assertThat(Math.abs(found.lastSound())).as(found.toString()).isLessThan(20);
    }

    /** The frame that is shown at {@code time}. */
    private static int placeOf(double[] times, double time) {
        int place = Arrays.binarySearch(times, time);
        return Math.max(0, place >= 0 ? place : -place - 2);
    }

    private static void damage(Path file, double from, double to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] rubbish = new byte[(int) (bytes.length * (to - from))];
        new Random(4).nextBytes(rubbish);
        System.arraycopy(rubbish, 0, bytes, (int) (bytes.length * from), rubbish.length);
        Files.write(file, bytes);
    }

    private static int indexOf(String word, Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    /** How much neighbouring lines differ more than lines of the same field do. */
    private static double combing(Path video) {
        List<String> arguments = List.of(
                "-ss", "1", "-i", video.toString(), "-frames:v", "10", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1");
        byte[] pixels = TestMedia.FFMPEG.read(
                FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), arguments), InputStream::readAllBytes, () -> {});
        double sum = 0;
        for (int i = 2 * 320; i < pixels.length; i++) {
            int here = pixels[i] & 0xff;
            sum += Math.max(0, Math.abs(here - (pixels[i - 320] & 0xff)) - Math.abs(here - (pixels[i - 640] & 0xff)));
        }
        return sum / pixels.length;
    }

    private static String description(Path file) {
        List<String> arguments = new ArrayList<>(List.of("-show_streams", "-show_format", file.toString()));
        return TestMedia.FFMPEG
                .run(FfmpegCommand.ffprobe(folder, Duration.ofMinutes(1), arguments), progress -> {})
                .stdout();
    }

    private static Path make(String options) {
        return TestMedia.make(folder, NumberedSource.input("25") + NumberedSource.H264 + options);
    }

    private static MediaFacts facts(Path source) {
        return new Probe(TestMedia.FFMPEG).probe(new MediaInput(source), folder, () -> {});
    }

    private static Clip cut(Path source, TimeRange range) {
        return cut(source, facts(source), range, range.middle());
    }

    private static Clip cut(Path source, MediaFacts facts, TimeRange range, double peak) {
        ClipWindow window = new ClipWindow(facts, range, peak);
        return new ClipCutter(TestMedia.FFMPEG, 2).cut(new MediaInput(source), window, "a test", folder, done -> {});
    }
}
