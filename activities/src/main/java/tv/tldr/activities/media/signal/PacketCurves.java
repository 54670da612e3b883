package tv.tldr.activities.media.signal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tv.tldr.workflows.signal.SignalKind;

/** How much does the picture cost each second? The curves that need no decoding. */
final class PacketCurves {
    private final Seconds seconds;
    private final Packets packets;
    private final List<List<Listed>> interframes;

    private PacketCurves(Packets packets, Seconds seconds) {
        this.seconds = seconds;
        this.packets = packets;
        this.interframes = bySecond(packets.interframes());
    }

    static Map<SignalKind, float[]> of(Packets packets, Seconds seconds) {
        PacketCurves curves = new PacketCurves(packets, seconds);
        float[] inter = seconds.curve(curves::interBytes);
        float[] key = curves.keyBytes();
        Map<SignalKind, float[]> result = new EnumMap<>(SignalKind.class);
        result.put(SignalKind.INTER_BYTES, inter);
        result.put(SignalKind.KEY_BYTES, key);
        result.put(SignalKind.FRAME_BYTES_SPREAD, seconds.curve(curves::spread));
        result.put(SignalKind.MOTION, seconds.curve(i -> inter[i] / key[i]));
        return result;
    }

    private List<List<Listed>> bySecond(List<Listed> listed) {
        List<List<Listed>> bySecond = new ArrayList<>();
        for (int i = 0; i < seconds.count(); i++) {
            bySecond.add(new ArrayList<>());
        }
        for (Listed packet : listed) {
            int index = seconds.index(packet.time());
            if (index >= 0) {
                bySecond.get(index).add(packet);
            }
        }
        return bySecond;
    }

    private boolean isShown(int index) {
        return packets.share(seconds, index) >= Seconds.LEAST_SHARE;
    }

    /** Told for a whole second, also where the picture begins or ends within it. */
    private double interBytes(int index) {
        double sum = interframes.get(index).stream().mapToDouble(Listed::size).sum();
        return isShown(index) ? sum / packets.share(seconds, index) : Double.NaN;
    }

    private double spread(int index) {
        List<Listed> frames = interframes.get(index);
        if (!isShown(index) || frames.size() < 2) {
            return Double.NaN;
        }
        double mean = frames.stream().mapToDouble(Listed::size).average().orElse(0);
        double variance = frames.stream()
                .mapToDouble(frame -> (frame.size() - mean) * (frame.size() - mean))
                .average()
                .orElse(0);
        return mean == 0 ? 0 : Math.sqrt(variance) / mean;
    }

    private float[] keyBytes() {
        List<Listed> keyframes = packets.keyframes();
        List<List<Listed>> bySecond = bySecond(keyframes);
        double carried = keyframes.stream()
                .filter(key -> key.time() < seconds.window().start())
                .reduce((earlier, later) -> later)
                // A window before the first keyframe is measured by the one that comes.
                .or(() -> keyframes.stream().findFirst())
                .map(key -> (double) key.size())
                .orElse(Double.NaN);
        float[] curve = new float[seconds.count()];
        for (int i = 0; i < curve.length; i++) {
            carried =
                    bySecond.get(i).stream().mapToDouble(Listed::size).average().orElse(carried);
            curve[i] = isShown(i) ? (float) carried : Float.NaN;
        }
        return curve;
    }
}
