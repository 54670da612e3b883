package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

class ReadingsTest {
    private static final Seconds SECONDS = Seconds.of(new TimeRange(0, 10));
    private static final double[] TIMES =
            IntStream.range(0, 5).mapToDouble(i -> 2.0 * i).toArray();

    @Test
    void hasEveryKindOfSignalWithPictureAndSound() {
        Signals signals = new Readings(SECONDS, heard(), seen(PicturePlan.KEYFRAMES)).signals();

        assertThat(signals.curves()).containsOnlyKeys(SignalKind.values());
        assertThat(signals.firstSecond()).isZero();
        assertThat(signals.seconds()).isEqualTo(10);
    }

    @Test
    void hasNoCurvesOfWhatTheSourceLacks() {
        Signals podcast = new Readings(SECONDS, heard(), null).signals();
        Signals silent = new Readings(SECONDS, null, seen(PicturePlan.KEYFRAMES)).signals();

        assertThat(podcast.has(Modality.VIDEO)).isFalse();
        assertThat(podcast.has(Modality.AUDIO)).isTrue();
        assertThat(silent.has(Modality.AUDIO)).isFalse();
        assertThat(silent.pauses()).isEmpty();
    }

    @Test
    void callsAnUnchangedCheapPictureStill() {
        Readings.Seen still = seen(PicturePlan.KEYFRAMES);
        Readings.Seen busy = new Readings.Seen(still.packets(), still.pictures(), still.plan(), 1000);

        assertThat(still(still)).isEqualTo(1f);
        assertThat(still(busy)).isZero();
    }

    @Test
    void measuresMotionByThePicturesWhenThorough() {
        Signals signals = new Readings(SECONDS, null, seen(PicturePlan.THOROUGH)).signals();

        assertThat(signals.curve(SignalKind.MOTION).orElseThrow()).containsOnly(0f);
    }

    @Test
    void countsCutsBySecond() {
        Packets packets = TestPackets.of(0, 10, 20, i -> i == 53 ? 6000 : 200);
        Pictures pictures = TestPictures.greys(TIMES, 50, 50, 50, 200, 200);
        Readings.Seen seen = new Readings.Seen(packets, pictures, PicturePlan.KEYFRAMES, 100_000);

        Signals signals = new Readings(SECONDS, null, seen).signals();

        assertThat(signals.cuts()).containsExactly(5.3);
        assertThat(signals.curve(SignalKind.CUTS).orElseThrow()).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void givesTheSameBitsForTheSameReadings() {
        Signals once = new Readings(SECONDS, heard(), seen(PicturePlan.KEYFRAMES)).signals();
        Signals again = new Readings(SECONDS, heard(), seen(PicturePlan.KEYFRAMES)).signals();

        once.curves().forEach((kind, curve) -> assertThat(again.curve(kind).orElseThrow())
                .as(kind.wire())
                .isEqualTo(curve));
    }

    private static float still(Readings.Seen seen) {
        return new Readings(SECONDS, null, seen)
                .signals()
                .curve(SignalKind.STILLNESS)
                .orElseThrow()[5];
    }

    private static Readings.Heard heard() {
        return new Readings.Heard(TestSound.of(0, 12, TestSound.noise(0.2)), List.of());
    }

    private static Readings.Seen seen(PicturePlan plan) {
        Packets packets = TestPackets.of(0, 10, 20, i -> 100);
        return new Readings.Seen(packets, TestPictures.greys(TIMES, 90, 90, 90, 90, 90), plan, 100_000);
    }
}
