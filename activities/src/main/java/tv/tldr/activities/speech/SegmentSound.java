package tv.tldr.activities.speech;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Makes the sound of a window as a recogniser wants it, with a little before and after, so that no word is cut in two. Times
 * go to FFmpeg on the container's own clock, and gaps are filled with silence: a sample's place tells its time.
 */
final class SegmentSound {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String FILE = "speech.pcm";
    private static final double MARGIN = 2;

    private final Ffmpeg ffmpeg;

    SegmentSound(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * @param file samples as in {@link SpeechRecognizer#hear}
     * @param from stream time of its first sample, seconds
     */
    record Cut(Path file, double from) {}

    Cut cut(
            MediaInput input,
            double startTime,
            MediaFacts.Audio audio,
            TimeRange window,
            Path folder,
            Runnable heartbeat) {
        double from = Math.max(0, window.start() - MARGIN);
        double first = startTime + from;
        List<String> arguments = new ArrayList<>(List.of("-max_error_rate", "1", "-copyts", "-noaccurate_seek"));
        if (from > 0 && first > 0) {
            arguments.addAll(List.of("-seek_timestamp", "1", "-ss", FfmpegCommand.seconds(first)));
        }
        // Any packet will do to begin with: sound needs no keyframe.
        arguments.addAll(List.of("-seek2any", "1", "-threads", "1"));
        arguments.addAll(input.arguments());
        String filters = "[0:" + audio.index() + "]atrim=start=" + FfmpegCommand.seconds(first)
                + ":end=" + FfmpegCommand.seconds(startTime + window.end() + MARGIN)
                + ",aresample=" + SpeechRecognizer.RATE
                // By itself, since it counts first_pts in samples of what it is given.
                + ",aresample=async=1:first_pts=" + Math.round(first * SpeechRecognizer.RATE)
                + ",aformat=sample_fmts=s16:channel_layouts=mono[sound]";
        arguments.addAll(List.of("-filter_complex", filters, "-map", "[sound]", "-f", "s16le", FILE));
        ffmpeg.run(FfmpegCommand.ffmpeg(folder, LIMIT, arguments), news -> heartbeat.run());
        return new Cut(folder.resolve(FILE), from);
    }
}
