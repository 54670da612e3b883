package tv.tldr.activities.media.signal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.activities.media.signal.Measuring.curve;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

/** However a source is packed, paced, turned and clocked: the loud seconds are 9 to 11, and the cut is at 7.36 s. */
class SignalMeterOddSourcesIT {
    private static final String SOUND = "aevalsrc='sin(2764*t)*if(between(t,9.05,11.95),0.8,0.05)':d=16";
    private static final String H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -c:a aac";

    @TempDir
    Path folder;

    private record Odd(String name, String rate, String encoder, String copied, String file) {
        /** Whether the encoder betrays a cut, and nothing else, by what it spends, and two keyframes show it. */
        boolean hasTellingFrames() {
            return !List.of("only keyframes", "one keyframe", "WebM").contains(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code copied} are options of a second run that copies the packets; without any, there is none. */
    static Stream<Odd> sources() {
        return Stream.of(
                new Odd("MP4", "25", H264, "", "v.mp4"),
                new Odd("Matroska", "25", H264, "", "v.mkv"),
                new Odd("transport stream", "25", H264, "", "v.ts"),
                new Odd("FLV", "30", H264, "", "v.flv"),
                new Odd("AVI", "25", "-c:v mpeg4 -g 50 -q:v 5 -c:a mp3", "", "v.avi"),
                new Odd("WebM", "25", "-c:v libvpx -deadline realtime -cpu-used 8 -g 50 -c:a libopus", "", "v.webm"),
                new Odd("MPEG program stream", "25", "-c:v mpeg2video -g 15 -c:a mp2", "", "v.mpg"),
                new Odd("fragmented MP4", "25", H264 + " -movflags frag_keyframe+empty_moov", "", "v.mp4"),
                new Odd("only keyframes", "25", "-c:v mjpeg -pix_fmt yuvj420p -q:v 5 -c:a pcm_s16le", "", "v.mov"),
                new Odd("23.976 frames a second", "24000/1001", H264, "", "v.mp4"),
                new Odd("12.5 frames a second", "25/2", H264, "", "v.mp4"),
                new Odd("59.94 frames a second", "60000/1001", H264, "", "v.mkv"),
                new Odd("B-frames", "25", H264 + " -bf 3 -b_strategy 0", "", "v.mp4"),
                new Odd("B-frames in a transport stream", "25", H264 + " -bf 3 -b_strategy 0", "", "v.ts"),
                new Odd("open GOP", "25", H264 + " -bf 3 -x264-params open-gop=1", "", "v.mkv"),
                new Odd("keyframes 10 s apart", "25", H264 + " -g 250 -sc_threshold 0", "", "v.mp4"),
                new Odd("one keyframe", "25", H264 + " -g 9999 -sc_threshold 0", "", "v.mp4"),
                new Odd(
                        "variable frame rate",
                        "25",
                        "-vf select='not(mod(n,3))+lt(mod(n,20),7)' -fps_mode vfr " + H264,
                        "",
                        "v.mp4"),
                new Odd("turned by 90°", "25", H264, "-display_rotation 270 -i made.mkv", "v.mov"),
                new Odd("large start time", "25", H264, "-i made.mkv -output_ts_offset 5000", "v.ts"),
                new Odd("large start time of Matroska", "25", H264, "-i made.mkv -output_ts_offset 5000.3", "v.mkv"),
                new Odd("negative start time", "25", H264, "-i made.mkv -output_ts_offset 95433", "v.ts"),
                new Odd(
                        "B-frames and negative start",
                        "25",
                        H264 + " -bf 3",
                        "-i made.mkv -output_ts_offset 95433",
                        "v.ts"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void hearsAndSeesItAllTheSame(Odd odd) {
        Measuring measuring = Measuring.of(folder, make(odd));

        for (boolean thorough : new boolean[] {false, true}) {
            Signals whole = measuring.whole(thorough);
            double duration = measuring.facts().duration();
            Signals joined = Signals.join(
                    whole.seconds(),
                    List.of(measuring.window(0, 8, thorough), measuring.window(8, duration, thorough)));

            assertThat(curve(whole, SignalKind.LOUDNESS)).hasSizeBetween(16, 17);
            assertThat(loud(whole)).containsExactly(9, 10, 11);
            assertThat(loud(joined)).containsExactly(9, 10, 11);
            for (SignalKind kind : whole.curves().keySet()) {
                // Unevenness of what is not there: frames between keyframes.
                if (kind != SignalKind.FRAME_BYTES_SPREAD || !odd.name().equals("only keyframes")) {
                    assertThat(gaps(whole, kind)).as("gaps in " + kind).isEmpty();
                    assertThat(gaps(joined, kind)).as("gaps in joined " + kind).isEmpty();
                }
            }
            if (thorough || odd.hasTellingFrames()) {
                // With B-frames and no keyframe at the cut, the frame that pays for it may come two frames later.
                assertThat(whole.cuts())
                        .as("cuts, thorough " + thorough)
                        .singleElement()
                        .satisfies(cut -> assertThat(cut).isCloseTo(7.36, within(0.13)));
                assertThat(joined.cuts()).as("joined cuts").isEqualTo(whole.cuts());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.mp4", "v.mkv", "v.ts"})
    void aLateSoundLeavesAGapAndShiftsNothing(String name) {
        make(new Odd("", "25", H264, "", "made.mkv"));
        Path late = TestMedia.make(folder, "-i made.mkv -itsoffset 3 -i made.mkv -map 0:v -map 1:a -c copy " + name);

        Signals signals = Measuring.of(folder, late).whole(false);

        float[] loudness = curve(signals, SignalKind.LOUDNESS);
        assertThat(Arrays.copyOf(loudness, 3)).containsOnly(Float.NaN);
        assertThat(loud(signals)).containsExactly(12, 13, 14);
        assertThat(signals.cuts()).singleElement().satisfies(cut -> assertThat(cut)
                .isCloseTo(7.36, within(0.1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.mp4", "v.mkv", "v.ts"})
    void aLatePictureLeavesAGapAndShiftsNothing(String name) {
        make(new Odd("", "25", H264, "", "made.mkv"));
        Path late = TestMedia.make(folder, "-itsoffset 3 -i made.mkv -i made.mkv -map 0:v -map 1:a -c copy " + name);

        for (boolean thorough : new boolean[] {false, true}) {
            Signals signals = Measuring.of(folder, late).whole(thorough);

            float[] brightness = curve(signals, SignalKind.BRIGHTNESS);
            assertThat(Arrays.copyOf(brightness, 3)).containsOnly(Float.NaN);
            assertThat(brightness[3]).isPositive();
            assertThat(loud(signals)).containsExactly(9, 10, 11);
            assertThat(signals.cuts()).singleElement().satisfies(cut -> assertThat(cut)
                    .isCloseTo(10.36, within(0.1)));
        }
    }

    @ParameterizedTest
    @CsvSource({"v.ts,false", "v.ts,true", "v.mkv,false", "v.mkv,true", "v.mp4,false", "v.mp4,true"})
    void aDamagedStretchSpoilsNothingElse(String name, boolean thorough) throws Exception {
        Path file = make(new Odd("", "25", H264 + " -g 25", "", name));
        Measuring measuring = Measuring.of(folder, file);
        Signals intact = measuring.whole(thorough);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[(int) (bytes.length() / 10)];
            new Random(1).nextBytes(rubbish);
            bytes.seek(bytes.length() * 2 / 10);
            bytes.write(rubbish);
        }

        Signals damaged = measuring.whole(thorough);
        Signals behind = measuring.window(8, 16, thorough);

        assertThat(damaged.curves().keySet()).isEqualTo(intact.curves().keySet());
        assertThat(loud(damaged)).contains(9, 10, 11);
        for (SignalKind kind : List.of(SignalKind.BRIGHTNESS, SignalKind.KEY_BYTES, SignalKind.LOUDNESS)) {
            for (int second = 10; second < 15; second++) {
                float expected = curve(intact, kind)[second];
                assertThat(curve(damaged, kind)[second])
                        .as(kind + " in second " + second)
                        .isCloseTo(expected, within(Math.abs(expected) * 0.05f));
                assertThat(curve(behind, kind)[second - 8])
                        .as(kind + " behind, in second " + second)
                        .isCloseTo(expected, within(Math.abs(expected) * 0.05f));
            }
        }
    }

    private Path make(Odd odd) {
        String first = odd.copied().isEmpty() ? odd.file() : "made.mkv";
        Path made = TestMedia.make(
                folder,
                "-f lavfi -i testsrc=size=320x180:duration=16:rate=" + odd.rate()
                        + ",negate=enable='gte(t,7.359)' -f lavfi -i " + SOUND + " " + odd.encoder() + " " + first);
        return odd.copied().isEmpty() ? made : TestMedia.make(folder, odd.copied() + " -c copy " + odd.file());
    }

    /** The seconds within 3 dB of the loudest. */
    private static List<Integer> loud(Signals signals) {
        float[] loudness = curve(signals, SignalKind.LOUDNESS);
        float most = loudness[Measuring.peak(signals, SignalKind.LOUDNESS)];
        return IntStream.range(0, loudness.length)
                .filter(second -> loudness[second] > most - 3)
                .boxed()
                .toList();
    }

    /** The first 16 seconds without a value. */
    private static List<Integer> gaps(Signals signals, SignalKind kind) {
        float[] values = requireNonNull(curve(signals, kind));
        List<Integer> gaps = new ArrayList<>();
        for (int second = 0; second < 15; second++) {
            if (Float.isNaN(values[second])) {
                gaps.add(second);
            }
        }
        return gaps;
    }
}
