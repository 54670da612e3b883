package tv.tldr.activities.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs FFmpegs that do not end by themselves, in a process that a test can kill while some of them still start. */
final class EndlessJob {
    private static final int AT_ONCE = 12;

    private EndlessJob() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        FfmpegPrograms programs =
                new FfmpegPrograms(Path.of(arguments[1]), Path.of(arguments[1]), Path.of(arguments[2]));
        FfmpegCommand endless = FfmpegCommand.ffmpeg(
                folder,
                Duration.ofMinutes(2),
                List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-f", "null", "-"));
        FfmpegLimits limits = new FfmpegLimits(
                FfmpegLimits.DEFAULTS.addressSpace(),
                FfmpegLimits.DEFAULTS.fileSize(),
                Boolean.parseBoolean(arguments[3]));
        Ffmpeg ffmpeg = new Ffmpeg(programs, limits);
        for (int i = 0; i < AT_ONCE; i++) {
            Thread.ofVirtual().start(() -> ffmpeg.run(endless, progress -> {}));
        }
        Thread.currentThread().join();
    }
}
