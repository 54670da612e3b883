package tv.tldr.activities.clip;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.TestMedia;

/**
 * Material whose every frame shows its own number as a pattern of 12 black and white fields, and whose sound is noise that
 * never repeats, so that any frame and any fraction of a second can be recognised.
 */
public final class NumberedSource {
    static final int WIDTH = 160;
    static final int HEIGHT = 96;
    static final int RATE = 25;
    static final int SOUND_RATE = 8000;
    private static final int FIELD_WIDTH = 40;
    private static final int FIELD_HEIGHT = 32;
    private static final int BITS = 12;

    /** What goes before the output options: the raw picture and sound of this folder. */
    public static String input(String rate) {
        return "-f rawvideo -pixel_format gray -video_size " + WIDTH + "x" + HEIGHT + " -framerate " + RATE
                + " -i picture.raw -f s16le -sample_rate 48000 -ch_layout mono -i sound.raw ";
    }

    public static final String H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

    private NumberedSource() {}

    /** Writes the raw material into {@code folder}. */
    public static void write(Path folder, int seconds) {
        try (OutputStream picture = new BufferedOutputStream(Files.newOutputStream(folder.resolve("picture.raw")))) {
            for (int number = 0; number < seconds * RATE; number++) {
                picture.write(frame(number));
            }
            Files.write(folder.resolve("sound.raw"), noise(seconds * 48_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] frame(int number) {
        byte[] pixels = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int bit = y / FIELD_HEIGHT * (WIDTH / FIELD_WIDTH) + x / FIELD_WIDTH;
                pixels[y * WIDTH + x] = (byte) ((number >> bit & 1) == 1 ? 235 : 16);
            }
        }
        return pixels;
    }

    /** Low-passed, so that every codec keeps its waveform. */
    private static byte[] noise(int samples) {
        Random random = new Random(20);
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        double slow = 0;
        double slower = 0;
        for (int i = 0; i < samples; i++) {
            slow += (random.nextGaussian() * 12_000 - slow) * 0.2;
            slower += (slow - slower) * 0.2;
            bytes.putShort((short) Math.clamp(slower * 2, -32_000, 32_000));
        }
        return bytes.array();
    }

    /** The numbers that the frames of a video show, in order; {@code turn}: a filter that brings them upright. */
    static int[] numbers(Path video, String turn) {
        byte[] pixels = output(
                video,
                "-map 0:v:0 -fps_mode passthrough -vf " + turn + "scale=" + WIDTH + ":" + HEIGHT
                        + ":flags=neighbor -f rawvideo -pix_fmt gray pipe:1");
        int[] numbers = new int[pixels.length / (WIDTH * HEIGHT)];
        for (int i = 0; i < numbers.length; i++) {
            for (int bit = 0; bit < BITS; bit++) {
                int x = bit % (WIDTH / FIELD_WIDTH) * FIELD_WIDTH + FIELD_WIDTH / 2;
                int y = bit / (WIDTH / FIELD_WIDTH) * FIELD_HEIGHT + FIELD_HEIGHT / 2;
                int value = pixels[i * WIDTH * HEIGHT + y * WIDTH + x] & 0xff;
                numbers[i] |= value > 128 ? 1 << bit : 0;
            }
        }
        return numbers;
    }

    /** Its sound, mono, {@value #SOUND_RATE} samples a second. */
    static float[] sound(Path media) {
        byte[] bytes = output(media, "-map 0:a:0 -ac 1 -ar " + SOUND_RATE + " -f s16le pipe:1");
        float[] samples = new float[bytes.length / 2];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = buffer.getShort(2 * i);
        }
        return samples;
    }

    /** When each block of decoded samples is heard, seconds on its own clock, and how many samples it has. */
    static double[][] soundBlocks(Path media) {
        return rows(media, "-select_streams a:0 -show_entries frame=best_effort_timestamp_time,nb_samples");
    }

    /** When its frames are shown, in order, seconds on its own clock. */
    static double[] times(Path video) {
        return Arrays.stream(rows(video, "-select_streams v:0 -show_entries frame=best_effort_timestamp_time"))
                .mapToDouble(row -> row[0])
                .toArray();
    }

    private static double[][] rows(Path media, String question) {
        List<String> arguments = new ArrayList<>(List.of(question.split(" ")));
        arguments.addAll(List.of("-print_format", "csv=p=0", media.toString()));
        FfmpegCommand command = FfmpegCommand.ffprobe(folder(media), Duration.ofMinutes(2), arguments);
        return TestMedia.FFMPEG
                .run(command, progress -> {})
                .stdout()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("N/A"))
                .map(line -> Arrays.stream(line.split(","))
                        .filter(word -> !word.isBlank())
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static byte[] output(Path media, String arguments) {
        List<String> words = new ArrayList<>(List.of("-i", media.toString()));
        words.addAll(List.of(arguments.split(" ")));
        return TestMedia.FFMPEG.read(
                FfmpegCommand.ffmpeg(folder(media), Duration.ofMinutes(2), words), InputStream::readAllBytes, () -> {});
    }

    private static Path folder(Path file) {
        return requireNonNull(file.toAbsolutePath().getParent());
    }
}
