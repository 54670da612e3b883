package tv.tldr.activities.media.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What can be measured each second of a window, almost without decoding? Two short runs of FFmpeg: the first lists the
 * packets and listens to the sound; what it finds decides which few pictures the second decodes.
 *
 * <p>The same file, window and mode give the same bits. Windows of a file give what one window over all of it gives: each
 * reads a little before and beyond its edges.
 */
public final class SignalMeter {
    /** Goes up with every change that measures anything differently. */
    private static final int VERSION = 1;

    private final Ffmpeg ffmpeg;

    public SignalMeter(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /** How a window is measured: the same words and the same file mean the same signals, whoever measured. */
    public static String way(TimeRange window, boolean thorough) {
        return "v%d %s-%s %s".formatted(VERSION, window.start(), window.end(), thorough ? "thorough" : "keyframes");
    }

    /**
     * Measures a window of a recording.
     *
     * @param window begins on a whole second
     * @param thorough decode everything and look at four pictures a second
     * @param scratch an empty folder of the caller's: a few MB for each minute
     * @param heartbeat called twice a second; what it throws ends the measuring
     * @throws tv.tldr.activities.media.FfmpegFailure when FFmpeg could not read the file at all
     */
    public Signals measure(
            MediaInput input, MediaFacts facts, TimeRange window, boolean thorough, Path scratch, Runnable heartbeat) {
        Seconds seconds = Seconds.of(window);
        SegmentFiles files = new SegmentFiles(input, facts, seconds, scratch);
        try {
            ListeningPass listening = new ListeningPass(ffmpeg, files);
            ListeningPass.Result first = listening.run(heartbeat);
            MediaFacts.Video video = facts.video();
            if (video == null) {
                return new Readings(seconds, first.heard(), null).signals();
            }
            PicturePass watching = new PicturePass(ffmpeg, files);
            List<Listed> before =
                    needsPreroll(first.packets(), seconds, thorough) ? watching.keyframeBefore(heartbeat) : List.of();
            PicturePlan plan = PicturePlan.of(first.packets(), seconds, thorough, before);
            PicturePass.Result second = watching.run(plan, first.packets(), heartbeat);
            if (plan == PicturePlan.KEYFRAMES && !second.isWhole()) {
                plan = PicturePlan.SPARSE;
                Pictures pictures =
                        watching.run(plan, first.packets(), heartbeat).pictures();
                second = new PicturePass.Result(pictures, second.keyframes());
            }
            Packets packets = first.packets().after(before).after(second.keyframes());
            long pixels = Math.max(1, (long) video.width() * video.height());
            Readings.Seen seen = new Readings.Seen(packets, second.pictures(), plan, pixels);
            return new Readings(seconds, first.heard(), seen).signals();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read what FFmpeg measured: " + e.getMessage(), e);
        }
    }

    private static boolean needsPreroll(Packets packets, Seconds seconds, boolean thorough) {
        return seconds.first() > 0
                && !packets.isEmpty()
                && (thorough || PicturePlan.isSparse(packets, seconds))
                && packets.keyframes().stream()
                        .noneMatch(key -> key.time() <= seconds.window().start());
    }
}
