package tv.tldr.activities.media;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Audio;
import tv.tldr.workflows.activity.MediaFacts.Video;

class ProbeIT {
    private static final String PICTURE = "-f lavfi -i testsrc2=size=320x180:rate=25:duration=";
    private static final String TONE = "-f lavfi -i sine=frequency=440:duration=";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"v.mp4", "v.mkv", "v.mov", "v.ts", "v.avi", "v.flv"})
    void readsOrdinaryContainers(String name) {
        MediaFacts facts = probe(TestMedia.video(folder, name, 3));

        assertThat(facts.duration()).isCloseTo(3, within(0.1));
        Video video = requireNonNull(facts.video());
        assertThat(video.codec()).isEqualTo("h264");
        assertThat(video.width()).isEqualTo(320);
        assertThat(video.height()).isEqualTo(180);
        assertThat(video.rotation()).isZero();
        assertThat(video.frameRate()).isCloseTo(25, within(0.5));
        assertThat(video.variableFrameRate()).isFalse();
        assertThat(requireNonNull(facts.audio()).sampleRate()).isEqualTo(44100);
    }

    @Test
    void readsWebm() {
        MediaFacts facts = probe(TestMedia.make(
                folder,
                PICTURE + "2 " + TONE + "2 -c:v libvpx -deadline realtime -cpu-used 8 -c:a opus -strict -2 v.webm"));

        assertThat(facts.format()).contains("webm");
        assertThat(facts.duration()).isCloseTo(2, within(0.1));
    }

    @Test
    void countsPacketsWhenALiveRecordingHasNoLength() {
        MediaFacts facts = probe(TestMedia.make(
                folder, PICTURE + "4 " + TONE + "4 -c:v libx264 -preset ultrafast -c:a aac -f matroska -live 1 v.mkv"));

        assertThat(facts.duration()).isCloseTo(4, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp3", "a.wav", "a.m4a", "a.aac", "a.flac", "a.ogg"})
    void readsSoundAlone(String name) {
        MediaFacts facts = probe(TestMedia.make(folder, TONE + "7 " + name));

        assertThat(facts.video()).isNull();
        assertThat(facts.duration()).isCloseTo(7, within(0.15));
        assertThat(requireNonNull(facts.audio()).channels()).isEqualTo(1);
    }

    @Test
    void takesCoverArtForNoPicture() {
        TestMedia.make(folder, "-f lavfi -i testsrc2=size=300x300 -frames:v 1 cover.jpg");
        Path song = TestMedia.make(
                folder, TONE + "3 -i cover.jpg -map 0 -map 1 -c:a aac -c:v copy -disposition:v attached_pic song.m4a");

        MediaFacts facts = probe(song);

        assertThat(facts.video()).isNull();
        assertThat(facts.audio()).isNotNull();
    }

    @Test
    void readsPictureWithoutSound() {
        MediaFacts facts = probe(TestMedia.make(folder, PICTURE + "2 -c:v libx264 v.mp4"));

        assertThat(facts.audio()).isNull();
        assertThat(facts.duration()).isCloseTo(2, within(0.05));
    }

    @Test
    void readsOneSecond() {
        assertThat(probe(TestMedia.video(folder, "v.mp4", 1)).duration()).isCloseTo(1, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 180, 270})
    void turnsThePictureAsAPlayerDoes(int clockwise) {
        TestMedia.video(folder, "flat.mp4", 1);
        // The option of the input takes the angle counter-clockwise.
        Path turned =
                TestMedia.make(folder, "-display_rotation " + (360 - clockwise) + " -i flat.mp4 -c copy turned.mov");

        Video video = requireNonNull(probe(turned).video());

        assertThat(video.rotation()).isEqualTo(clockwise);
        assertThat(video.width()).isEqualTo(clockwise == 180 ? 320 : 180);
        assertThat(video.height()).isEqualTo(clockwise == 180 ? 180 : 320);
    }

    @Test
    void keepsALargeStartTimeOfTheContainer() {
        TestMedia.video(folder, "v.mp4", 3);
        MediaFacts facts = probe(TestMedia.make(folder, "-i v.mp4 -c copy -output_ts_offset 5000 v.ts"));

        assertThat(facts.startTime()).isCloseTo(5001.4, within(0.1));
        assertThat(facts.duration()).isCloseTo(3, within(0.1));
    }

    @Test
    void keepsANegativeStartTimeOfTheContainer() {
        TestMedia.video(folder, "v.mp4", 8);
        // A transport stream's clock has 33 bits of 1/90000 s: this one runs over after 4 seconds.
        MediaFacts facts = probe(TestMedia.make(folder, "-i v.mp4 -c copy -output_ts_offset 95438 v.ts"));

        assertThat(facts.startTime()).isCloseTo(-4.3, within(0.1));
        assertThat(facts.duration()).isCloseTo(8, within(0.1));
    }

    @Test
    void noticesAVariableFrameRate() {
        Path uneven = TestMedia.make(
                folder,
                PICTURE
                        + "4 -vf select='not(mod(n\\,3))+lt(mod(n\\,20)\\,7)' -fps_mode vfr -c:v libx264 -preset ultrafast v.mp4");

        assertThat(requireNonNull(probe(uneven).video()).variableFrameRate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.mp4", "v.mkv"})
    void findsEvenFramesWithBFramesEven(String name) {
        Path even = TestMedia.make(folder, PICTURE + "4 -r 30000/1001 -c:v libx264 -bf 3 -g 50 " + name);

        assertThat(requireNonNull(probe(even).video()).variableFrameRate()).isFalse();
    }

    @Test
    void choosesTheDefaultPictureThenTheLargest() {
        TestMedia.make(
                folder,
                PICTURE + "1 -f lavfi -i testsrc2=size=640x360:rate=25:duration=1 -map 0 -map 1 -c:v libx264 two.mkv");
        Path marked = TestMedia.make(
                folder, "-i two.mkv -map 0 -c copy -disposition:v:0 default -disposition:v:1 0 marked.mkv");
        Path unmarked =
                TestMedia.make(folder, "-i two.mkv -map 0 -c copy -disposition:v:0 0 -disposition:v:1 0 unmarked.mkv");

        assertThat(requireNonNull(probe(marked).video()).width()).isEqualTo(320);
        assertThat(requireNonNull(probe(unmarked).video()).width()).isEqualTo(640);
        assertThat(requireNonNull(probe(unmarked).video()).index()).isEqualTo(1);
    }

    @Test
    void choosesTheFirstSound() {
        Path two = TestMedia.make(
                folder, TONE + "2 -f lavfi -i sine=duration=2:sample_rate=48000 -map 0 -map 1 -c:a aac two.mp4");

        assertThat(probe(two).audio()).isEqualTo(new Audio(0, "aac", 44100, 1));
    }

    @Test
    void believesThePacketsOfARecordingThatWasCutOff() throws Exception {
        Path whole = TestMedia.video(folder, "v.mkv", 20);
        truncate(whole, 0.5);
        Path index = TestMedia.make(
                folder, PICTURE + "20 -c:v libx264 -preset ultrafast -movflags +faststart index_first.mp4");
        truncate(index, 0.5);

        assertThat(probe(whole).duration()).isBetween(5.0, 15.0);
        assertThat(probe(index).duration()).isBetween(5.0, 15.0);
        assertThat(probe(index).duration() + probe(index).missing())
                .as("as long as its index says it was")
                .isCloseTo(20, within(0.2));
        assertThat(probe(TestMedia.video(folder, "all.mp4", 5)).missing()).isZero();
    }

    @Test
    void looksAtBothEndsOfALongRecording() {
        Path video = TestMedia.make(
                folder, PICTURE + "40 " + TONE + "40 -c:v libx264 -preset ultrafast -g 250 -c:a aac v.mp4");

        MediaFacts facts = probe(video);

        assertThat(facts.duration()).isCloseTo(40, within(0.1));
        assertThat(requireNonNull(facts.video()).variableFrameRate()).isFalse();
    }

    /** Its header tells of the first alone, and what is said of a second would be of two moments. */
    @Test
    void refusesRecordingsThatStandOneBehindTheOther() throws Exception {
        Path one = TestMedia.make(
                folder, PICTURE + "40 " + TONE + "40 -c:v libx264 -preset ultrafast -g 250 -c:a aac one.ts");
        byte[] once = Files.readAllBytes(one);
        Path joined = Files.write(folder.resolve("joined.ts"), once);
        Files.write(joined, once, StandardOpenOption.APPEND);

        assertThat(probe(one).duration()).isCloseTo(40, within(0.1));
        assertThatThrownBy(() -> probe(joined))
                .isInstanceOf(NotMediaException.class)
                .hasMessageContaining("its clock starts again behind 4")
                .hasMessageContaining("-c copy");
    }

    @Test
    void explainsAnMp4WhoseIndexIsMissing() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 5);
        truncate(video, 0.6);

        assertThatThrownBy(() -> probe(video))
                .isInstanceOf(NotMediaException.class)
                .hasMessageContaining("moov atom not found")
                .hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.png", "picture.jpg", "picture.bmp", "picture.webp", "picture.avif", "picture.gif"})
    void refusesPictures(String name) {
        String encoder = name.endsWith("avif") ? " -c:v libsvtav1 " : " ";
        TestMedia.make(folder, "-f lavfi -i testsrc2=size=128x128 -frames:v 1" + encoder + name);

        assertThatThrownBy(() -> probe(folder.resolve(name))).isInstanceOf(NotMediaException.class);
    }

    @Test
    void refusesWhatIsNoMedia() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "Dear Sir or Madam,\n".repeat(500));
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path zeros = Files.write(folder.resolve("zeros.mp4"), new byte[100_000]);

        for (Path file : new Path[] {text, empty, zeros}) {
            assertThatThrownBy(() -> probe(file)).isInstanceOf(NotMediaException.class);
        }
    }

    private MediaFacts probe(Path file) {
        return new Probe(TestMedia.FFMPEG).probe(new MediaInput(file), folder, () -> {});
    }

    private static void truncate(Path file, double share) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * share));
        }
    }
}
