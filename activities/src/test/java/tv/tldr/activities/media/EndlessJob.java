package tv.tldr.activities.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs an FFmpeg that does not end by itself, in a process that a test can kill. */
final class EndlessJob {
    private EndlessJob() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        FfmpegPrograms programs =
                new FfmpegPrograms(Path.of(arguments[1]), Path.of(arguments[1]), Path.of(arguments[2]));
        FfmpegCommand endless = FfmpegCommand.ffmpeg(
                folder,
                Duration.ofMinutes(2),
                List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-f", "null", "-"));
        Ffmpeg ffmpeg = new Ffmpeg(programs, FfmpegLimits.DEFAULTS);
        Thread.ofVirtual().start(() -> ffmpeg.run(endless, progress -> {})).join();
    }
}
