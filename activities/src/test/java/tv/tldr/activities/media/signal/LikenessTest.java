package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.TimeRange;

class LikenessTest {
    @Test
    void takesAVoiceThatSwingsLikeSyllablesForSpeech() {
        // Harmonics of a gliding 120 Hz voice, opened and closed five times a second.
        DoubleUnaryOperator voice = time -> {
            double phase = 2 * Math.PI * (120 * time + 4 * Math.sin(9 * time));
            double sum = 0;
            for (int harmonic = 2; harmonic < 20; harmonic++) {
                sum += Math.sin(harmonic * phase) / harmonic;
            }
            double mouth = Math.sin(Math.PI * 5 * time);
            return 0.2 * sum * mouth * mouth * mouth * mouth;
        };

        Likelihoods likelihoods = of(voice);

        assertThat(likelihoods.speech()).isGreaterThan(0.6f);
        assertThat(likelihoods.crowd()).isLessThan(0.1f);
        assertThat(likelihoods.music()).isLessThan(0.4f);
    }

    @Test
    void takesALoudSteadyRoarForACrowd() {
        Likelihoods likelihoods = of(TestSound.noise(0.4));

        assertThat(likelihoods.crowd()).isGreaterThan(0.8f);
        assertThat(likelihoods.speech()).isLessThan(0.1f);
        assertThat(likelihoods.music()).isLessThan(0.1f);
    }

    @Test
    void takesAHeldChordForMusic() {
        DoubleUnaryOperator chord = time -> TestSound.tone(262, 0.1).applyAsDouble(time)
                + TestSound.tone(330, 0.1).applyAsDouble(time)
                + TestSound.tone(392, 0.1).applyAsDouble(time);

        Likelihoods likelihoods = of(chord);

        assertThat(likelihoods.music()).isGreaterThan(0.8f);
        assertThat(likelihoods.speech()).isLessThan(0.1f);
        assertThat(likelihoods.crowd()).isLessThan(0.1f);
    }

    @Test
    void takesSilenceForNothing() {
        assertThat(of(TestSound.silence())).isEqualTo(new Likelihoods(0, 0, 0));
    }

    private record Likelihoods(float speech, float crowd, float music) {}

    private static Likelihoods of(DoubleUnaryOperator pressureAt) {
        Spectra spectra = Spectra.of(TestSound.of(0, 6, pressureAt));
        Curves curves = new Curves(SoundCurves.of(spectra, List.of(), Seconds.of(new TimeRange(0, 6))));
        return new Likelihoods(
                curves.of(SignalKind.SPEECH)[3], curves.of(SignalKind.CROWD)[3], curves.of(SignalKind.MUSIC)[3]);
    }
}
