package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.media.signal.LoudnessReader.Loudness;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.TimeRange;

class SoundCurvesTest {
    @Test
    void putsATonesLevelIntoItsBand() {
        Curves curves = curves(TestSound.of(0, 5, TestSound.tone(440, 0.5)), 0, 5);

        // A sine of amplitude 0.5 has −9.03 dBFS.
        assertThat(curves.of(SignalKind.BAND_LOW_MID)[2]).isCloseTo(-9.03f, within(0.05f));
        assertThat(curves.of(SignalKind.BAND_BASS)[2]).isLessThan(-60);
        assertThat(curves.of(SignalKind.BAND_HIGH_MID)[2]).isLessThan(-60);
        assertThat(curves.of(SignalKind.SPECTRAL_CENTROID)[2]).isCloseTo(440f, within(5f));
        assertThat(curves.of(SignalKind.SPECTRAL_FLATNESS)[2]).isLessThan(0.01f);
    }

    @Test
    void callsWhiteNoiseFlat() {
        Curves curves = curves(TestSound.of(0, 4, TestSound.noise(0.3)), 0, 4);

        assertThat(curves.of(SignalKind.SPECTRAL_FLATNESS)[1]).isGreaterThan(0.9f);
        assertThat(curves.of(SignalKind.SPECTRAL_CENTROID)[1]).isCloseTo(4000f, within(200f));
    }

    @Test
    void hearsABlowInItsOwnSecondAlone() {
        Sound sound = TestSound.of(58, 66, time -> time >= 62.4 && time < 62.6 ? Math.sin(9000 * time) : 0);

        float[] onsets = curves(sound, 60, 64).of(SignalKind.ONSETS);

        assertThat(onsets[2]).isGreaterThan(60);
        assertThat(onsets[0]).isZero();
        assertThat(onsets[1]).isZero();
        assertThat(onsets[3]).isZero();
    }

    @Test
    void tellsWhichPartOfASecondIsSilent() {
        Sound sound = TestSound.of(0, 3, time -> time < 1.25 ? 0.2 * Math.sin(3000 * time) : 0);

        assertThat(curves(sound, 0, 3).of(SignalKind.SILENCE)).containsExactly(0f, 0.7f, 1f);
    }

    @Test
    void saysNothingAboutSecondsThatTheFileLeavesOut() {
        Sound sound = Sound.place(
                List.of(new Listed(2.5, 2, 2 * Sound.RATE * Short.BYTES, true)),
                TestSound.samples(2.5, 2 * Sound.RATE, TestSound.tone(440, 0.5)),
                0,
                7);

        float[] level = curves(sound, 0, 7).of(SignalKind.BAND_LOW_MID);

        assertThat(level[1]).isNaN();
        // Half a second, told as it is and not diluted by what is not there.
        assertThat(level[2]).isCloseTo(-9.03f, within(0.5f));
        assertThat(level[4]).isCloseTo(-9.03f, within(0.5f));
        assertThat(level[5]).isNaN();
    }

    @Test
    void saysNothingAboutALastSecondOfWhichHardlyAnythingIsThere() {
        Sound sound = TestSound.of(0, 5, TestSound.tone(440, 0.5));

        assertThat(curves(sound, 0, 2.2).of(SignalKind.BAND_LOW_MID)[2]).isNaN();
        assertThat(curves(sound, 0, 2.4).of(SignalKind.BAND_LOW_MID)[2]).isCloseTo(-9.03f, within(0.1f));
    }

    @Test
    void hasNoSpectrumWhereNothingIsHeard() {
        Curves curves = curves(TestSound.of(0, 3, TestSound.silence()), 0, 3);

        assertThat(curves.of(SignalKind.SPECTRAL_CENTROID)[1]).isNaN();
        assertThat(curves.of(SignalKind.SPECTRAL_FLATNESS)[1]).isNaN();
        assertThat(curves.of(SignalKind.BAND_BASS)[1]).isEqualTo(-100f);
        assertThat(curves.of(SignalKind.SPEECH)[1]).isZero();
    }

    @Test
    void takesTheLoudest400MillisecondsWithinTheSecond() {
        Spectra spectra = Spectra.of(TestSound.of(0, 3, TestSound.noise(0.1)));
        List<Loudness> loudness =
                List.of(new Loudness(0.5, -30), new Loudness(0.7, -20), new Loudness(0.95, -5), new Loudness(1.5, -25));

        float[] curve =
                new Curves(SoundCurves.of(spectra, loudness, Seconds.of(new TimeRange(0, 3)))).of(SignalKind.LOUDNESS);

        assertThat(curve[0]).isEqualTo(-20f);
        assertThat(curve[1]).isEqualTo(-25f);
        assertThat(curve[2]).isNaN();
    }

    private static Curves curves(Sound sound, double from, double to) {
        return new Curves(SoundCurves.of(Spectra.of(sound), List.of(), Seconds.of(new TimeRange(from, to))));
    }
}
