package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class PausesTest {
    private static final DoubleUnaryOperator VOICE = TestSound.tone(500, 0.3);

    @Test
    void findsAPauseBetweenSentencesOverRoomNoise() {
        DoubleUnaryOperator room = TestSound.noise(0.01);

        List<TimeRange> pauses =
                pauses(time -> room.applyAsDouble(time) + (inside(time, 2, 2.6) ? 0 : VOICE.applyAsDouble(time)));

        assertThat(pauses).hasSize(1);
        assertThat(pauses.getFirst().start()).isCloseTo(2, within(0.05));
        assertThat(pauses.getFirst().end()).isCloseTo(2.6, within(0.05));
    }

    @Test
    void passesOverTheGapsWithinAWord() {
        assertThat(pauses(time -> inside(time, 2, 2.15) ? 0 : VOICE.applyAsDouble(time)))
                .isEmpty();
    }

    @Test
    void cutsAPauseAtTheEdgeOfTheWindow() {
        Spectra spectra =
                Spectra.of(TestSound.of(58, 66, time -> inside(time, 59.5, 60.5) ? 0 : VOICE.applyAsDouble(time)));

        assertThat(Pauses.of(spectra, Seconds.of(new TimeRange(60, 64)))).containsExactly(new TimeRange(60, 60.5));
    }

    @Test
    void doesNotTakeAGapInTheRecordingForAPause() {
        Sound sound = Sound.place(
                List.of(new Listed(0, 2, 2 * Sound.RATE * Short.BYTES, true)),
                TestSound.samples(0, 2 * Sound.RATE, VOICE),
                0,
                5);

        assertThat(Pauses.of(Spectra.of(sound), Seconds.of(new TimeRange(0, 5))))
                .isEmpty();
    }

    private static List<TimeRange> pauses(DoubleUnaryOperator pressureAt) {
        return Pauses.of(Spectra.of(TestSound.of(0, 5, pressureAt)), Seconds.of(new TimeRange(0, 5)));
    }

    private static boolean inside(double time, double from, double to) {
        return time >= from && time < to;
    }
}
