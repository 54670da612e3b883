package tv.tldr.activities.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
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

    /** What somebody could do who made FFmpeg run a program of theirs. */
    @Test
    void aProgramThatIsTakenOverSeesAndReachesNothing() throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "canary-of-a-secret");
        try (Canary canary = new Canary()) {
            String script =
                    "id; cat /etc/passwd /proc/1/environ %s; echo x > %s; echo x > y; echo > /dev/tcp/127.0.0.1/%d; ls -a /"
                            .formatted(secret, elsewhere.resolve("made"), canary.port());

            assertThat(output(FfmpegLimits.DEFAULTS, "/bin/bash", "-c", script))
                    .doesNotContain("canary-of-a-secret", "root:", "proc", "sys");
            assertThat(canary.hits()).isZero();
            assertThat(elsewhere.resolve("made")).doesNotExist();
            assertThat(job.resolve("y")).exists();
            assertThat(output(FfmpegLimits.DEFAULTS, "/usr/bin/env").lines().map(line -> line.replaceFirst("=.*", "")))
                    .isSubsetOf("LC_ALL", "PWD");
            // The same, outside.
            FfmpegLimits open =
                    new FfmpegLimits(FfmpegLimits.DEFAULTS.addressSpace(), FfmpegLimits.DEFAULTS.fileSize(), false);
            assertThat(output(open, "/bin/bash", "-c", script)).contains("canary-of-a-secret", "root:");
            assertThat(canary.hits()).isPositive();
        }
    }

    @Test
    void allThatAProgramHasStartedEndsWithIt() throws Exception {
        String mark = String.valueOf(900_000 + ProcessHandle.current().pid() % 100_000);
        String script =
                "for i in 1 2 3 4 5 6 7 8; do (setsid sleep %s &) & done; echo begun; sleep %s".formatted(mark, mark);
        ChildLauncher launcher = new ChildLauncher(FfmpegLimits.DEFAULTS, TestMedia.PROGRAMS);
        Process child = launcher.start(List.of("/bin/bash", "-c", script), job, null, null);
        assertThat(child.inputReader().readLine()).isEqualTo("begun");
        await().until(() -> sleepers(mark) >= 8);

        launcher.kill(child);

        await().until(() -> sleepers(mark) == 0);
    }

    private static long sleepers(String mark) {
        return ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").matches("(\\S*/)?sleep " + mark))
                .count();
    }

    private String output(FfmpegLimits limits, String... command) throws IOException {
        Process child = new ChildLauncher(limits, TestMedia.PROGRAMS).start(List.of(command), job, null, null);
        return new String(child.getInputStream().readAllBytes(), UTF_8);
    }

    private void run(Ffmpeg ffmpeg, List<String> arguments) {
        ffmpeg.run(FfmpegCommand.ffmpeg(job, Duration.ofSeconds(20), arguments), progress -> {});
    }

    private static List<String> concat(List<String> input, String... more) {
        return Stream.concat(input.stream(), Stream.of(more)).toList();
    }
}
