package tv.tldr.activities.media.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Makes packets for tests: ten frames a second, a keyframe every so many. */
final class TestPackets {
    static final int RATE = 10;
    static final int KEY_BYTES = 10_000;

    private TestPackets() {}

    /**
     * @param from seconds
     * @param to seconds
     * @param interval frames from one keyframe to the next
     * @param bytes of the frames between them, by number of the frame
     */
    static List<Listed> list(double from, double to, int interval, IntUnaryOperator bytes) {
        List<Listed> packets = new ArrayList<>();
        for (int i = (int) Math.round(from * RATE); i < Math.round(to * RATE); i++) {
            boolean key = i % interval == 0;
            packets.add(new Listed((double) i / RATE, 1.0 / RATE, key ? KEY_BYTES : bytes.applyAsInt(i), key));
        }
        return packets;
    }

    static Packets of(double from, double to, int interval, IntUnaryOperator bytes) {
        return Packets.of(list(from, to, interval, bytes));
    }
}
