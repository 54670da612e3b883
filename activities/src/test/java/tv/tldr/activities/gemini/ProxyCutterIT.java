package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Audio;
import tv.tldr.workflows.activity.MediaFacts.Video;
import tv.tldr.workflows.stream.TimeRange;

class ProxyCutterIT {
    private static final String SOURCE =
            "-f lavfi -i testsrc2=size=1280x720:rate=30:duration=20 -f lavfi -i sine=frequency=440:duration=20"
                    + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 60 -c:a aac -ac 2 -shortest ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"a.mp4,''", "a.mkv,''", "a.ts,'-output_ts_offset 93600 '", "a.mov,''"})
    void aWindowBecomesASmallFileWithItsSound(String name, String options) {
        ProxyClip clip = cut(TestMedia.make(folder, SOURCE + options + name), 5, 15, Detail.FULL);

        MediaFacts facts = facts(clip.file());
        assertThat(facts.duration()).isCloseTo(10, within(1.1));
        Video video = Objects.requireNonNull(facts.video());
        assertThat(video.width()).isEqualTo(320);
        assertThat(video.height()).isEqualTo(180);
        assertThat(video.frameRate()).isCloseTo(1, within(0.05));
        Audio audio = Objects.requireNonNull(facts.audio());
        assertThat(audio.sampleRate()).isEqualTo(16_000);
        assertThat(audio.channels()).isEqualTo(1);
        assertThat(clip.size()).isLessThan(300_000);
        assertThat(clip.duration()).isEqualTo(10);
        assertThat(clip.mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void theWindowIsTheOneThatWasAskedFor() {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i color=black:size=320x180:rate=25:duration=10 -f lavfi -i"
                        + " color=white:size=320x180:rate=25:duration=10 -filter_complex [0:v][1:v]concat -c:v libx264"
                        + " -preset ultrafast -g 250 step.mp4");

        assertThat(brightness(cut(source, 0, 8, Detail.FULL))).allMatch(level -> level < 30);
        assertThat(brightness(cut(source, 11, 19, Detail.FULL))).allMatch(level -> level > 220);
        assertThat(brightness(cut(source, 6, 14, Detail.FULL)))
                .satisfies(levels -> assertThat(levels.getFirst()).isLessThan(30))
                .satisfies(levels -> assertThat(levels.getLast()).isGreaterThan(220));
    }

    @Test
    void theSameWindowIsTheSameFileByteByByte() throws IOException {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=320x180:rate=10:duration=60 -f lavfi -i sine=frequency=440:duration=60"
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest minute.mp4");

        Set<String> hashes = new HashSet<>();
        for (int time = 0; time < 3; time++) {
            hashes.add(Sha256.of(cut(source, 2, 58, Detail.FULL).file(), read -> {}));
        }

        assertThat(hashes).hasSize(1);
    }

    @Test
    void fewerFramesAreFewer() {
        Path source = TestMedia.make(folder, SOURCE + "a.mp4");

        assertThat(brightness(cut(source, 0, 18, Detail.FULL))).hasSizeBetween(17, 19);
        assertThat(brightness(cut(source, 0, 18, Detail.FEWER_FRAMES))).hasSizeBetween(5, 7);
    }

    @Test
    void aSizeIsKeptEvenWhenThePictureIsNoise() {
        Path source = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=640x360:rate=25:duration=30,noise=alls=100:allf=t -c:v libx264 -preset"
                        + " ultrafast -pix_fmt yuv420p noise.mp4");

        assertThat(cut(source, 0, 30, new Detail(320, 1, DataSize.ofKilobytes(200)))
                        .size())
                .isLessThanOrEqualTo(DataSize.ofKilobytes(200).toBytes());
    }

    @Test
    void soundWithoutAPictureIsAProxyToo() {
        Path source = TestMedia.make(folder, "-f lavfi -i sine=frequency=440:duration=10 -c:a aac a.m4a");

        ProxyClip clip = cut(source, 2, 30, Detail.FULL);

        assertThat(clip.mimeType()).isEqualTo("audio/mp3");
        assertThat(clip.framesPerSecond()).isZero();
        assertThat(clip.duration()).isCloseTo(8, within(0.1));
        assertThat(facts(clip.file()).duration()).isCloseTo(8, within(0.2));
    }

    @Test
    void aPictureWithoutSoundIsAProxyToo() {
        Path source = TestMedia.make(folder, "-f lavfi -i testsrc2=size=200x100:duration=4 -c:v libx264 a.mp4");

        ProxyClip clip = cut(source, 0, 4, Detail.FULL);

        assertThat(clip.sound()).isFalse();
        assertThat(Objects.requireNonNull(facts(clip.file()).video()).width()).isEqualTo(200);
    }

    @Test
    void tellsHowFarItIsAndEndsWhenItsListenerThrows() {
        Path source = TestMedia.make(folder, SOURCE + "a.mp4");
        List<Double> told = new CopyOnWriteArrayList<>();
        new ProxyCutter(TestMedia.FFMPEG, 2)
                .cut(new MediaInput(source), facts(source), new TimeRange(0, 20), Detail.FULL, folder, told::add);

        assertThat(told).isNotEmpty().allMatch(part -> part >= 0 && part <= 1);
        assertThatThrownBy(() -> new ProxyCutter(TestMedia.FFMPEG, 2)
                        .cut(new MediaInput(source), facts(source), new TimeRange(0, 20), Detail.FULL, folder, part -> {
                            throw new CancellationException("stopped");
                        }))
                .hasMessage("stopped");
    }

    @Test
    void aWindowBehindTheEndIsRefused() {
        Path source = TestMedia.video(folder, "a.mp4", 2);

        assertThatThrownBy(() -> cut(source, 5, 8, Detail.FULL)).hasMessageContaining("behind the end");
    }

    private ProxyClip cut(Path source, double start, double end, Detail detail) {
        return new ProxyCutter(TestMedia.FFMPEG, 2)
                .cut(new MediaInput(source), facts(source), new TimeRange(start, end), detail, folder, done -> {});
    }

    private MediaFacts facts(Path file) {
        return new Probe(TestMedia.FFMPEG).probe(new MediaInput(file), folder, () -> {});
    }

    /** Of every frame, 0–255. */
    private static List<Integer> brightness(ProxyClip clip) {
        return Frames.brightness(clip.file());
    }
}
