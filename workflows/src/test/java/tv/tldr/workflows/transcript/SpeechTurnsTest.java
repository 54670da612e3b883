package tv.tldr.workflows.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** Which stretches of speech is a model asked about? */
class SpeechTurnsTest {
    @Test
    void aTurnGoesFromPauseToPause() {
        Signals signals =
                Talk.of(60).speech(10, 15).pause(8, 9.6).pause(14.7, 18).signals();

        assertThat(ranges(signals)).containsExactly(new TimeRange(9.6, 14.7));
    }

    @Test
    void aBreathDoesNotEndATurnAndAPauseDoes() {
        Signals signals =
                Talk.of(60).speech(10, 30).pause(13, 13.4).pause(20, 21.2).signals();

        assertThat(ranges(signals)).containsExactly(new TimeRange(10, 20), new TimeRange(21.2, 30));
    }

    @Test
    void aSecondInWhichSpeechIsHardToHearDoesNotEndATurn() {
        assertThat(ranges(Talk.of(60).speech(10, 14).speech(15, 20).signals())).containsExactly(new TimeRange(10, 20));
        assertThat(ranges(Talk.of(60).speech(10, 14).speech(16, 20).signals()))
                .containsExactly(new TimeRange(10, 14), new TimeRange(16, 20));
    }

    @Test
    void turnsAreNumberedFromOne() {
        Signals signals = Talk.of(60).speech(3, 8).speech(20, 25).speech(50, 55).signals();

        assertThat(SpeechTurns.of(signals)).extracting(NumberedWindow::number).containsExactly(1, 2, 3);
    }

    @Test
    void aLoneCallIsToldWithTheSilenceAroundIt() {
        Signals signals =
                Talk.of(60).speech(10, 11).pause(8, 10.1).pause(10.9, 18).signals();

        assertThat(ranges(signals)).singleElement().satisfies(turn -> {
            assertThat(turn.start()).isCloseTo(9.5, within(1e-9));
            assertThat(turn.end()).isCloseTo(11.5, within(1e-9));
        });
    }

    @Test
    void aCallBesideOtherSpeechIsAPartOfIt() {
        assertThat(ranges(Talk.of(60).speech(10, 11).speech(13, 20).signals())).containsExactly(new TimeRange(10, 20));
    }

    @Test
    void longSpeechIsDividedAtItsLongestPause() {
        Signals signals = Talk.of(60)
                .speech(0, 50)
                .pause(12, 12.3)
                .pause(21, 21.8)
                .pause(29, 29.4)
                .signals();

        assertThat(ranges(signals)).containsExactly(new TimeRange(0, 21), new TimeRange(21.8, 50));
    }

    @Test
    void speechWithoutAnyPauseIsDividedEvenly() {
        assertThat(ranges(Talk.of(60).speech(0, 40).signals()))
                .containsExactly(new TimeRange(0, 20), new TimeRange(20, 40));
    }

    @Test
    void whereNobodySpeaksThereIsNoTurn() {
        assertThat(SpeechTurns.of(Talk.of(60).signals())).isEmpty();
        assertThat(SpeechTurns.of(MadeSignals.flat(60).without(Modality.AUDIO).signals()))
                .isEmpty();
    }

    @Test
    void theTurnsOfALaterSegmentAreInStreamTime() {
        float[] speech = new float[60];
        Arrays.fill(speech, 10, 20, 0.9f);
        Signals segment = new Signals(600, 60, Map.of(SignalKind.SPEECH, speech), List.of(), List.of());

        assertThat(ranges(segment)).containsExactly(new TimeRange(610, 620));
    }

    /** Somebody explains a program for 17 s and is silent for the rest of the 43 s. */
    @Test
    void recordedSpeechIsATurnAndTheSilenceAfterItIsNone() {
        assertThat(ranges(SignalDump.read("autoeditor_example")))
                .singleElement()
                .satisfies(turn -> {
                    assertThat(turn.start()).isCloseTo(1.35, within(0.01));
                    assertThat(turn.end()).isCloseTo(17.2, within(0.01));
                });
    }

    @Property(tries = 300, seed = "1")
    void turnsHaveTheLengthOfAPlaceAndDoNotOverlap(@ForAll("talks") Signals signals) {
        double end = 0;
        for (TimeRange turn : ranges(signals)) {
            assertThat(turn.duration()).isBetween(Math.min(2, signals.seconds()) - 1e-9, 30 + 1e-9);
            assertThat(turn.start()).isGreaterThanOrEqualTo(end - 1e-9);
            end = turn.end();
        }
        assertThat(end).isLessThanOrEqualTo(signals.seconds() + 1e-9);
    }

    @Property(tries = 300, seed = "2")
    void whatSoundsLikeSpeechAndIsNoPauseIsInATurn(@ForAll("talks") Signals signals) {
        List<TimeRange> turns = ranges(signals);
        float[] speech = signals.curve(SignalKind.SPEECH).orElseThrow();
        for (int second = 0; second < speech.length; second++) {
            TimeRange whole = new TimeRange(second, second + 1.0);
            boolean spoken = speech[second] > 0.5 && signals.pauses().stream().noneMatch(whole::overlaps);
            if (spoken) {
                assertThat(turns).as("second %s", second).anyMatch(turn -> turn.contains(whole.middle()));
            }
        }
    }

    @Provide
    Arbitrary<Signals> talks() {
        return Talk.anything();
    }

    private static List<TimeRange> ranges(Signals signals) {
        return SpeechTurns.of(signals).stream().map(NumberedWindow::range).toList();
    }
}
