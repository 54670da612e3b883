package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tv.tldr.activities.Evidence;

/**
 * Runs FFmpeg and waits for it. However the wait ends — success, failure, time limit, interruption, a listener that
 * throws because the activity was cancelled — no child is left.
 */
public final class Ffmpeg {
    private static final Duration NEWS = Duration.ofMillis(500);

    private final FfmpegPrograms programs;
    private final ChildLauncher launcher;

    public Ffmpeg(FfmpegPrograms programs, FfmpegLimits limits) {
        this.programs = programs;
        this.launcher = new ChildLauncher(limits, programs);
    }

    /** Reads a child's standard output to its end, on a thread of its own. */
    @FunctionalInterface
    public interface OutputReader<T> {
        T read(InputStream stdout) throws IOException;
    }

    /**
     * Runs a command whose output is text or progress.
     *
     * @param listener called on this thread twice a second, news or not; what it throws ends the child and is rethrown
     * @throws FfmpegFailure when the exit code is not 0 or the time limit was reached
     */
    public FfmpegOutput run(FfmpegCommand command, Consumer<FfmpegProgress> listener) {
        TextOutput text = new TextOutput();
        Ended<String> ended = runToEnd(command, text, () -> listener.accept(text.progress()));
        return new FfmpegOutput(ended.result(), ended.errorTail());
    }

    /**
     * Runs a command that writes data to standard output ({@code pipe:1}) and reads it as it comes.
     *
     * @param heartbeat called on this thread twice a second; what it throws ends the child and is rethrown
     * @throws FfmpegFailure when the exit code is not 0, the time limit was reached or the reader failed
     */
    public <T> T read(FfmpegCommand command, OutputReader<T> reader, Runnable heartbeat) {
        return runToEnd(command, reader, heartbeat).result();
    }

    /** Whether a child is certain to end when this process is killed. */
    public boolean childrenDieWithUs() {
        return launcher.childrenDieWithUs();
    }

    /** Whether a child sees nothing of this machine but its job. */
    public boolean isSandboxed() {
        return launcher.isSandboxed();
    }

    private record Ended<T>(T result, String errorTail) {}

    private <T> Ended<T> runToEnd(FfmpegCommand command, OutputReader<T> reader, Runnable heartbeat) {
        return RunTimes.of(command.program(), () -> attempt(command, reader, heartbeat));
    }

    private <T> Ended<T> attempt(FfmpegCommand command, OutputReader<T> reader, Runnable heartbeat) {
        long deadline = System.nanoTime() + command.limit().toNanos();
        Process child = start(command);
        try {
            Drain<String> errors = Drain.start(child.getErrorStream(), new ErrorTail());
            Drain<T> output = Drain.start(child.getInputStream(), reader);
            heartbeat.run();
            while (!child.waitFor(NEWS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > deadline) {
                    launcher.kill(child);
                    throw new FfmpegFailure(
                            "stopped at its time limit of " + command.limit().toSeconds() + " s",
                            FfmpegFailure.KILLED,
                            errors.await());
                }
                heartbeat.run();
            }
            return ended(command, child.exitValue(), output, errors.await());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while FFmpeg ran");
        } finally {
            launcher.kill(child);
        }
    }

    private static <T> Ended<T> ended(FfmpegCommand command, int exitCode, Drain<T> output, String errorTail)
            throws InterruptedException {
        String evidence = Evidence.clean(errorTail);
        if (exitCode != 0) {
            String program = command.program().name().toLowerCase(Locale.ROOT);
            throw new FfmpegFailure(program + " " + how(exitCode), exitCode, evidence);
        }
        try {
            return new Ended<>(output.await(), evidence);
        } catch (Drain.ReadingFailed e) {
            throw new FfmpegFailure("its output could not be read: " + e.getMessage(), exitCode, evidence);
        }
    }

    /** FFmpeg ends with the low byte of its own error code, so that only the usual signals can be told from it. */
    private static String how(int exitCode) {
        return switch (exitCode) {
            case 134, 136, 139 -> "crashed (signal " + (exitCode - 128) + ")";
            case FfmpegFailure.KILLED -> "was killed, as when memory is short";
            case 153 -> "reached the limit of its output's size";
            default -> "ended with code " + exitCode;
        };
    }

    private Process start(FfmpegCommand command) {
        List<String> line = new ArrayList<>();
        line.add(programs.path(command.program()).toString());
        line.addAll(command.arguments());
        try {
            return launcher.start(line, command.folder(), programs.libraries(), command.proxy());
        } catch (IOException e) {
            throw new FfmpegFailure("could not be started", 127, Evidence.clean(String.valueOf(e.getMessage())));
        }
    }
}
