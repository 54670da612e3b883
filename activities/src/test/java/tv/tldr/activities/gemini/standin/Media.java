package tv.tldr.activities.gemini.standin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;

/**
 * What is to be seen and heard in a file, second by second?
 *
 * @param motion mean change of a pixel since the second before, 0–255; empty without a picture
 * @param loudness root mean square of the samples, 0–32768; empty without sound
 */
record Media(List<Double> motion, List<Double> loudness) {
    private static final int RATE = 8000;
    private static final int PIXELS = 32 * 18;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Empty when FFmpeg finds neither picture nor sound. */
    static Optional<Media> of(Path file, Ffmpeg ffmpeg) {
        Media media = new Media(
                read(ffmpeg, file, "-an -vf fps=1,scale=32:18,format=gray -f rawvideo pipe:1", Media::changes),
                read(ffmpeg, file, "-vn -ac 1 -ar " + RATE + " -f s16le pipe:1", Media::levels));
        return media.motion.isEmpty() && media.loudness.isEmpty() ? Optional.empty() : Optional.of(media);
    }

    double seconds() {
        return Math.max(motion.size(), loudness.size());
    }

    /** 0–1: how much is going on from one second to another, compared with all that is there. */
    double energy(double from, double to) {
        return (share(motion, from, to) + share(loudness, from, to)) / 2;
    }

    private static double share(List<Double> values, double from, double to) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (most == 0) {
            return 0;
        }
        int first = Math.clamp((long) Math.floor(from), 0, values.size() - 1);
        int last = Math.clamp((long) Math.ceil(to), first + 1, values.size());
        double mean = values.subList(first, last).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return mean / most;
    }

    private static List<Double> read(Ffmpeg ffmpeg, Path file, String how, Ffmpeg.OutputReader<List<Double>> reader) {
        List<String> arguments = new ArrayList<>(List.of("-i", file.toString()));
        arguments.addAll(List.of(how.split(" ")));
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is in no folder");
        }
        try {
            return ffmpeg.read(FfmpegCommand.ffmpeg(folder, LIMIT, arguments), reader, () -> {});
        } catch (FfmpegFailure none) {
            return List.of();
        }
    }

    private static List<Double> changes(InputStream in) throws IOException {
        List<Double> changes = new ArrayList<>();
        byte[] before = new byte[0];
        for (byte[] frame = in.readNBytes(PIXELS); frame.length == PIXELS; frame = in.readNBytes(PIXELS)) {
            double sum = 0;
            for (int i = 0; i < PIXELS && before.length == PIXELS; i++) {
                sum += Math.abs((frame[i] & 0xff) - (before[i] & 0xff));
            }
            changes.add(sum / PIXELS);
            before = frame;
        }
        return changes;
    }

    private static List<Double> levels(InputStream in) throws IOException {
        List<Double> levels = new ArrayList<>();
        DataInputStream data = new DataInputStream(in);
        for (byte[] second = data.readNBytes(RATE * 2); second.length >= 2; second = data.readNBytes(RATE * 2)) {
            double sum = 0;
            for (int i = 0; i + 1 < second.length; i += 2) {
                double sample = (short) ((second[i] & 0xff) | (second[i + 1] << 8));
                sum += sample * sample;
            }
            levels.add(Math.sqrt(2 * sum / second.length));
        }
        return levels;
    }
}
