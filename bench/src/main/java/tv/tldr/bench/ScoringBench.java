package tv.tldr.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scores;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * How long does it take to score four hours of signals, and to choose among them? On one core, in a virtual machine that is
 * warm, as the API is that answers a what-if.
 */
public final class ScoringBench {
    private static final int SECONDS = 4 * 3600;
    private static final int WARM_UP = 10;
    private static final int RUNS = 15;

    private ScoringBench() {}

    /** Prints a line for each preset. */
    public static void main(String[] arguments) {
        Signals signals = wandering(SECONDS);
        for (Preset preset : Preset.values()) {
            DimensionSet set = preset.dimensionSet();
            double scoring = milliseconds(() -> score(signals, set));
            double choosing = milliseconds(() -> choose(signals, set));
            System.out.printf(
                    Locale.ROOT,
                    "%-18s scoring %5.0f ms, scoring and choosing %5.0f ms%n",
                    preset.wire(),
                    scoring,
                    choosing);
        }
    }

    private static Scores score(Signals signals, DimensionSet set) {
        return RuleScorer.score(signals, set);
    }

    private static Selection choose(Signals signals, DimensionSet set) {
        return HighlightSelection.select(signals, signals.seconds(), set, StreamOptions.DEFAULTS);
    }

    private static double milliseconds(Supplier<?> work) {
        for (int run = 0; run < WARM_UP; run++) {
            Objects.requireNonNull(work.get());
        }
        double[] taken = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            Objects.requireNonNull(work.get());
            taken[run] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(taken);
        return taken[RUNS / 2];
    }

    /** Every signal wanders around its mean with a memory of some seconds, as measured ones do. */
    static Signals wandering(int seconds) {
        Random random = new Random(1);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            float[] curve = new float[seconds];
            double state = 0;
            for (int second = 0; second < seconds; second++) {
                state = 0.8 * state + 0.6 * random.nextGaussian();
                curve[second] = (float) (kind == SignalKind.LOUDNESS ? -30 + 4 * state : 0.5 + 0.2 * state);
            }
            curves.put(kind, curve);
        }
        List<Double> cuts = new ArrayList<>();
        for (double cut = 3; cut < seconds; cut += 2 + 10 * random.nextDouble()) {
            cuts.add(cut);
        }
        return new Signals(0, seconds, curves, cuts, List.of());
    }
}
