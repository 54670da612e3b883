package tv.tldr.workflows.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void aSecondHasWhatWasMeasuredInItAndNothingElse() {
        Signals signals = new Signals(
                60,
                2,
                Map.of(
                        SignalKind.LOUDNESS, new float[] {-20, -14.25f},
                        SignalKind.MOTION, new float[] {0.123456f, Float.NaN}),
                List.of(),
                List.of());

        assertThat(signals.at(60)).isEqualTo(Map.of("loudness", -20.0, "motion", 0.1235));
        assertThat(signals.at(61)).isEqualTo(Map.of("loudness", -14.25));
    }
}
