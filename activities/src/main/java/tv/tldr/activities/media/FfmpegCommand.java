package tv.tldr.activities.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is FFmpeg asked to do, where, and for how long at most? The arguments go to the program as they are: no shell.
 *
 * @param folder the working folder: the job's own {@link Workspace}
 * @param limit wall-clock time after which the child is killed
 * @param proxy through which it opens URLs, with user and password; null: it opens none, or one that we made
 */
public record FfmpegCommand(
        Program program,
        List<String> arguments,
        Path folder,
        Duration limit,
        @Nullable String proxy) {
    public FfmpegCommand {
        arguments = List.copyOf(arguments);
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("the time limit of a command must be positive, not " + limit);
        }
    }

    /** Without a proxy. */
    public FfmpegCommand(Program program, List<String> arguments, Path folder, Duration limit) {
        this(program, arguments, folder, limit, null);
    }

    /** The same, with all URLs opened through a proxy. */
    public FfmpegCommand through(String httpProxy) {
        return new FfmpegCommand(program, arguments, folder, limit, httpProxy);
    }

    /** Which of the two programs? */
    public enum Program {
        FFMPEG,
        FFPROBE
    }

    /** {@code ffmpeg} that never asks back, overwrites its outputs and says only what went wrong. */
    public static FfmpegCommand ffmpeg(Path folder, Duration limit, List<String> arguments) {
        return new FfmpegCommand(
                Program.FFMPEG,
                join(List.of("-nostdin", "-hide_banner", "-loglevel", "error", "-y"), arguments),
                folder,
                limit);
    }

    /** {@code ffprobe} that says only what was asked and what went wrong. */
    public static FfmpegCommand ffprobe(Path folder, Duration limit, List<String> arguments) {
        return new FfmpegCommand(
                Program.FFPROBE, join(List.of("-hide_banner", "-loglevel", "error"), arguments), folder, limit);
    }

    /** The same, with {@link FfmpegProgress} told on standard output, which then cannot carry data. */
    public FfmpegCommand reportingProgress() {
        return new FfmpegCommand(
                program,
                join(List.of("-nostats", "-stats_period", "0.5", "-progress", "pipe:1"), arguments),
                folder,
                limit,
                proxy);
    }

    /** A time as an argument: to the microsecond, in seconds, wherever the program runs. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
