package tv.tldr.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;

/**
 * What is measured on? One minute of a real video as 720p, repeated to any length without encoding it again.
 *
 * <p>Encoded as Twitch's broadcasting guidelines ask of a live game in 720p: 60 frames a second, constant 4.5 Mbit/s, a
 * keyframe every 2 s at least.
 */
record TestVideo(Ffmpeg ffmpeg, Path folder) {
    private static final Duration LIMIT = Duration.ofHours(1);

    Path make(Path source, int seconds) {
        System.err.println("making " + seconds + " s of 720p video …");
        // Grain, because enlarged pictures alone are cheaper to decode than real ones.
        run(
                "-i %s -t 60 -vf scale=1280:720:flags=bicubic,noise=alls=4:allf=t -r 60 -c:v libx264 -preset veryfast"
                        + " -b:v 4500k -maxrate 4500k -bufsize 9000k -g 120 -c:a aac -b:a 128k -ar 48000 -ac 2 minute.mp4",
                source.toAbsolutePath());
        run("-stream_loop -1 -i %s -t " + seconds + " -c copy 720p.mp4", folder.resolve("minute.mp4"));
        return folder.resolve("720p.mp4");
    }

    /** @param arguments divided by spaces; {@code %s} stands for {@code input} */
    private void run(String arguments, Path input) {
        List<String> words = Arrays.stream(arguments.split(" ", -1))
                .map(word -> word.equals("%s") ? input.toString() : word)
                .toList();
        ffmpeg.run(FfmpegCommand.ffmpeg(folder, LIMIT, words), progress -> {});
    }
}
