package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.workflows.selection.Moments.at;
import static tv.tldr.workflows.selection.Moments.onlyKept;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** What becomes of a moment that a marker points at? Made streams that are loud here and there. */
class MarkedMomentsTest {
    private static final MadeSignals EVENTFUL =
            MadeSignals.flat(600).more(SignalKind.LOUDNESS, 100, 110, 8).more(SignalKind.LOUDNESS, 400, 410, 3);

    @Test
    void aMarkerWhereNothingStandsOutIsAClipOfItsOwnWithItsReason() {
        Candidate goal = onlyKept(select(MadeSignals.flat(600), marker("goal", 300.4, 0.9, 12, 8)));

        assertThat(goal.type()).isEqualTo("marker");
        assertThat(goal.confidence()).isCloseTo(0.9, within(1e-9));
        assertThat(goal.peak()).isBetween(300.0, 301.0);
        assertThat(goal.range().start()).as("its lead and the buffer before").isBetween(284.0, 289.0);
        assertThat(goal.range().end()).as("its lag and the buffer after").isBetween(308.0, 313.0);
        assertThat(goal.reasons().getFirst().text()).startsWith("marker goal at 300.4 s, counts 0.90 (+");
        assertThat(goal.labels().tags()).containsExactly("marker", "goal");
        assertThat(goal.labels().metadata()).containsEntry("marker", "goal");
    }

    @Test
    void aMarkerRaisesTheMomentThatStandsOutAroundItAndMakesNoSecondClip() {
        Candidate before = at(select(EVENTFUL), 400, 410);
        Selection selection = select(EVENTFUL, marker("kill", 412, 0.5, 8, 4));
        Candidate raised = at(selection, 400, 410);

        assertThat(before.verdict().kept()).isFalse();
        assertThat(raised.confidence())
                .as("half of the doubt is taken")
                .isCloseTo(1 - (1 - before.confidence()) * 0.5, within(1e-9));
        assertThat(raised.type()).as("as it was measured").isEqualTo(before.type());
        assertThat(raised.range().contains(412)).as("reaches to the marker").isTrue();
        assertThat(selection.candidates()).hasSameSizeAs(select(EVENTFUL).candidates());
        assertThat(at(selection, 100, 110)).isEqualTo(at(select(EVENTFUL), 100, 110));
    }

    @Test
    void aWeakMarkerAloneIsNotEnoughAndTheLedgerSaysHowFarItIs() {
        Candidate slide = select(MadeSignals.flat(600), marker("slide", 300, 0.3, 2, 20)).candidates().stream()
                .filter(one -> one.type().equals("marker"))
                .findFirst()
                .orElseThrow();

        assertThat(slide.verdict().rule()).isEqualTo(Rule.BELOW_THRESHOLD);
        assertThat(slide.verdict().distance()).isCloseTo(-0.5, within(1e-9));
    }

    @Test
    void severalCloseTogetherCountTogetherAndAreToldOneByOne() {
        Candidate streak = onlyKept(select(
                MadeSignals.flat(600),
                marker("kill", 300, 0.5, 8, 4),
                marker("kill", 302, 0.5, 8, 4),
                marker("ace", 303, 0.6, 8, 4)));

        assertThat(streak.confidence()).isGreaterThan(0.8);
        assertThat(streak.reasons())
                .filteredOn(reason -> reason.feature().equals("marker"))
                .hasSize(3);
        assertThat(streak.labels().tags()).containsExactlyInAnyOrder("marker", "kill", "ace");
        double told = streak.reasons().stream()
                .filter(reason -> reason.feature().equals("marker"))
                .mapToDouble(Contribution::contribution)
                .sum();
        double score = streak.reckoning() == null ? 0 : streak.reckoning().score();
        assertThat(score + told)
                .as("the parts add up")
                .isCloseTo(1 - (1 - score) * (1 - together(streak)), within(1e-6));
    }

    @Test
    void manyAreSummedUp() {
        List<Marker> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(marker("kill", 300 + i / 20.0, 0.1, 8, 4));
        }

        Candidate streak = onlyKept(select(MadeSignals.flat(600), many.toArray(Marker[]::new)));

        assertThat(streak.reasons())
                .filteredOn(reason -> reason.feature().equals("marker"))
                .hasSize(5)
                .last()
                .extracting(Contribution::text)
                .asString()
                .startsWith("36 more markers (+");
    }

    @Test
    void whatIsMarkedBehindTheEndChangesNothing() {
        assertThat(select(EVENTFUL, marker("goal", 700, 1, 200, 5))).isEqualTo(select(EVENTFUL));
    }

    @Test
    void theSameMarkerTwiceCountsOnce() {
        Marker goal = marker("goal", 300, 0.9, 12, 8);

        assertThat(select(EVENTFUL, goal, goal)).isEqualTo(select(EVENTFUL, goal));
    }

    @Test
    void asManyAsAStreamMayHaveAreDecidedOverInTime() {
        List<Marker> many = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            many.add(marker("kill", (i * 7919) % 14_400, 0.1 + (i % 9) / 10.0, 8, 4));
        }
        Signals hours = Streams.anything(14_400, 1).marked(many);
        long begun = System.nanoTime();

        Selection selection = HighlightSelection.select(
                hours, 14_400, Streams.loudness(new ClipLength(15, 60), 0), StreamOptions.DEFAULTS);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(selection.kept()).hasSizeGreaterThan(100);
    }

    private static double together(Candidate candidate) {
        return 1
                - candidate.reasons().stream()
                        .filter(reason -> reason.feature().equals("marker"))
                        .mapToDouble(reason -> 1 - reason.value())
                        .reduce(1, (one, other) -> one * other);
    }

    private static Marker marker(String kind, double time, double weight, double lead, double lag) {
        return new Marker(kind, time, null, weight, lead, lag);
    }

    private static Selection select(MadeSignals made, Marker... markers) {
        return HighlightSelection.select(
                made.signals().marked(List.of(markers)),
                600,
                Streams.loudness(new ClipLength(15, 60), 0),
                StreamOptions.DEFAULTS);
    }
}
