package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.activities.media.signal.Measuring.curve;
import static tv.tldr.activities.media.signal.Measuring.peak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** Known content gives known curves, in either mode and however it is divided into windows. */
class SignalMeterIT {
    private static final String ENCODE = " -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hearsTheLoudSecondsAndTheSilence(boolean thorough) {
        Signals signals = made(
                        "testsrc2=size=320x180:rate=25:duration=16",
                        "aevalsrc='sin(2764*t)*(between(t,0,4.5)+between(t,6.05,16))*if(between(t,9.05,11.95),0.8,0.05)':d=16",
                        "")
                .whole(thorough);

        float[] loudness = curve(signals, SignalKind.LOUDNESS);
        for (int second : new int[] {9, 10, 11}) {
            assertThat(loudness[second]).isCloseTo(loudness[7] + 24, within(1f));
        }
        assertThat(loudness[8]).isCloseTo(loudness[13], within(0.5f));
        assertThat(curve(signals, SignalKind.SILENCE)[5]).isGreaterThan(0.9f);
        assertThat(curve(signals, SignalKind.SILENCE)[4]).isCloseTo(0.5f, within(0.1f));
        assertThat(curve(signals, SignalKind.SILENCE)[2]).isZero();
        assertThat(peak(signals, SignalKind.ONSETS)).isIn(6, 9);
        assertThat(signals.pauses()).anySatisfy(pause -> {
            assertThat(pause.start()).isCloseTo(4.5, within(0.1));
            assertThat(pause.end()).isCloseTo(6, within(0.1));
        });
        assertThat(signals.pauses()).noneMatch(pause -> pause.start() < 4 || pause.start() > 12.5);
    }

    @ParameterizedTest
    @CsvSource({"false,40", "false,0", "true,40", "true,0"})
    void findsACutWhetherTheEncoderSetAKeyframeThereOrNot(boolean thorough, int scenecut) {
        Signals signals = made(
                        "testsrc=size=320x180:rate=25:duration=16,negate=enable='gte(t,7.4)'",
                        "sine=duration=16",
                        "-g 50 -bf 0 -sc_threshold " + scenecut)
                .whole(thorough);

        assertThat(signals.cuts()).singleElement().satisfies(cut -> assertThat(cut)
                .isCloseTo(7.4, within(0.1)));
        assertThat(curve(signals, SignalKind.CUTS)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seesBlackStillAndFlashingSeconds(boolean thorough) {
        Signals signals = made(
                        "testsrc2=size=320x180:rate=25:duration=10"
                                + ",drawbox=t=fill:color=black:enable='between(t,3,4.99)'"
                                + ",drawbox=t=fill:color=white:enable='between(t,7,7.49)'"
                                + ",tpad=stop_mode=clone:stop_duration=6",
                        "sine=duration=16",
                        "-g 25")
                .whole(thorough);

        SoftAssertions.assertSoftly(softly -> {
            float[] black = curve(signals, SignalKind.BLACK);
            softly.assertThat(black[3]).isCloseTo(1, within(0.05f));
            softly.assertThat(black[4]).isCloseTo(1, within(0.05f));
            softly.assertThat(black[1]).isZero();
            softly.assertThat(black[6]).isZero();
            float[] brightness = curve(signals, SignalKind.BRIGHTNESS);
            softly.assertThat(brightness[3]).isLessThan(0.05f);
            softly.assertThat(brightness[7]).isGreaterThan(brightness[6] + 0.2f);
            softly.assertThat(peak(signals, SignalKind.FLASH)).isIn(5, 7);
            softly.assertThat(curve(signals, SignalKind.FLASH)[7]).isGreaterThan(0.2f);
            softly.assertThat(curve(signals, SignalKind.FLASH)[9]).isLessThan(0.1f);
            float[] stillness = curve(signals, SignalKind.STILLNESS);
            softly.assertThat(stillness[12]).isGreaterThan(0.9f);
            softly.assertThat(stillness[14]).isGreaterThan(0.9f);
            softly.assertThat(stillness[1]).isLessThan(0.7f);
            softly.assertThat(curve(signals, SignalKind.MOTION)[13])
                    .isLessThan(curve(signals, SignalKind.MOTION)[1] / 4);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "false,-g 50 -bf 0",
        "true,-g 50 -bf 0",
        "false,-g 60 -bf 3",
        "true,-g 60 -bf 3",
        "false,-g 250",
        "true,-g 250",
    })
    void windowsGiveWhatOneOverAllGives(boolean thorough, String encoder) {
        Measuring video = made(
                "testsrc2=size=320x180:rate=25:duration=30,negate=enable='gte(mod(t,8),5.2)',noise=alls=12:all_seed=1:allf=t",
                "anoisesrc=duration=30:seed=7:amplitude=0.4,tremolo=f=0.3:d=0.9",
                encoder);

        Signals whole = video.whole(thorough);
        Signals joined = Signals.join(
                whole.seconds(),
                List.of(
                        video.window(0, 8, thorough),
                        video.window(8, 19, thorough),
                        video.window(19, video.facts().duration(), thorough)));

        Measuring.assertAgree(joined, whole, 1e-3);
        assertThat(joined.cuts()).isEqualTo(whole.cuts());
    }

    @Test
    void givesTheSameBitsAgain() {
        Measuring video = made("testsrc2=size=320x180:rate=25:duration=6", "sine=duration=6", "");

        Measuring.assertAgree(video.whole(true), video.whole(true), 0);
        Measuring.assertAgree(video.whole(false), video.whole(false), 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsNothingOfSoundThatIsNotThere(boolean thorough) {
        Path mute = TestMedia.make(
                folder, "-f lavfi -i testsrc2=size=320x180:rate=25:duration=6 -c:v libx264 -preset ultrafast mute.mp4");

        Signals signals = Measuring.of(folder, mute).whole(thorough);

        assertThat(signals.has(Modality.AUDIO)).isFalse();
        assertThat(signals.pauses()).isEmpty();
        assertThat(curve(signals, SignalKind.BRIGHTNESS)).hasSize(6).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"podcast.mp3", "podcast.m4a", "podcast.ogg", "podcast.wav", "podcast.flac"})
    void hearsAPodcast(String name) {
        Path podcast =
                TestMedia.make(folder, "-f lavfi -i aevalsrc='sin(2764*t)*if(between(t,9,11),0.8,0.05)':d=16 " + name);
        Measuring measuring = Measuring.of(folder, podcast);

        Signals whole = measuring.whole(false);
        Signals second = measuring.window(8, 12, false);

        assertThat(whole.has(Modality.VIDEO)).isFalse();
        assertThat(peak(whole, SignalKind.LOUDNESS)).isIn(9, 10);
        assertThat(curve(second, SignalKind.LOUDNESS)[1]).isCloseTo(curve(whole, SignalKind.LOUDNESS)[9], within(0.1f));
        assertThat(curve(second, SignalKind.LOUDNESS)[3])
                .isCloseTo(curve(whole, SignalKind.LOUDNESS)[11], within(0.1f));
    }

    @Test
    void saysWhenAFileCannotBeReadAtAll() throws Exception {
        Measuring video = made("testsrc2=size=320x180:rate=25:duration=3", "sine=duration=3", "");
        Files.writeString(video.file(), "Dear Sir or Madam");

        assertThatThrownBy(() -> video.whole(false)).isInstanceOf(FfmpegFailure.class);
    }

    @Test
    void endsWhenTheHeartbeatThrows() throws Exception {
        Measuring video = made("testsrc2=size=320x180:rate=25:duration=6", "sine=duration=6", "");
        AtomicInteger beats = new AtomicInteger();

        assertThatThrownBy(() -> new SignalMeter(TestMedia.FFMPEG)
                        .measure(
                                new MediaInput(video.file()),
                                video.facts(),
                                new TimeRange(0, 6),
                                true,
                                Files.createDirectory(folder.resolve("scratch")),
                                () -> {
                                    if (beats.incrementAndGet() == 2) {
                                        throw new CancellationException("stopped");
                                    }
                                }))
                .isInstanceOf(CancellationException.class);
        List<ProcessHandle> children =
                new ArrayList<>(ProcessHandle.current().children().toList());
        assertThat(children)
                .noneMatch(child -> child.info().command().orElse("").contains("ffmpeg"));
    }

    private Measuring made(String picture, String sound, String encoder) {
        String arguments = "-f lavfi -i " + picture + " -f lavfi -i " + sound + ENCODE + encoder + " v.mp4";
        return Measuring.of(folder, TestMedia.make(folder, arguments.replaceAll(" +", " ")));
    }
}
