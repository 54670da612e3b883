package tv.tldr.activities.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/** Makes videos for tests with the real FFmpeg. */
public final class TestMedia {
    /** Unpacked once for the whole build. */
    public static final FfmpegPrograms PROGRAMS = FfmpegPrograms.find(Optional.empty(), Path.of("target", "ffmpeg"));

    public static final Ffmpeg FFMPEG = new Ffmpeg(PROGRAMS, FfmpegLimits.DEFAULTS);

    /** Held by its arguments alone, for tests of what these hold. */
    public static final Ffmpeg WITHOUT_SANDBOX = new Ffmpeg(
            PROGRAMS, new FfmpegLimits(FfmpegLimits.DEFAULTS.addressSpace(), FfmpegLimits.DEFAULTS.fileSize(), false));

    private TestMedia() {}

    /** Everything in {@code folder}, little kept free, and the limits that there are by default. */
    public static MediaProperties properties(Path folder, int atOnce) {
        return new MediaProperties(
                folder.resolve("scratch"),
                DataSize.ofKilobytes(64),
                folder,
                null,
                folder,
                atOnce,
                DataSize.ofGigabytes(12),
                DataSize.ofGigabytes(64),
                true);
    }

    /** Runs ffmpeg in {@code folder} with these arguments, divided by spaces, and returns the last one as a file of it. */
    public static Path make(Path folder, String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        FFMPEG.run(FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), words), progress -> {});
        return folder.resolve(words.getLast());
    }

    /** A test picture with a tone: H.264 and AAC in whatever container the name asks for. */
    public static Path video(Path folder, String name, int seconds) {
        return make(
                folder,
                "-f lavfi -i testsrc2=size=320x180:rate=25:duration=" + seconds
                        + " -f lavfi -i sine=frequency=440:duration=" + seconds
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest " + name);
    }
}
