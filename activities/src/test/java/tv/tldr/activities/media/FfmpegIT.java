package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.storage.MediaInput;

class FfmpegIT {
    private static final List<String> ENDLESS =
            List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-f", "null", "-");

    @TempDir
    Path folder;

    @Test
    void encodesWithX264AndAacAndTellsItsProgress() {
        List<FfmpegProgress> news = new ArrayList<>();
        FfmpegCommand command = FfmpegCommand.ffmpeg(
                        folder,
                        Duration.ofMinutes(1),
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=d=2",
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=d=2",
                                "-c:v",
                                "libx264",
                                "-c:a",
                                "aac",
                                "a.mp4"))
                .reportingProgress();

        FfmpegOutput output = TestMedia.FFMPEG.run(command, news::add);

        assertThat(folder.resolve("a.mp4")).isNotEmptyFile();
        assertThat(output.stdout()).contains("progress=end");
        assertThat(output.errorTail()).isEmpty();
        assertThat(news).isNotEmpty();
    }

    @Test
    void startsWithoutTheLibraryWhoseVersionsStandFirst() throws IOException {
        FfmpegPrograms packed = FfmpegPrograms.find(Optional.empty(), folder.resolve("packed"));
        // On x86 the first record is that of libmvec; on arm64 it is that of libva, which servers have not.
        ElfImports.drop(packed.ffmpeg().resolveSibling("libavcodec.so.62"), Set.of("libmvec.so.1"));

        FfmpegOutput output = new Ffmpeg(packed, FfmpegLimits.DEFAULTS)
                .run(FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), List.of("-version")), progress -> {});

        assertThat(output.stdout()).startsWith("ffmpeg version");
    }

    @Test
    void readsDataFromStandardOutputWhileTheChildRuns() {
        FfmpegCommand frames = FfmpegCommand.ffmpeg(
                folder,
                Duration.ofMinutes(1),
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=32x18:rate=5:duration=2",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "gray",
                        "pipe:1"));

        byte[] pixels = TestMedia.FFMPEG.read(frames, InputStream::readAllBytes, () -> {});

        assertThat(pixels).hasSize(32 * 18 * 10);
    }

    @Test
    void failsWithTheExitCodeAndCleanEvidence() {
        FfmpegCommand missing = FfmpegCommand.ffmpeg(
                folder, Duration.ofMinutes(1), List.of("-i", "/secret/place/nothing.mp4", "-f", "null", "-"));

        assertThatThrownBy(() -> TestMedia.FFMPEG.run(missing, progress -> {}))
                .isInstanceOfSatisfying(FfmpegFailure.class, failure -> {
                    assertThat(failure.exitCode()).isNotZero();
                    assertThat(failure.evidence()).contains("No such file").doesNotContain("/secret");
                });
    }

    @Test
    void killsTheChildAtItsTimeLimit() {
        FfmpegCommand endless = FfmpegCommand.ffmpeg(folder, Duration.ofSeconds(1), ENDLESS);
        long start = System.nanoTime();

        assertThatThrownBy(() -> TestMedia.FFMPEG.run(endless, progress -> {}))
                .isInstanceOf(FfmpegFailure.class)
                .hasMessageContaining("time limit of 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(childrenIn(folder)).isEmpty();
    }

    @Test
    void killsTheChildWhenTheListenerThrows() {
        FfmpegCommand endless = FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), ENDLESS);

        assertThatThrownBy(() -> TestMedia.FFMPEG.run(endless, progress -> {
                    if (!childrenIn(folder).isEmpty()) {
                        throw new IllegalStateException("cancelled");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cancelled");
        assertThat(childrenIn(folder)).isEmpty();
    }

    @Test
    void killsWhatAWrapperOfFfmpegStarted() throws IOException {
        Path wrapper = Files.writeString(
                folder.resolve("wrapper"),
                "#!/bin/sh\n" + TestMedia.PROGRAMS.ffmpeg().toAbsolutePath() + " \"$@\"\necho done\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        Ffmpeg wrapped = new Ffmpeg(
                new FfmpegPrograms(wrapper, TestMedia.PROGRAMS.ffprobe(), TestMedia.PROGRAMS.libraries()),
                new FfmpegLimits(FfmpegLimits.DEFAULTS.addressSpace(), FfmpegLimits.DEFAULTS.fileSize(), false));
        FfmpegCommand endless = FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), ENDLESS);

        assertThatThrownBy(() -> wrapped.run(endless, progress -> {
                    if (childrenIn(folder).size() > 1) {
                        throw new IllegalStateException("cancelled");
                    }
                }))
                .hasMessage("cancelled");
        Awaitility.await().untilAsserted(() -> assertThat(ffmpegsIn(folder)).isEmpty());
    }

    @Test
    void leavesNothingOfAChildThatIsKilledWhileItStarts() {
        FfmpegCommand endless = FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), ENDLESS);

        for (int microseconds = 0; microseconds < 40_000; microseconds += 1000) {
            long pause = microseconds * 1000L;
            assertThatThrownBy(() -> TestMedia.FFMPEG.run(endless, progress -> {
                        LockSupport.parkNanos(pause);
                        throw new IllegalStateException("cancelled");
                    }))
                    .hasMessage("cancelled");
        }
        Awaitility.await().untilAsserted(() -> assertThat(orphansOf(folder)).isEmpty());
    }

    @Test
    void killsTheChildWhenTheThreadIsInterrupted() throws InterruptedException {
        FfmpegCommand endless = FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), ENDLESS);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread job = Thread.ofVirtual().start(() -> {
            try {
                TestMedia.FFMPEG.run(endless, progress -> {});
            } catch (CancellationException e) {
                thrown.set(e);
            }
        });
        Awaitility.await().until(() -> !childrenIn(folder).isEmpty());

        job.interrupt();
        job.join();

        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(childrenIn(folder)).isEmpty();
    }

    @Test
    void refusesAPlaylistThatIsNamedLikeAVideo() throws Exception {
        TestMedia.video(folder, "other.ts", 1);
        Path playlist = Files.writeString(folder.resolve("x.mp4"), "ffconcat version 1.0\nfile other.ts\n");
        List<String> unguarded = List.of("-i", playlist.toString());

        assertThatCode(() -> decode(unguarded)).doesNotThrowAnyException();
        assertThatThrownBy(() -> decode(new MediaInput(playlist).arguments()))
                .isInstanceOf(FfmpegFailure.class)
                .hasMessageContaining("Format not on whitelist");
    }

    private void decode(List<String> input) {
        List<String> arguments = new ArrayList<>(input);
        arguments.addAll(List.of("-f", "null", "-"));
        TestMedia.FFMPEG.run(FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), arguments), progress -> {});
    }

    @Test
    void usesTheProgramsThatTheOperatorNames() {
        Path unpacked = TestMedia.PROGRAMS.ffmpeg();

        assertThat(FfmpegPrograms.find(Optional.of(unpacked), folder).ffprobe())
                .isEqualTo(TestMedia.PROGRAMS.ffprobe());
        assertThatThrownBy(() -> FfmpegPrograms.find(Optional.of(folder), folder))
                .hasMessageContaining("FFMPEG_PATH");
    }

    @ParameterizedTest(name = "in bubblewrap: {0}")
    @ValueSource(booleans = {true, false})
    void leavesNoChildWhenTheProcessIsKilled(boolean sandbox) throws Exception {
        Process job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessJob.class.getName(),
                        folder.toString(),
                        TestMedia.PROGRAMS.ffmpeg().toString(),
                        String.valueOf(TestMedia.PROGRAMS.libraries()),
                        Boolean.toString(sandbox))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !ffmpegsIn(folder)
                .isEmpty());

        assertThat(TestMedia.FFMPEG.childrenDieWithUs()).isTrue();
        job.destroyForcibly().waitFor();

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> ffmpegsIn(folder)
                .isEmpty());
    }

    /** Processes anywhere on this machine that work in {@code folder}. */
    private static List<ProcessHandle> ffmpegsIn(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, folder))
                .toList();
    }

    /** Who was started for a job in {@code folder} and has nobody left who waits for it. */
    private static List<String> orphansOf(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.parent().map(ProcessHandle::pid).orElse(0L)
                        != ProcessHandle.current().pid())
                .map(FfmpegIT::commandLine)
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Children of this process that work in {@code folder}. */
    private static List<ProcessHandle> childrenIn(Path folder) {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> worksIn(child, folder))
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(folder);
        } catch (IOException gone) {
            return false;
        }
    }
}
