package tv.tldr.activities.media.signal;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import tv.tldr.workflows.signal.SignalKind;

/**
 * What is seen each second? A picture stands until the next one; the difference between two belongs to the time between
 * them, for nobody knows when in it the change happened.
 */
final class PictureCurves {
    private final Pictures pictures;
    private final Packets packets;
    private final Seconds seconds;
    private final double[] changes;

    private PictureCurves(Pictures pictures, Packets packets, Seconds seconds) {
        this.pictures = pictures;
        this.packets = packets;
        this.seconds = seconds;
        this.changes = new double[pictures.count()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = pictures.change(i);
        }
    }

    static Map<SignalKind, float[]> of(Pictures pictures, Packets packets, Seconds seconds) {
        PictureCurves seen = new PictureCurves(pictures, packets, seconds);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        curves.put(SignalKind.BRIGHTNESS, seconds.curve(i -> seen.mean(i, pictures::brightness)));
        curves.put(SignalKind.SATURATION, seconds.curve(i -> seen.mean(i, pictures::saturation)));
        curves.put(SignalKind.BLACK, seconds.curve(i -> seen.mean(i, picture -> pictures.isBlack(picture) ? 1 : 0)));
        curves.put(SignalKind.FLASH, seconds.curve(seen::flash));
        curves.put(SignalKind.CHANGE, seconds.curve(i -> seen.mean(i, seen::changeAfter)));
        return curves;
    }

    /** Between this picture and the next one; after the last one, as before it. */
    private double changeAfter(int picture) {
        return changes[Math.min(picture + 1, changes.length - 1)];
    }

    /** The mean over a second, each picture weighed by how long it stands; the first one stands from the beginning. */
    private double mean(int index, IntToDoubleFunction value) {
        if (packets.share(seconds, index) < Seconds.LEAST_SHARE) {
            return Double.NaN;
        }
        double sum = 0;
        double weight = 0;
        int first = Math.max(0, pictures.firstFrom(seconds.from(index)) - 1);
        for (int i = first; i < pictures.count() && (i == first || pictures.time(i) < seconds.to(index)); i++) {
            double from = i == 0 ? seconds.from(index) : Math.max(seconds.from(index), pictures.time(i));
            double to =
                    i + 1 < pictures.count() ? Math.min(seconds.to(index), pictures.time(i + 1)) : seconds.to(index);
            double stands = Math.max(0, to - from);
            sum += stands * value.applyAsDouble(i);
            weight += stands;
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }

    /** The largest rise of brightness onto a picture that is first seen in this second. */
    private double flash(int index) {
        if (packets.share(seconds, index) < Seconds.LEAST_SHARE || pictures.count() == 0) {
            return Double.NaN;
        }
        double flash = 0;
        for (int i = Math.max(1, pictures.firstFrom(seconds.from(index))); i < pictures.count(); i++) {
            if (seconds.index(pictures.time(i)) != index) {
                break;
            }
            flash = Math.max(flash, pictures.brightness(i) - pictures.brightness(i - 1));
        }
        return flash;
    }
}
