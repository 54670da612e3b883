package tv.tldr.api.ops;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.MediaProperties;

/** Does FFmpeg start? */
@Component
final class FfmpegCheck implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A start takes a tenth of a second of a core that media work needs; a program rarely disappears. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Ffmpeg ffmpeg;
    private final MediaProperties properties;
    private final Mono<CheckResult> check;

    FfmpegCheck(Ffmpeg ffmpeg, MediaProperties properties) {
        this.ffmpeg = ffmpeg;
        this.properties = properties;
        this.check = Mono.fromCallable(this::start)
                .subscribeOn(Schedulers.boundedElastic())
                .cache(result -> FRESH, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public String hint() {
        return "Set FFMPEG_PATH to an installed ffmpeg, or empty it to use the packed one.";
    }

    @Override
    public Mono<CheckResult> check() {
        return check;
    }

    @Override
    public String said(Throwable failure) {
        return "does not start";
    }

    private CheckResult start() throws java.io.IOException {
        Files.createDirectories(properties.scratchFolder());
        FfmpegCommand command = new FfmpegCommand(
                FfmpegCommand.Program.FFMPEG,
                List.of("-version"),
                properties.scratchFolder().toAbsolutePath(),
                PATIENCE);
        String said = ffmpeg.run(command, progress -> {}).stdout();
        return CheckResult.up(said.lines().findFirst().orElse("started"));
    }
}
