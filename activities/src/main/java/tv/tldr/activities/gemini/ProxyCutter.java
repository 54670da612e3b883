package tv.tldr.activities.gemini;

import static tv.tldr.activities.media.FfmpegCommand.seconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.PictureScale;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Audio;
import tv.tldr.workflows.activity.MediaFacts.Video;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Makes the small copy of a window that a model looks at. It need not be exact to the frame, since the model picks units by
 * number; it must be small, since it is sent, and have its sound, since half of what is funny is heard.
 */
public final class ProxyCutter {
    private static final Duration LEAST_LIMIT = Duration.ofMinutes(2);
    /** Even 4K, decoded by one slow core, is not slower than this many seconds a second. */
    private static final long SLOWEST = 10;

    private static final int SOUND_BITS = 32_000;
    private static final int SAMPLE_RATE = 16_000;
    private static final int LEAST_PICTURE_BITS = 8_000;
    private static final String PICTURE_NAME = "proxy.mp4";
    private static final String SOUND_NAME = "proxy.mp3";

    private final Ffmpeg ffmpeg;
    private final int threads;

    /** @param threads that one cut uses to decode and encode */
    public ProxyCutter(Ffmpeg ffmpeg, int threads) {
        this.ffmpeg = ffmpeg;
        this.threads = threads;
    }

    /**
     * How much of the picture is kept?
     *
     * @param width pixels at most; a narrower picture stays as it is
     * @param framesPerSecond 1 is what the model looks at by itself; fewer cost less
     * @param mostBytes of the copy, kept by its bit rate
     */
    public record Detail(int width, double framesPerSecond, DataSize mostBytes) {
        /** All that the model looks at by itself. */
        public static final Detail FULL = new Detail(320, 1, DataSize.ofMegabytes(8));
        /** A third of the frames: for when the money is short. */
        public static final Detail FEWER_FRAMES = new Detail(320, 1 / 3.0, DataSize.ofMegabytes(8));

        public Detail {
            if (width < 16 || !(framesPerSecond > 0) || !(mostBytes.toBytes() > 0)) {
                throw new IllegalArgumentException("a proxy clip needs a width, frames and a size");
            }
        }
    }

    /**
     * @param range stream time; its part behind the recording's end is left out
     * @param folder of the job; the file is left there
     * @param progress told the done part, 0–1, twice a second; what it throws ends the cut
     * @throws tv.tldr.activities.media.FfmpegFailure when nothing in the window can be decoded
     */
    public ProxyClip cut(
            MediaInput input, MediaFacts facts, TimeRange range, Detail detail, Path folder, DoubleConsumer progress) {
        double duration = Math.min(range.end(), facts.duration()) - range.start();
        if (!(duration > 0)) {
            throw new IllegalArgumentException(
                    "the window begins at " + range.start() + " s, behind the end at " + facts.duration() + " s");
        }
        boolean picture = facts.video() != null;
        Path file = folder.resolve(picture ? PICTURE_NAME : SOUND_NAME);
        long limit = Math.max(LEAST_LIMIT.toSeconds(), (long) Math.ceil(duration) * SLOWEST);
        FfmpegCommand command = FfmpegCommand.ffmpeg(
                        folder,
                        Duration.ofSeconds(limit),
                        arguments(input, facts, range.start(), duration, detail, file))
                .reportingProgress();
        ffmpeg.run(command, news -> progress.accept(Math.clamp(news.seconds() / duration, 0, 1)));
        try {
            return new ProxyClip(
                    file,
                    picture ? "video/mp4" : "audio/mp3",
                    Files.size(file),
                    duration,
                    picture ? detail.framesPerSecond() : 0,
                    facts.audio() != null);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy clip is missing: " + e.getMessage(), e);
        }
    }

    private List<String> arguments(
            MediaInput input, MediaFacts facts, double start, double duration, Detail detail, Path file) {
        Video video = facts.video();
        Audio audio = facts.audio();
        List<String> arguments = new ArrayList<>(List.of("-threads", Integer.toString(threads)));
        // Whatever is damaged, what can be decoded is shown.
        arguments.addAll(List.of("-max_error_rate", "1", "-ss", seconds(start), "-t", seconds(duration)));
        arguments.addAll(input.arguments());
        if (video != null) {
            double bits = detail.mostBytes().toBytes() * 8.0 / duration - (audio == null ? 0 : 1.2 * SOUND_BITS);
            // The rate is held on the average of the buffer only, and the container takes some.
            int rate = (int) Math.max(LEAST_PICTURE_BITS, Math.min(1_000_000, bits * 0.7));
            arguments.addAll(List.of("-map", "0:" + video.index()));
            arguments.addAll(List.of("-vf", picture(detail)));
            arguments.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-pix_fmt", "yuv420p"));
            arguments.addAll(List.of("-maxrate", Integer.toString(rate), "-bufsize", Integer.toString(rate)));
            arguments.addAll(List.of("-threads:v", Integer.toString(threads)));
        }
        if (audio != null) {
            String codec = video == null ? "libmp3lame" : "aac";
            arguments.addAll(List.of("-map", "0:" + audio.index(), "-ac", "1", "-ar", Integer.toString(SAMPLE_RATE)));
            arguments.addAll(List.of("-c:a", codec, "-b:a", Integer.toString(SOUND_BITS)));
            // However long the encoder holds pictures back, sound waits for them: else chance would say how the two are
            // mixed, and a clip that was sent before a crash could not be told for the same.
            arguments.addAll(List.of("-max_interleave_delta", "0"));
        }
        arguments.addAll(List.of("-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"));
        if (video != null) {
            arguments.addAll(List.of("-movflags", "+faststart"));
        }
        arguments.add(file.getFileName().toString());
        return arguments;
    }

    private static String picture(Detail detail) {
        return "fps=" + String.format(Locale.ROOT, "%.4f", detail.framesPerSecond()) + ":start_time=0,"
                + PictureScale.atMost(detail.width()) + ",setsar=1";
    }
}
