package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ShortBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundTest {
    private static final int SECOND = Sound.RATE * Short.BYTES;

    @Test
    void placesABlockWhereItsTimeSaysAcrossAGap() {
        ShortBuffer data =
                ShortBuffer.allocate(2 * Sound.RATE).put(0, (short) 16_384).put(Sound.RATE, (short) -16_384);
        List<Listed> blocks = List.of(new Listed(10, 1, SECOND, true), new Listed(13, 1, SECOND, true));

        Sound sound = Sound.place(blocks, data, 9, 15);

        assertThat(sound.sample(Sound.RATE)).isEqualTo(0.5f);
        assertThat(sound.sample(4 * Sound.RATE)).isEqualTo(-0.5f);
        assertThat(sound.isHeard(Sound.STEPS - 1)).isFalse();
        assertThat(sound.isHeard(Sound.STEPS)).isTrue();
        assertThat(sound.isHeard(2 * Sound.STEPS)).isFalse();
        assertThat(sound.isHeard(4 * Sound.STEPS)).isTrue();
    }

    @Test
    void cutsOffWhatLiesBeforeAndAfter() {
        ShortBuffer data = ShortBuffer.allocate(3 * Sound.RATE).put(Sound.RATE / 2, (short) 16_384);

        Sound sound = Sound.place(List.of(new Listed(-0.5, 3, 3 * SECOND, true)), data, 0, 1);

        assertThat(sound.sample(0)).isEqualTo(0.5f);
        assertThat(sound.steps()).isEqualTo(Sound.STEPS);
        assertThat(sound.sample(Sound.RATE)).isZero();
    }

    @Test
    void believesTheDataWhenTheListingPromisesMore() {
        Sound sound = Sound.place(List.of(new Listed(0, 1, SECOND, true)), ShortBuffer.allocate(800), 0, 1);

        assertThat(sound.isHeard(0)).isTrue();
        assertThat(sound.isHeard(1)).isFalse();
    }
}
