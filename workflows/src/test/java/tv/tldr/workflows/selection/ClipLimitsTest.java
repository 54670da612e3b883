package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamOptions;

class ClipLimitsTest {
    @Test
    void theHabitsOfTheContentHoldWithinWhatTheCustomerAllows() {
        assertThat(limits(new ClipLength(20, 45), 5, 60)).isEqualTo(new ClipLimits(20, 45, 2, 3));
    }

    @Test
    void theCustomerGoesFirst() {
        assertThat(limits(new ClipLength(20, 60), 5, 10)).isEqualTo(new ClipLimits(10, 10, 2, 3));
        assertThat(limits(new ClipLength(15, 45), 50, 90)).isEqualTo(new ClipLimits(50, 50, 2, 3));
    }

    @Test
    void aMomentLeavesRoomForItsBuffers() {
        assertThat(new ClipLimits(15, 60, 2, 3).longestMoment()).isEqualTo(55);
        assertThat(new ClipLimits(1, 4, 20, 30).longestMoment()).isEqualTo(1);
    }

    private static ClipLimits limits(ClipLength habit, double shortest, double longest) {
        return ClipLimits.of(
                habit,
                new StreamOptions(
                        0.8,
                        shortest,
                        longest,
                        5,
                        2,
                        3,
                        null,
                        "made",
                        Strategy.RULE_BASED,
                        null,
                        Fusion.DEFAULT,
                        List.of(),
                        List.of(),
                        false,
                        ProcessingModules.ALL));
    }
}
