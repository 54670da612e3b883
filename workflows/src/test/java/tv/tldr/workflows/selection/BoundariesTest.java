package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.TimeRange;

class BoundariesTest {
    private static final TimeRange STREAM = new TimeRange(0, 600);
    private static final ClipLimits LIMITS = new ClipLimits(15, 60, 2, 3);

    @Test
    void withoutAnythingToSnapToTheBuffersDecide() {
        Placement placement = place(MadeSignals.flat(600), LIMITS, passage(110, 100, 120), STREAM);

        assertThat(placement).isEqualTo(new Placement(new TimeRange(98, 123), Edge.SCORE, Edge.SCORE));
    }

    @Test
    void edgesSnapToCuts() {
        Placement placement = place(MadeSignals.flat(600).cut(96.4).cut(124.7), LIMITS, passage(110, 100, 120), STREAM);

        assertThat(placement).isEqualTo(new Placement(new TimeRange(96.4, 124.7), Edge.CUT, Edge.CUT));
    }

    @Test
    void edgesSnapIntoPausesOfSpeechAndIntoSilence() {
        MadeSignals speech = MadeSignals.flat(600)
                .more(SignalKind.SPEECH, 90, 100, 0.6)
                .pause(96, 97)
                .pause(124, 125);

        Placement placement = place(speech, LIMITS, passage(110, 100, 120), STREAM);

        assertThat(placement.start()).isEqualTo(Edge.SPEECH_PAUSE);
        assertThat(placement.range().start())
                .as("a quarter of a second before the word")
                .isEqualTo(96.75);
        assertThat(placement.end()).as("nobody speaks around there").isEqualTo(Edge.SILENCE);
        assertThat(placement.range().end()).isEqualTo(124.25);
    }

    @Test
    void nothingFartherAwayThanTwoSecondsOutwardsOrOneInwardsAttracts() {
        MadeSignals far = MadeSignals.flat(600).cut(95.9).cut(99.1).cut(121.9).cut(125.1);

        assertThat(place(far, LIMITS, passage(110, 100, 120), STREAM).range()).isEqualTo(new TimeRange(98, 123));
    }

    @Test
    void anEdgeNeverSnapsToWhereALimitWouldBreak() {
        ClipLimits exactly = new ClipLimits(25, 25, 2, 3);

        Placement placement = place(MadeSignals.flat(600).cut(97).cut(124), exactly, passage(110, 100, 120), STREAM);

        assertThat(placement).isEqualTo(new Placement(new TimeRange(98, 123), Edge.SCORE, Edge.SCORE));
    }

    @Test
    void aShortMomentIsStretchedMoreBeforeThanAfter() {
        TimeRange range = place(MadeSignals.flat(600), LIMITS, passage(100, 100, 101), STREAM)
                .range();

        // 98–104 are 6 s; of the missing 9 s six tenths go before.
        assertThat(range.start()).isCloseTo(98 - 5.4, within(1e-9));
        assertThat(range.end()).isCloseTo(104 + 3.6, within(1e-9));
    }

    @Test
    void atTheEdgeOfTheRoomAllTheStretchingGoesToTheOtherSide() {
        assertThat(place(MadeSignals.flat(600), LIMITS, passage(1, 0, 3), STREAM)
                        .range())
                .isEqualTo(new TimeRange(0, 15));
        assertThat(place(MadeSignals.flat(600), LIMITS, passage(598, 597, 600), STREAM)
                        .range())
                .isEqualTo(new TimeRange(585, 600));
    }

    @Test
    void aTrimmedClipStillShowsTheSecondOfItsPeak() {
        ClipLimits buffersLongerThanTheClip = new ClipLimits(1, 1, 60, 0);

        assertThat(place(MadeSignals.flat(600), buffersLongerThanTheClip, passage(100, 100, 101), STREAM)
                        .range())
                .isEqualTo(new TimeRange(100, 101));
    }

    @Property(tries = 500, seed = "1")
    void staysInTheRoomAndTheLimitsAndShowsThePeak(
            @ForAll @DoubleRange(min = 0, max = 200) double roomStart,
            @ForAll @DoubleRange(min = 1, max = 300) double roomLength,
            @ForAll @DoubleRange(min = 0, max = 1) double place,
            @ForAll @IntRange(min = 0, max = 60) int before,
            @ForAll @IntRange(min = 1, max = 60) int after,
            @ForAll @DoubleRange(min = 1, max = 30) double shortest,
            @ForAll @DoubleRange(min = 0, max = 30) double more,
            @ForAll @DoubleRange(min = 0, max = 60) double buffer) {
        TimeRange room = new TimeRange(roomStart, roomStart + roomLength);
        int peak = (int) Math.ceil(roomStart + place * (roomLength - 1));
        double shown = Math.min(peak + 1, room.end());
        ClipLimits limits = new ClipLimits(shortest, shortest + more, buffer, buffer / 2);

        TimeRange range = place(
                        anchorsEverywhere(), limits, passage(peak, Math.max(0, peak - before), peak + after), room)
                .range();

        assertThat(range.start()).isBetween(room.start(), (double) peak);
        assertThat(range.end()).isBetween(shown, room.end());
        assertThat(range.duration()).isBetween(Math.min(shortest, room.duration()) - 1e-9, limits.longest() + 1e-9);
    }

    private static MadeSignals anchorsEverywhere() {
        MadeSignals made = MadeSignals.flat(600);
        for (int second = 0; second < 600; second += 3) {
            made.cut(second + 0.37).pause(second + 1.2, second + 1.9);
        }
        return made;
    }

    private static Placement place(MadeSignals made, ClipLimits limits, Passage passage, TimeRange room) {
        return new Boundaries(limits, new Anchors(made.signals())).place(passage, room);
    }

    private static Passage passage(int peak, int from, int to) {
        return new Passage(peak, 0.9, from, to, peak);
    }
}
