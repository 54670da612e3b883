package tv.tldr.activities.media.signal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.media.signal.LoudnessReader.Loudness;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What FFmpeg read of a window, and what follows from it: no process, no file, the same signals for the same readings.
 *
 * @param seconds what is told about
 * @param heard null when the source has no sound
 * @param seen null when the source has no picture
 */
record Readings(
        Seconds seconds, @Nullable Heard heard, @Nullable Seen seen) {
    record Heard(Sound sound, List<Loudness> loudness) {}

    /**
     * @param pixels width times height of the source's picture
     */
    record Seen(Packets packets, Pictures pictures, PicturePlan plan, long pixels) {}

    /** Two small pictures that differ by more, are not of a still scene. */
    private static final double STIRRED = 0.03;
    /** What an encoder spends on noise alone, and what on a moving picture: bytes a pixel and second. */
    private static final double IDLE_BYTES = 0.03;

    private static final double BUSY_BYTES = 0.13;

    Signals signals() {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        List<TimeRange> pauses = List.of();
        List<Double> cuts = List.of();
        if (heard != null) {
            Spectra spectra = Spectra.of(heard.sound());
            curves.putAll(SoundCurves.of(spectra, heard.loudness(), seconds));
            pauses = Pauses.of(spectra, seconds);
        }
        if (seen != null) {
            Cuts finder = new Cuts(seen.packets(), seen.pictures());
            cuts = seen.plan() == PicturePlan.THOROUGH ? finder.fromPictures(seconds) : finder.fromSpikes(seconds);
            curves.putAll(pictureCurves(seen, cuts));
        }
        return new Signals(seconds.first(), seconds.count(), curves, cuts, pauses);
    }

    private Map<SignalKind, float[]> pictureCurves(Seen seen, List<Double> cuts) {
        Map<SignalKind, float[]> curves = new EnumMap<>(PacketCurves.of(seen.packets(), seconds));
        curves.putAll(PictureCurves.of(seen.pictures(), seen.packets(), seconds));
        float[] change = curves.get(SignalKind.CHANGE);
        float[] inter = curves.get(SignalKind.INTER_BYTES);
        if (change == null || inter == null) {
            throw new IllegalStateException("the packet and picture curves are complete");
        }
        if (seen.plan() == PicturePlan.THOROUGH) {
            curves.put(SignalKind.MOTION, change);
        }
        curves.put(SignalKind.STILLNESS, seconds.curve(i -> stillness(change[i], inter[i] / seen.pixels())));
        curves.put(SignalKind.CUTS, seconds.curve(i -> Float.isNaN(inter[i]) ? Double.NaN : count(cuts, i)));
        return curves;
    }

    /** Nothing between two pictures, and nothing that the encoder had to spend bytes on in between. */
    private static double stillness(double change, double bytesOfPixel) {
        return (1 - Likeness.ramp(change, 0, STIRRED)) * (1 - Likeness.ramp(bytesOfPixel, IDLE_BYTES, BUSY_BYTES));
    }

    private double count(List<Double> cuts, int index) {
        return cuts.stream().filter(cut -> seconds.index(cut) == index).count();
    }
}
