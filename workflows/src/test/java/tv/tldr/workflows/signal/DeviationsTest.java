package tv.tldr.workflows.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviationsTest {
    @Test
    void aFlatStreamHasNoDeviations() {
        Deviations deviations = Deviations.of(MadeSignals.flat(60).signals());

        for (SignalKind kind : SignalKind.values()) {
            assertThat(deviations.of(kind).orElseThrow()).containsOnly(0.0);
        }
    }

    @Test
    void soundIsComparedWithTheSoundOfAStreamThatIsMostlySilent() {
        MadeSignals made = MadeSignals.flat(100).more(SignalKind.LOUDNESS, 0, 80, -40);
        double[] loudness = deviations(made, SignalKind.LOUDNESS);

        assertThat(loudness[90]).isEqualTo(0);
        assertThat(loudness[10]).isEqualTo(-4);
    }

    @Test
    void aRareSoundInASilentStreamStandsOut() {
        MadeSignals made = MadeSignals.flat(100).more(SignalKind.LOUDNESS, 5, 100, -40);

        assertThat(deviations(made, SignalKind.LOUDNESS)[2]).isEqualTo(4);
    }

    @Test
    void theFrameSizesOfAStillPictureCountAsNothing() {
        MadeSignals made = MadeSignals.flat(100)
                .more(SignalKind.CHANGE, 0, 50, -0.1)
                .more(SignalKind.FRAME_BYTES_SPREAD, 10, 12, 3);
        double[] bursts = deviations(made, SignalKind.FRAME_BYTES_SPREAD);

        assertThat(bursts[11]).isEqualTo(-4);
        assertThat(bursts[75]).isEqualTo(0);
    }

    @Test
    void sizesAreComparedByTheirRatio() {
        MadeSignals made = MadeSignals.flat(90).more(SignalKind.INTER_BYTES, 0, 10, 20_000);
        double[] sizes = deviations(made, SignalKind.INTER_BYTES);

        assertThat(sizes[5]).isEqualTo(StrictMath.log(2) / 0.25, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void whatIsNoNumberStaysWithoutValue() {
        MadeSignals made = MadeSignals.flat(20)
                .value(SignalKind.LOUDNESS, 3, Float.NaN)
                .value(SignalKind.LOUDNESS, 4, Float.POSITIVE_INFINITY)
                .value(SignalKind.LOUDNESS, 5, Float.NEGATIVE_INFINITY);
        double[] loudness = deviations(made, SignalKind.LOUDNESS);

        assertThat(loudness[3]).isNaN();
        assertThat(loudness[4]).isNaN();
        assertThat(loudness[5]).as("digital silence is a measurement").isEqualTo(-4);
    }

    @Test
    void aSignalThatWasNotMeasuredHasNone() {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        curves.put(SignalKind.SPEECH, new float[] {0, 1});

        Deviations deviations = Deviations.of(new Signals(0, 2, curves, List.of(), List.of()));

        assertThat(deviations.of(SignalKind.MOTION)).isEmpty();
        assertThat(deviations.of(SignalKind.SPEECH)).isPresent();
    }

    private static double[] deviations(MadeSignals made, SignalKind kind) {
        return Deviations.of(made.signals()).of(kind).orElseThrow();
    }
}
