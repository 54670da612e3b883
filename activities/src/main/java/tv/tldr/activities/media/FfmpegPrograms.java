package tv.tldr.activities.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where are the programs {@code ffmpeg} and {@code ffprobe}?
 *
 * @param libraries folder of the shared libraries that they were unpacked with; null when the system's own are used
 */
public record FfmpegPrograms(
        Path ffmpeg, Path ffprobe, @Nullable Path libraries) {
    /** What is wrong when nothing is configured and nothing is packed either. */
    private static final String NONE_PACKED = "FFmpeg is not packed for this machine (" + System.getProperty("os.name")
            + " on " + System.getProperty("os.arch") + "): set FFMPEG_PATH to a folder that holds ffmpeg and ffprobe";

    /** Whether this program brings along an FFmpeg that runs here. */
    public static boolean arePacked() {
        return FfmpegBuild.ofThisMachine().isPresent();
    }

    /**
     * The programs at {@code configured}, else those of the Maven jar, unpacked once below {@code cache}.
     *
     * @param configured a folder with both programs, or the {@code ffmpeg} file beside its {@code ffprobe}
     * @throws IllegalStateException with the remedy, when there are none
     */
    public static FfmpegPrograms find(Optional<Path> configured, Path cache) {
        if (configured.isPresent()) {
            return at(configured.get());
        }
        FfmpegBuild build = FfmpegBuild.ofThisMachine().orElseThrow(() -> new IllegalStateException(NONE_PACKED));
        try {
            Path folder = FfmpegArchive.unpackInto(cache, build);
            return new FfmpegPrograms(folder.resolve("ffmpeg"), folder.resolve("ffprobe"), folder);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "FFmpeg could not be unpacked into " + cache + " (" + e.getMessage()
                            + "): free some space there, or set FFMPEG_PATH to an installed ffmpeg",
                    e);
        }
    }

    private static FfmpegPrograms at(Path configured) {
        Path absolute = configured.toAbsolutePath();
        Path ffmpeg = Files.isDirectory(absolute) ? absolute.resolve("ffmpeg") : absolute;
        Path ffprobe = ffmpeg.resolveSibling("ffprobe");
        for (Path program : new Path[] {ffmpeg, ffprobe}) {
            if (!Files.isExecutable(program)) {
                throw new IllegalStateException("FFMPEG_PATH is " + configured + ", but there is no executable "
                        + program + ": set it to a folder that holds ffmpeg and ffprobe");
            }
        }
        return new FfmpegPrograms(ffmpeg, ffprobe, null);
    }

    /** Where they and their libraries lie. */
    List<Path> folders() {
        return Stream.of(ffmpeg.getParent(), ffprobe.getParent(), libraries)
                .filter(Objects::nonNull)
                .map(Path::toAbsolutePath)
                .distinct()
                .toList();
    }

    Path path(FfmpegCommand.Program program) {
        return switch (program) {
            case FFMPEG -> ffmpeg;
            case FFPROBE -> ffprobe;
        };
    }
}
