package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ScoreFormula;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** A preview answers within a second, however many types a set has and however long their formulas are. */
class LongFormulasTest {
    private static final int SECONDS = 4 * Streams.HOUR;

    /** Seconds of computing; several times what it takes, so that a busy machine does not matter. */
    private static final double MOST = 3;

    @Test
    void fiftyOfThemOverFourHoursAreDecidedAtOnce() {
        DimensionSet set = Preset.GAMING_DEFAULT
                .dimensionSet()
                .withTypes(
                        IntStream.range(0, 50).mapToObj(LongFormulasTest::type).toList());
        Signals signals = signals(SECONDS);
        HighlightSelection.select(signals(600), 600, set, StreamOptions.DEFAULTS);

        long before = computed();
        Selection selection = HighlightSelection.select(signals, SECONDS, set, StreamOptions.DEFAULTS);
        double took = (computed() - before) / 1e9;

        assertThat(selection.candidates().size()).isGreaterThan(200);
        assertThat(took).as("seconds").isLessThan(MOST);
    }

    private static Signals signals(int seconds) {
        Random random = new Random(1);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            float[] curve = new float[seconds];
            for (int second = 1; second < seconds; second++) {
                curve[second] = (float) (0.8 * curve[second - 1] + random.nextGaussian());
            }
            curves.put(kind, curve);
        }
        return new Signals(0, seconds, curves, List.of(), List.of());
    }

    private static long computed() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static HighlightType type(int number) {
        String formula = "if(total_score > 0.9" + number + ", 0.1, 0)";
        String summand = " + 0.01 * max(action_intensity, skill_display ^ 2, sqrt(clutch_moment))";
        while (formula.length() + summand.length() <= ScoreFormula.LONGEST) {
            formula += summand;
        }
        Criteria criteria = new Criteria(Map.of(), Map.of(), List.of(), 0.01 * number, formula, null, null, null);
        return new HighlightType("type_" + number, "Type", "", criteria, 1 + number, List.of(), Map.of());
    }
}
