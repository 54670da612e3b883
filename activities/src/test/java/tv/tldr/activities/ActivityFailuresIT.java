package tv.tldr.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.activity.FailureType;

class ActivityFailuresIT {
    @TempDir
    Path folder;

    @Test
    void saysThatTheDiskIsFullWhenFfmpegFindsItFull() {
        failure(() -> ffmpeg("-f lavfi -i testsrc2=d=1 -c:v libx264 -f mpegts file:/dev/full"))
                .satisfies(failure -> is((ApplicationFailure) failure, FailureType.STORAGE_FULL, false))
                .hasMessageContaining("no space is left");
    }

    @Test
    void keepsFfmpegsWordsWithoutPaths() {
        failure(() -> ffmpeg("-i /no/such/place/v.mp4 -f null -"))
                .satisfies(failure -> is((ApplicationFailure) failure, FailureType.PROCESSING_ERROR, false))
                .hasMessageContaining("No such file")
                .hasMessageNotContaining("/no/such");
    }

    @Test
    void leavesCancellationAsItIs() {
        failure(() -> {
                    throw new CancellationException("interrupted");
                })
                .isExactlyInstanceOf(CancellationException.class);
    }

    private Object ffmpeg(String arguments) {
        return TestMedia.FFMPEG.run(
                FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), List.of(arguments.split(" ", -1))), progress -> {});
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(ActivityFailures.Body<Object> body) {
        return assertThatThrownBy(() -> ActivityFailures.classify("Cutting the clip", body));
    }

    private static void is(ApplicationFailure failure, FailureType type, boolean permanent) {
        assertThat(failure.getType()).isEqualTo(type.name());
        assertThat(failure.isNonRetryable()).isEqualTo(permanent);
    }
}
