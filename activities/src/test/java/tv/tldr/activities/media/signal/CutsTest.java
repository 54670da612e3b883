package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class CutsTest {
    private static final Seconds SECONDS = Seconds.of(new TimeRange(0, 20));
    private static final double[] EVERY_TWO_SECONDS =
            IntStream.range(0, 10).mapToDouble(i -> 2.0 * i).toArray();

    @Test
    void findsTheFrameThatCostsAsMuchAsAPicture() {
        Packets packets = TestPackets.of(0, 20, 20, i -> i == 93 ? 6000 : 200);

        assertThat(new Cuts(packets, changingAt(5)).fromSpikes(SECONDS)).containsExactly(9.3);
    }

    @Test
    void ignoresAnExpensiveFrameOfAnUnchangedPicture() {
        Packets packets = TestPackets.of(0, 20, 20, i -> i == 93 ? 6000 : 200);

        assertThat(new Cuts(packets, changingAt(8)).fromSpikes(SECONDS)).isEmpty();
    }

    @Test
    void ignoresAnExpensiveFrameAmongOthersThatCostAsMuch() {
        Packets packets = TestPackets.of(0, 20, 20, i -> i % 3 == 0 ? 6000 : 200);

        assertThat(new Cuts(packets, changingAt(5)).fromSpikes(SECONDS)).isEmpty();
    }

    @Test
    void findsAKeyframeOutOfItsTurn() {
        List<Listed> packets = new ArrayList<>(TestPackets.list(0, 20, 20, i -> 200));
        packets.set(95, new Listed(9.5, 0.1, 10_000, true));
        double[] times = {0, 2, 4, 6, 8, 9.5, 10, 12, 14, 16, 18};

        List<Double> cuts = new Cuts(
                        Packets.of(packets),
                        TestPictures.greys(times, 50, 50, 50, 50, 50, 200, 200, 200, 200, 200, 200))
                .fromSpikes(SECONDS);

        assertThat(cuts).containsExactly(9.5);
    }

    @Test
    void takesKeyframesInTheirTurnForNoCut() {
        assertThat(new Cuts(TestPackets.of(0, 20, 20, i -> 200), changingAt(5)).fromSpikes(SECONDS))
                .isEmpty();
    }

    @Test
    void seesADifferenceThatStandsOutAndFindsItsFrame() {
        double[] times = IntStream.range(0, 80).mapToDouble(i -> i / 4.0).toArray();
        int[] greys = IntStream.range(0, 80).map(i -> i < 40 ? 40 + i % 2 : 220).toArray();
        Packets packets = TestPackets.of(0, 20, 20, i -> i == 99 ? 3000 : 200);

        List<Double> cuts = new Cuts(packets, TestPictures.greys(times, greys)).fromPictures(SECONDS);

        assertThat(cuts).containsExactly(9.9);
    }

    @Test
    void takesASteadyFlickerForNoCut() {
        double[] times = IntStream.range(0, 80).mapToDouble(i -> i / 4.0).toArray();
        int[] greys = IntStream.range(0, 80).map(i -> i % 2 == 0 ? 40 : 220).toArray();

        assertThat(new Cuts(TestPackets.of(0, 20, 20, i -> 200), TestPictures.greys(times, greys))
                        .fromPictures(SECONDS))
                .isEmpty();
    }

    @Test
    void tellsOnlyOfCutsWithinTheWindow() {
        Packets packets = TestPackets.of(0, 20, 20, i -> i == 93 ? 6000 : 200);

        assertThat(new Cuts(packets, changingAt(5)).fromSpikes(Seconds.of(new TimeRange(10, 20))))
                .isEmpty();
    }

    /** Pictures every two seconds, dark up to the one with this number and bright from there on. */
    private static Pictures changingAt(int first) {
        return TestPictures.greys(
                EVERY_TWO_SECONDS,
                IntStream.range(0, 10).map(i -> i < first ? 50 : 200).toArray());
    }
}
