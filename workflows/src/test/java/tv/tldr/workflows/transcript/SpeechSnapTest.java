package tv.tldr.workflows.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** A model says what is said; when it is said is measured. */
class SpeechSnapTest {
    /** Two turns: from 10.2 to 16 with a breath at 13, and from 30 to 36.5. */
    private static final Signals SIGNALS = Talk.of(60)
            .speech(10, 16)
            .pause(7, 10.2)
            .pause(13, 13.4)
            .pause(16, 29.5)
            .speech(30, 37)
            .pause(29.5, 30)
            .pause(36.5, 40)
            .signals();

    private static final List<NumberedWindow> SHOTS =
            Shots.within(new TimeRange(0, 60), List.of(12.0, 32.0, 45.0, 52.0), 50);

    @Test
    void aLineOfATurnHasTheTimesOfTheTurnsSpeech() {
        assertThat(placed(inTurn(1, "what a shot"))).containsExactly(new TimeRange(10.2, 16));
        assertThat(placed(inTurn(2, "clip that"))).containsExactly(new TimeRange(30, 36.5));
    }

    @Test
    void linesOfTheSameTurnShareItFromPauseToPause() {
        assertThat(placed(inTurn(1, "what a shot"), inTurn(1, "clip that")))
                .containsExactly(new TimeRange(10.2, 13), new TimeRange(13.4, 16));
    }

    @Test
    void withoutAPauseNearbyTheyShareItByTheirCharacters() {
        assertThat(placed(inTurn(2, "0123456789"), inTurn(2, "012")))
                .containsExactly(new TimeRange(30, 35), new TimeRange(35, 36.5));
    }

    @Test
    void aLineOfAShotHasTheTimesOfTheSpeechInTheShot() {
        assertThat(placed(inShot(2, "a shot"))).as("from 12 to 32").containsExactly(new TimeRange(12, 32));
        assertThat(placed(inShot(3, "a shot"))).as("from 32 to 45").containsExactly(new TimeRange(32, 36.5));
    }

    @Test
    void whereNoSpeechWasMeasuredInAShotTheLineIsAsLongAsTheShot() {
        assertThat(placed(inShot(5, "CLIP THAT"))).containsExactly(new TimeRange(52, 60));
    }

    @Test
    void roughTimesGoToTheEndsOfTheSpeechAroundThem() {
        assertThat(placed(roughly(9, 17, "what a shot"))).containsExactly(new TimeRange(10.2, 16));
        assertThat(placed(roughly(14, 14, "clip that")))
                .as("within the second phrase")
                .containsExactly(new TimeRange(13.4, 16));
        assertThat(placed(roughly(9, 9, "what")))
                .as("shortly before the first")
                .containsExactly(new TimeRange(10.2, 13));
    }

    @Test
    void roughTimesFarFromThePausesStayWhereSomebodySpeaks() {
        assertThat(placed(roughly(33, 34, "the middle of it"))).containsExactly(new TimeRange(33, 34));
    }

    @Test
    void whatWasNeverShownOrSaidIsNotPlacedAndIsToldSo() {
        List<HeardLine> madeUp = List.of(inTurn(3, "a"), inTurn(0, "b"), inShot(9, "c"), roughly(50, 52, "d"));

        SpeechSnap.Placed placed = snap().place(madeUp);

        assertThat(placed.transcript()).isEqualTo(Transcript.EMPTY);
        assertThat(placed.unplaced()).isEqualTo(madeUp);
    }

    @Test
    void aBlankLineIsNoLine() {
        assertThat(snap().place(List.of(inTurn(1, " ")))).isEqualTo(new SpeechSnap.Placed(Transcript.EMPTY, List.of()));
    }

    @Test
    void theSourceOfThoseLinesIsTheModel() {
        assertThat(snap().place(List.of(inTurn(1, "hello"))).transcript().lines())
                .extracting(TranscriptLine::source)
                .containsExactly(TranscriptSource.MODEL);
    }

    @Property(tries = 300, seed = "1")
    void linesOfATurnStandInTheirOrderWithinIt(
            @ForAll("talks") Signals signals,
            @ForAll @IntRange(min = 1, max = 10) int number,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 60) Integer> lengths) {
        List<NumberedWindow> turns = SpeechTurns.of(signals);
        List<HeardLine> lines = lengths.stream()
                .map(length -> inTurn(number, "a".repeat(length)))
                .toList();

        SpeechSnap.Placed placed = new SpeechSnap(signals, turns, List.of()).place(lines);

        if (number > turns.size()) {
            assertThat(placed.unplaced()).isEqualTo(lines);
            return;
        }
        TimeRange turn = turns.get(number - 1).range();
        double end = turn.start();
        assertThat(placed.transcript().lines()).hasSameSizeAs(lines);
        for (TranscriptLine line : placed.transcript().lines()) {
            assertThat(line.range().start()).isGreaterThanOrEqualTo(end - 1e-9);
            end = line.range().end();
        }
        assertThat(end).isLessThanOrEqualTo(turn.end() + 1e-9);
    }

    @Property(tries = 300, seed = "2")
    void roughTimesMoveByTwoSecondsAtMostOrToTheNearestPhrase(
            @ForAll("talks") Signals signals,
            @ForAll @DoubleRange(min = 0, max = 200) double start,
            @ForAll @DoubleRange(min = 0, max = 20) double length) {
        HeardLine line = roughly(start, start + length, "anything");

        SpeechSnap.Placed placed = new SpeechSnap(signals, List.of(), List.of()).place(List.of(line));

        assertThat(placed.transcript().lines()).allSatisfy(found -> {
            assertThat(found.range().gapTo(new TimeRange(start, start + length)))
                    .isLessThanOrEqualTo(2);
            assertThat(found.range().end()).isLessThanOrEqualTo(signals.seconds() + 1e-9);
        });
        assertThat(placed.transcript().lines().size() + placed.unplaced().size())
                .isEqualTo(1);
    }

    @Provide
    Arbitrary<Signals> talks() {
        return Talk.anything();
    }

    private static SpeechSnap snap() {
        return new SpeechSnap(SIGNALS, SpeechTurns.of(SIGNALS), SHOTS);
    }

    private static List<TimeRange> placed(HeardLine... lines) {
        return snap().place(List.of(lines)).transcript().lines().stream()
                .map(TranscriptLine::range)
                .toList();
    }

    private static HeardLine inTurn(int number, String text) {
        return new HeardLine(text, new Whereabouts.InTurn(number));
    }

    private static HeardLine inShot(int number, String text) {
        return new HeardLine(text, new Whereabouts.InShot(number));
    }

    private static HeardLine roughly(double start, double end, String text) {
        return new HeardLine(text, new Whereabouts.Roughly(new TimeRange(start, end)));
    }
}
