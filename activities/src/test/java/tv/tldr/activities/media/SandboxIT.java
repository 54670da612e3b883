package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.egress.Canary;
import tv.tldr.activities.storage.MediaInput;

/** Even an FFmpeg that follows whatever it is told sees nothing but its job; each case is tried without the sandbox, too. */
class SandboxIT {
    private final Ffmpeg open = TestMedia.WITHOUT_SANDBOX;
    private final Ffmpeg shut = TestMedia.FFMPEG;

    @TempDir
    Path job;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void needsBubblewrap() {
        assumeTrue(shut.isSandboxed(), "bubblewrap is not installed, or does not work here");
    }

    @Test
    void readsNoFileOfAnotherJob() throws IOException {
        TestMedia.video(elsewhere, "other.ts", 1);
        Files.writeString(job.resolve("list"), "ffconcat version 1.0\nfile " + elsewhere.resolve("other.ts") + "\n");
        List<String> list = List.of("-safe", "0", "-f", "concat", "-i", "list", "-c", "copy", "-f", "null", "-");

        run(open, list);
        assertThatThrownBy(() -> run(shut, list))
                .isInstanceOf(FfmpegFailure.class)
                .hasMessageContaining("No such file");
    }

    @Test
    void reachesNobodyUnlessItWasGivenAnAddress() throws IOException {
        try (Canary canary = new Canary()) {
            Files.writeString(
                    job.resolve("list.m3u8"),
                    "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:%d/a.ts\n#EXT-X-ENDLIST\n"
                            .formatted(canary.port()));
            List<String> list = List.of("-protocol_whitelist", "file,http,tcp", "-i", "list.m3u8", "-f", "null", "-");

            assertThatThrownBy(() -> run(shut, list)).isInstanceOf(FfmpegFailure.class);
            assertThat(canary.hits()).isZero();
            assertThatThrownBy(() -> run(open, list)).isInstanceOf(FfmpegFailure.class);
            assertThat(canary.hits()).isPositive();
        }
    }

    @Test
    void readsWhatItIsGivenAndWritesInItsFolderAlone() {
        Path video = TestMedia.video(elsewhere, "v.mp4", 1);
        List<String> input = new MediaInput(video).arguments();

        run(shut, concat(input, "-c", "copy", "copy.mp4"));
        assertThat(job.resolve("copy.mp4")).isNotEmptyFile();
        // What looks like the folder above is a room of its own, which is gone when it is.
        run(shut, concat(input, "-c", "copy", "../copy.mp4"));
        assertThatThrownBy(() -> run(shut, concat(input, "-c", "copy", "-f", "mp4", video.toString())))
                .isInstanceOf(FfmpegFailure.class);
        assertThat(job.resolveSibling("copy.mp4")).doesNotExist();
    }

    @Test
    void seesNoOtherProcess() throws IOException {
        Files.writeString(job.resolve("list"), "ffconcat version 1.0\nfile /proc/1/environ\n");
        List<String> list = List.of("-safe", "0", "-f", "concat", "-i", "list", "-c", "copy", "-f", "null", "-");

        assertThatThrownBy(() -> run(shut, list)).hasMessageContaining("No such file");
    }

    private void run(Ffmpeg ffmpeg, List<String> arguments) {
        ffmpeg.run(FfmpegCommand.ffmpeg(job, Duration.ofSeconds(20), arguments), progress -> {});
    }

    private static List<String> concat(List<String> input, String... more) {
        return Stream.concat(input.stream(), Stream.of(more)).toList();
    }
}
