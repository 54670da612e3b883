package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class PicturePlanTest {
    private static final Seconds MINUTE = Seconds.of(new TimeRange(60, 120));

    @Test
    void looksAtKeyframesWhereThereAreEnough() {
        assertThat(plan(TestPackets.of(58, 132, 20, i -> 100), false, List.of()))
                .isEqualTo(PicturePlan.KEYFRAMES);
    }

    @Test
    void decodesEverythingWhenAskedTo() {
        assertThat(plan(TestPackets.of(58, 132, 20, i -> 100), true, List.of())).isEqualTo(PicturePlan.THOROUGH);
    }

    @Test
    void decodesEverythingWhereKeyframesAreRareAndOneIsNear() {
        Packets packets = TestPackets.of(58, 132, 10_000, i -> 100);

        assertThat(plan(packets, false, List.of(new Listed(30, 0.1, 1, true)))).isEqualTo(PicturePlan.SPARSE);
    }

    @Test
    void doesNotDecodeHoursToSeeAMinute() {
        Packets packets = TestPackets.of(3658, 3732, 100_000, i -> 100);
        Seconds late = Seconds.of(new TimeRange(3660, 3720));
        List<Listed> first = List.of(new Listed(0, 0.1, 1, true));

        assertThat(PicturePlan.of(packets, late, false, first)).isEqualTo(PicturePlan.NOTHING);
        assertThat(PicturePlan.of(packets, late, true, first)).isEqualTo(PicturePlan.NOTHING);
    }

    @Test
    void looksAtNothingWhereThePictureIsOver() {
        assertThat(plan(Packets.of(List.of()), true, List.of())).isEqualTo(PicturePlan.NOTHING);
    }

    private static PicturePlan plan(Packets packets, boolean thorough, List<Listed> before) {
        return PicturePlan.of(packets, MINUTE, thorough, before);
    }
}
