package tv.tldr.activities.media.signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A few small pictures around a window, in the order they are shown, and what is seen in each. */
final class Pictures {
    static final int WIDTH = 64;
    static final int HEIGHT = 36;
    /** Red, green, blue, a byte each. */
    static final int BYTES = WIDTH * HEIGHT * 3;

    private static final Pictures NONE = new Pictures(new double[0], new byte[0]);
    /** 8 % of white: darker is black to the eye, and noise and letterbox logos stay below. */
    private static final double DARK = 0.08;

    private static final double BLACK_PART = 0.98;

    private final double[] times;
    private final float[][] lumas;
    private final double[] brightness;
    private final double[] saturation;
    private final boolean[] black;

    /** @param data {@value #BYTES} bytes for each time */
    Pictures(double[] times, byte[] data) {
        this.times = times.clone();
        this.lumas = new float[times.length][WIDTH * HEIGHT];
        this.brightness = new double[times.length];
        this.saturation = new double[times.length];
        this.black = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            look(i, data);
        }
    }

    static Pictures none() {
        return NONE;
    }

    static Pictures read(List<Listed> listed, Path file) throws IOException {
        if (listed.isEmpty() || Files.notExists(file)) {
            return NONE;
        }
        byte[] data = Files.readAllBytes(file);
        int count = Math.min(listed.size(), data.length / BYTES);
        return new Pictures(
                listed.stream().limit(count).mapToDouble(Listed::time).toArray(), data);
    }

    private void look(int picture, byte[] data) {
        double lightSum = 0;
        double colourSum = 0;
        int dark = 0;
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            int at = picture * BYTES + pixel * 3;
            int red = data[at] & 0xff;
            int green = data[at + 1] & 0xff;
            int blue = data[at + 2] & 0xff;
            double luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
            lumas[picture][pixel] = (float) luma;
            lightSum += luma;
            colourSum += (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue))) / 255.0;
            dark += luma < DARK ? 1 : 0;
        }
        brightness[picture] = lightSum / (WIDTH * HEIGHT);
        saturation[picture] = colourSum / (WIDTH * HEIGHT);
        black[picture] = dark >= BLACK_PART * WIDTH * HEIGHT;
    }

    int count() {
        return times.length;
    }

    /** When a picture is shown, seconds of stream time. */
    double time(int picture) {
        return times[picture];
    }

    /** Whether each is shown after the one before. */
    boolean isAscending() {
        return IntStream.range(1, times.length).allMatch(i -> times[i] > times[i - 1]);
    }

    /** Mean luma, 0–1. */
    double brightness(int picture) {
        return brightness[picture];
    }

    /** Mean distance between the strongest and the weakest of the three colours, 0–1. */
    double saturation(int picture) {
        return saturation[picture];
    }

    boolean isBlack(int picture) {
        return black[picture];
    }

    /** Mean difference of luma from the picture before, 0–1; 0 for the first. */
    double change(int picture) {
        if (picture == 0) {
            return 0;
        }
        double sum = 0;
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            sum += Math.abs(lumas[picture][pixel] - lumas[picture - 1][pixel]);
        }
        return sum / (WIDTH * HEIGHT);
    }

    /** The first picture shown at {@code time} or later; {@link #count} when there is none. */
    int firstFrom(double time) {
        int picture = 0;
        while (picture < times.length && times[picture] < time) {
            picture++;
        }
        return picture;
    }
}
