package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.TimeRange;

class PacketCurvesTest {
    @Test
    void addsUpTheFramesBetweenKeyframes() {
        Curves curves = curves(TestPackets.of(0, 4, 20, i -> i < 20 ? 100 : 500), 0, 4);

        assertThat(curves.of(SignalKind.INTER_BYTES)).containsExactly(900f, 1000f, 4500f, 5000f);
        assertThat(curves.of(SignalKind.KEY_BYTES)).containsOnly(10_000f);
        assertThat(curves.of(SignalKind.MOTION)[3]).isCloseTo(0.5f, within(1e-6f));
        assertThat(curves.of(SignalKind.FRAME_BYTES_SPREAD)).containsOnly(0f);
    }

    @Test
    void measuresWhatAFullSecondWouldCostWhereThePictureEndsWithinOne() {
        Packets packets = TestPackets.of(0, 2.5, 100, i -> 100);

        float[] inter = curves(packets, 0, 4).of(SignalKind.INTER_BYTES);

        assertThat(inter[2]).isCloseTo(1000f, within(1f));
        assertThat(inter[3]).isNaN();
    }

    @Test
    void saysNothingBeforeALatePicture() {
        float[] key = curves(TestPackets.of(2, 5, 20, i -> 100), 0, 5).of(SignalKind.KEY_BYTES);

        assertThat(key[0]).isNaN();
        assertThat(key[1]).isNaN();
        assertThat(key[2]).isEqualTo(10_000f);
    }

    @Test
    void carriesTheSizeOfAKeyframeFarBeforeTheWindow() {
        Packets packets = TestPackets.of(61, 66, 1000, i -> 100).after(List.of(new Listed(50, 0.1, 4000, true)));

        Curves curves = curves(packets, 62, 65);

        assertThat(curves.of(SignalKind.KEY_BYTES)).containsOnly(4000f);
        assertThat(curves.of(SignalKind.MOTION)[1]).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void ordersFramesByWhenTheyAreShownNotByWhenTheyAreStored() {
        List<Listed> shuffled = new ArrayList<>(TestPackets.list(0, 3, 30, i -> i));
        Collections.swap(shuffled, 9, 11);

        assertThat(curves(Packets.of(shuffled), 0, 3).of(SignalKind.INTER_BYTES))
                .isEqualTo(curves(TestPackets.of(0, 3, 30, i -> i), 0, 3).of(SignalKind.INTER_BYTES));
    }

    @Test
    void countsAStandstillOfAVariableFrameRateAsNoMotion() {
        List<Listed> packets = List.of(
                new Listed(0, 0, 5000, true),
                new Listed(0.1, 0, 300, false),
                new Listed(3.9, 0, 300, false),
                new Listed(4, 0, 300, false));

        assertThat(curves(Packets.of(packets), 0, 4).of(SignalKind.INTER_BYTES)).containsExactly(300f, 0f, 0f, 300f);
    }

    private static Curves curves(Packets packets, double from, double to) {
        return new Curves(PacketCurves.of(packets, Seconds.of(new TimeRange(from, to))));
    }
}
