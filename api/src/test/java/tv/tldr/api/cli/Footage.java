package tv.tldr.api.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegLimits;
import tv.tldr.activities.media.FfmpegPrograms;

/** Videos for a test, made from the sample by the FFmpeg that the program brings along. */
record Footage(Path folder) {
    static final Path SAMPLE =
            Path.of("../samples/gameplay.mp4").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * @param arguments divided by spaces; {@code SAMPLE} stands for the sample's path
     * @return the file {@code name} in the folder
     */
    Path make(String name, String arguments) {
        Path file = folder.resolve(name);
        List<String> words = Stream.concat(Arrays.stream(arguments.split(" ", -1)), Stream.of(file.toString()))
                .map(word -> word.equals("SAMPLE") ? SAMPLE.toString() : word)
                .toList();
        Ffmpeg ffmpeg = new Ffmpeg(
                FfmpegPrograms.find(Optional.empty(), Path.of("target/ffmpeg").toAbsolutePath()),
                FfmpegLimits.DEFAULTS);
        ffmpeg.run(FfmpegCommand.ffmpeg(folder, LIMIT, words), progress -> {});
        return file;
    }
}
