package tv.tldr.activities.gemini;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.TestMedia;

/** Looks at the frames that are in a file. */
final class Frames {
    private Frames() {}

    /** Of each frame as a whole, 0–255. */
    static List<Integer> brightness(Path file) {
        Path folder = Objects.requireNonNull(file.getParent());
        FfmpegCommand command = FfmpegCommand.ffmpeg(
                folder,
                Duration.ofMinutes(1),
                List.of(
                        "-i",
                        file.toString(),
                        "-fps_mode",
                        "passthrough",
                        "-vf",
                        "scale=1:1,format=gray",
                        "-f",
                        "rawvideo",
                        "pipe:1"));
        byte[] levels = TestMedia.FFMPEG.read(command, in -> in.readAllBytes(), () -> {});
        return IntStream.range(0, levels.length).mapToObj(i -> levels[i] & 0xff).toList();
    }
}
