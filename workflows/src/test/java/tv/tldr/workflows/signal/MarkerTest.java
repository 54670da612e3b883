package tv.tldr.workflows.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

/** What does a marker count, and over which seconds? */
class MarkerTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    @Test
    void itCountsItsWeightInItsSecondAndRisesAndFallsEvenlyAroundIt() {
        Marker goal = new Marker("goal", 123.5, null, 0.8, 10, 5);

        assertThat(goal.in(123)).isEqualTo(0.8);
        assertThat(goal.in(118)).as("4.5 s of 10 s before").isCloseTo(0.8 * 0.55, EXACTLY);
        assertThat(goal.in(126)).as("2.5 s of 5 s after").isCloseTo(0.8 * 0.5, EXACTLY);
        assertThat(goal.in(112)).isZero();
        assertThat(goal.in(129)).isZero();
        assertThat(goal.within(100, 110)).isZero();
        assertThat(goal.within(100, 119)).isEqualTo(goal.in(118));
        assertThat(goal.within(120, 140)).isEqualTo(0.8);
    }

    @Test
    void withoutLeadAndLagItCountsInItsSecondAlone() {
        Marker slide = new Marker("slide", 10, null, 1, 0, 0);

        assertThat(slide.in(9)).isZero();
        assertThat(slide.in(10)).isEqualTo(1);
        assertThat(slide.in(11)).isZero();
    }

    @Test
    void itsMomentStaysWithinTheStream() {
        assertThat(new Marker("goal", 3, null, 1, 10, 5).range(600)).isEqualTo(new TimeRange(0, 8));
        assertThat(new Marker("goal", 598, null, 1, 10, 5).range(600)).isEqualTo(new TimeRange(588, 600));
        assertThat(new Marker("goal", 700, null, 1, 10, 5).range(600)).isEqualTo(new TimeRange(590, 600));
    }

    @Test
    void severalTakeEachTheirPartOfWhatTheOthersLeave() {
        Signals marked = new Signals(0, 30, Map.of(), List.of(), List.of())
                .marked(List.of(new Marker("kill", 10, null, 0.5, 4, 4), new Marker("kill", 12, null, 0.5, 4, 4)));

        float[] curve = marked.markerCurve();

        assertThat(curve).hasSize(30);
        assertThat((double) curve[10]).isCloseTo(1 - 0.5 * (1 - 0.5 * 0.75), within(1e-6));
        assertThat(curve[0]).isZero();
        assertThat(curve[20]).isZero();
    }

    @Test
    void aWordThatNobodyKnowsCountsLikeAnyOther() {
        assertThat(MarkerKind.of("goal")).isEqualTo(MarkerKind.GOAL);
        assertThat(MarkerKind.of("clip_that")).isEqualTo(MarkerKind.CLIP_THAT);
        assertThat(MarkerKind.of("drum_solo")).isEqualTo(MarkerKind.OTHER);
    }

    @Test
    void whatIsNoMarkerIsRefused() {
        assertThatThrownBy(() -> new Marker("goal", Double.NaN, null, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Marker("goal", 1, null, 1.1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Marker("goal", 1, null, 1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
