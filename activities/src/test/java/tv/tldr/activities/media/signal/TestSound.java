package tv.tldr.activities.media.signal;

import java.nio.ShortBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Makes sounds for tests out of formulas: the pressure at each instant, −1 to 1. */
final class TestSound {
    private TestSound() {}

    /** Sound from second {@code from} to second {@code to} of stream time, heard throughout. */
    static Sound of(int from, int to, DoubleUnaryOperator pressureAt) {
        int length = (to - from) * Sound.RATE;
        Listed whole = new Listed(from, to - from, length * Short.BYTES, true);
        return Sound.place(List.of(whole), samples(from, length, pressureAt), from, to);
    }

    static ShortBuffer samples(double from, int length, DoubleUnaryOperator pressureAt) {
        ShortBuffer samples = ShortBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            double pressure = pressureAt.applyAsDouble(from + (double) i / Sound.RATE);
            samples.put(i, (short) Math.clamp(Math.round(pressure * 32_767), -32_768, 32_767));
        }
        return samples;
    }

    static DoubleUnaryOperator tone(double hertz, double amplitude) {
        return time -> amplitude * Math.sin(2 * Math.PI * hertz * time);
    }

    static DoubleUnaryOperator noise(double amplitude) {
        Random random = new Random(7);
        return time -> amplitude * (2 * random.nextDouble() - 1);
    }

    static DoubleUnaryOperator silence() {
        return time -> 0;
    }
}
