package tv.tldr.activities.gemini;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.PictureScale;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Video;

/** Makes the small picture of an instant that a model is shown beside others. */
public final class PictureCutter {
    private static final Logger LOG = LoggerFactory.getLogger(PictureCutter.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A picture costs the same tokens whatever its size; more than this the model does not see at low resolution. */
    private static final int WIDEST = 512;

    private final Ffmpeg ffmpeg;
    private final int threads;

    /** @param threads that one picture uses to decode */
    public PictureCutter(Ffmpeg ffmpeg, int threads) {
        this.ffmpeg = ffmpeg;
        this.threads = threads;
    }

    /**
     * The picture as a JPEG; empty when the recording has none there that can be decoded.
     *
     * @param time seconds of the stream
     * @param folder of the job
     * @param name of the file in it
     * @param heartbeat called twice a second; what it throws ends the cut
     */
    public Optional<Path> cut(
            MediaInput input, MediaFacts facts, double time, Path folder, String name, Runnable heartbeat) {
        Video video = facts.video();
        if (video == null) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>(List.of("-threads", Integer.toString(threads)));
        arguments.addAll(List.of("-max_error_rate", "1", "-ss", FfmpegCommand.seconds(time)));
        arguments.addAll(input.arguments());
        arguments.addAll(
                List.of("-map", "0:" + video.index(), "-frames:v", "1", "-vf", PictureScale.jpeg(WIDEST), "-q:v", "4"));
        arguments.addAll(List.of("-map_metadata", "-1", "-f", "image2", "-update", "1"));
        arguments.add(name);
        try {
            ffmpeg.run(FfmpegCommand.ffmpeg(folder, LIMIT, arguments), news -> heartbeat.run());
        } catch (FfmpegFailure failure) {
            LOG.info("a moment is compared without its picture: {}", failure.getMessage());
        }
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }
}
