package tv.tldr.api.export;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many frames has a second, exactly? A fraction: 29.97 is 30000/1001.
 *
 * @param numerator frames in {@code denominator} seconds
 */
public record FrameRate(long numerator, long denominator) {
    /** Of what has no picture, and for a picture of unknown rate. */
    public static final FrameRate USUAL = new FrameRate(30, 1);

    private static final List<FrameRate> KNOWN = Stream.concat(
                    LongStream.of(24, 25, 30, 48, 50, 60, 120).mapToObj(rate -> new FrameRate(rate, 1)),
                    LongStream.of(24, 30, 60, 120).mapToObj(rate -> new FrameRate(rate * 1000, 1001)))
            .toList();
    private static final double TOLERANCE = 0.005;

    /** The rate that editing programs know next to a measured one. */
    public static FrameRate near(double measured) {
        return KNOWN.stream()
                .min(Comparator.comparingDouble(rate -> Math.abs(rate.value() - measured)))
                .filter(rate -> Math.abs(rate.value() - measured) <= TOLERANCE)
                .orElseGet(() -> measured >= 1 && measured <= 240 ? new FrameRate(Math.round(measured), 1) : USUAL);
    }

    public double value() {
        return (double) numerator / denominator;
    }

    /** The frame that stands at {@code seconds}. */
    long frames(double seconds) {
        return Math.round(seconds * numerator / denominator);
    }

    /** What a frame is called, counting {@link #nominal} a second: no frame is dropped from the count. */
    String timecode(long frame) {
        long second = frame / nominal();
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60, frame % nominal());
    }

    long nominal() {
        return (numerator + denominator - 1) / denominator;
    }
}
