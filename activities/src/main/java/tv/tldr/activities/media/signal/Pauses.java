package tv.tldr.activities.media.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Where may a clip begin or end without cutting a word? Where it is silent, or where the speech band falls far below what
 * is heard around it, for a quarter of a second and more.
 */
final class Pauses {
    private static final int SHORTEST = Sound.STEPS / 4;
    private static final int AROUND = 2 * Sound.STEPS;
    private static final double LOUD_PART = 0.9;
    /** 15 dB, as a ratio of mean squares: speech with room noise falls by that much between sentences. */
    private static final double DIP = 0.0316;

    private Pauses() {}

    /** Pauses within the window, ascending. One that crosses the window's edge is cut there. */
    static List<TimeRange> of(Spectra spectra, Seconds seconds) {
        boolean[] quiet = quiet(spectra);
        List<TimeRange> pauses = new ArrayList<>();
        for (int step = 0; step < quiet.length; step++) {
            int begin = step;
            while (step < quiet.length && quiet[step]) {
                step++;
            }
            if (step - begin >= SHORTEST) {
                double offset = spectra.sound().firstStep();
                double from = Math.max(seconds.window().start(), (offset + begin) / Sound.STEPS);
                double to = Math.min(seconds.window().end(), (offset + step) / Sound.STEPS);
                if (from < to) {
                    pauses.add(new TimeRange(from, to));
                }
            }
        }
        return List.copyOf(pauses);
    }

    private static boolean[] quiet(Spectra spectra) {
        double[] power = new double[spectra.sound().steps()];
        Arrays.setAll(power, spectra::speechBand);
        boolean[] quiet = new boolean[power.length];
        for (int step = 0; step < power.length; step++) {
            double[] around =
                    Arrays.copyOfRange(power, Math.max(0, step - AROUND), Math.min(power.length, step + AROUND + 1));
            Arrays.sort(around);
            double loud = around[(int) (LOUD_PART * (around.length - 1))];
            quiet[step] = spectra.sound().isHeard(step) && power[step] < Math.max(SoundCurves.SILENT, loud * DIP);
        }
        return quiet;
    }
}
