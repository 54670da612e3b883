package tv.tldr.workflows.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

/** Which shots is a model asked about? */
class ShotsTest {
    private static final TimeRange WINDOW = new TimeRange(100, 130);

    @Test
    void aShotGoesFromCutToCut() {
        assertThat(Shots.within(WINDOW, List.of(118.0, 105.5, 40.0, 130.0, 200.0), 50))
                .containsExactly(
                        new NumberedWindow(1, new TimeRange(100, 105.5)),
                        new NumberedWindow(2, new TimeRange(105.5, 118)),
                        new NumberedWindow(3, new TimeRange(118, 130)));
    }

    @Test
    void aShotThatGoesOnForLongIsDividedEvenly() {
        assertThat(ranges(WINDOW, List.of(), 50)).containsExactly(new TimeRange(100, 115), new TimeRange(115, 130));
    }

    @Test
    void aFlashJoinsItsShorterNeighbour() {
        assertThat(ranges(WINDOW, List.of(112.0, 112.2), 50))
                .containsExactly(new TimeRange(100, 112.2), new TimeRange(112.2, 130));
        assertThat(ranges(WINDOW, List.of(118.0, 118.2), 50))
                .containsExactly(new TimeRange(100, 118), new TimeRange(118, 130));
    }

    @Test
    void ofTooManyCutsTheQuickestGoFirst() {
        List<Double> cuts = List.of(110.0, 112.0, 114.0, 124.0);

        assertThat(ranges(WINDOW, cuts, 4))
                .containsExactly(
                        new TimeRange(100, 110),
                        new TimeRange(110, 114),
                        new TimeRange(114, 124),
                        new TimeRange(124, 130));
    }

    @Test
    void manyQuickCutsLeaveNumbersForTheLongShotBesideThem() {
        List<Double> cuts =
                IntStream.rangeClosed(1, 60).mapToObj(Double::valueOf).toList();

        assertThat(ranges(new TimeRange(0, 300), cuts, 30))
                .hasSizeLessThanOrEqualTo(30)
                .filteredOn(shot -> shot.start() >= 60)
                .hasSize(12);
    }

    @Test
    void noWindowHasLessThanOneShot() {
        assertThat(ranges(WINDOW, List.of(110.0), 1)).containsExactly(WINDOW);
        assertThatThrownBy(() -> Shots.within(WINDOW, List.of(), 0)).hasMessageContaining("at least one shot");
    }

    @Property(tries = 300, seed = "1")
    void shotsFillTheWindowWithinTheirLimits(
            @ForAll @DoubleRange(min = 0, max = 1000) double start,
            @ForAll @DoubleRange(min = 0.1, max = 900) double length,
            @ForAll @Size(max = 300) List<@DoubleRange(min = 0, max = 2000) Double> cuts,
            @ForAll @IntRange(min = 1, max = 120) int most) {
        TimeRange window = new TimeRange(start, start + length);

        List<NumberedWindow> shots = Shots.within(window, cuts, most);

        assertThat(shots).hasSizeBetween(1, most);
        double end = window.start();
        for (int index = 0; index < shots.size(); index++) {
            TimeRange shot = shots.get(index).range();
            assertThat(shots.get(index).number()).isEqualTo(index + 1);
            assertThat(shot.start()).isEqualTo(end);
            assertThat(shot.duration())
                    .isBetween(Math.min(1, length) - 1e-9, Math.max(20, 2 * window.duration() / most) + 1e-9);
            end = shot.end();
        }
        assertThat(end).isEqualTo(window.end());
    }

    private static List<TimeRange> ranges(TimeRange window, List<Double> cuts, int most) {
        return Shots.within(window, cuts, most).stream()
                .map(NumberedWindow::range)
                .toList();
    }
}
