package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierTest {
    private static final int SIZE = 256;

    private final Fourier fourier = new Fourier(SIZE);
    private final float[] power = new float[SIZE / 2 + 1];

    @Test
    void findsATonesFrequencyAndStrength() {
        fourier.power(i -> (float) Math.sin(2 * Math.PI * 20 * i / SIZE), power);

        assertThat(power[20]).isGreaterThan(power[19]).isGreaterThan(power[21]);
        assertThat(sum()).isCloseTo(0.5, within(0.001));
        assertThat(power[60]).isLessThan(1e-9f);
    }

    @Test
    void addsUpToTheMeanSquareOfNoise() {
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            fourier.power(number -> (float) random.nextGaussian(), power);
            sum += sum() / 200;
        }

        assertThat(sum).isCloseTo(1, within(0.05));
    }

    private double sum() {
        double sum = 0;
        for (int i = 0; i < power.length; i++) {
            sum += power[i];
        }
        return sum;
    }
}
