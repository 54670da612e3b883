package tv.tldr.activities.media;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** How long do runs of FFmpeg take, and how do they end? For Prometheus. */
final class RunTimes {
    /** Timer of runs; tags {@code program} and {@code outcome}. */
    static final String METRIC = "tldr.ffmpeg";

    private static final Duration[] STEPS = {
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30)
    };

    private RunTimes() {}

    /** @param run throws an {@link FfmpegFailure} when it fails, and anything else when it was given up */
    static <T> T of(FfmpegCommand.Program program, Supplier<T> run) {
        long began = System.nanoTime();
        String outcome = "cancelled";
        try {
            T result = run.get();
            outcome = "done";
            return result;
        } catch (FfmpegFailure failure) {
            outcome = "failed";
            throw failure;
        } finally {
            timer(program, outcome).record(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static Timer timer(FfmpegCommand.Program program, String outcome) {
        return Timer.builder(METRIC)
                .description("Runs of FFmpeg")
                .tag("program", program.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .serviceLevelObjectives(STEPS)
                .register(Metrics.globalRegistry);
    }
}
