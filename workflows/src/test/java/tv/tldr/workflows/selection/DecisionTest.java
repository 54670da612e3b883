package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** What is decided over a stream, by whichever of its sets and with whichever curves at hand? */
class DecisionTest {
    private static final int SECONDS = 600;

    /** Neither loudness nor change is a term, and both say in which seconds the others are compared. */
    private static final DimensionSetChain CROWD_AND_MOTION = chain(
            1,
            Dimension.ofRules("crowd", "crowd", 1, new RuleModel(1, "", -1, List.of(new Term(SignalKind.CROWD, 5, 1)))),
            Dimension.ofRules("busy", "busy", 1, new RuleModel(1, "", -1, List.of(new Term(SignalKind.MOTION, 5, 1)))));

    @Test
    void theCurvesThatItLooksAtAreEnough() {
        Signals whole = mostlySilentAndStill();
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        whole.curves().forEach((kind, curve) -> {
            if (Decision.looksAt(CROWD_AND_MOTION).contains(kind)) {
                curves.put(kind, curve);
            }
        });
        Signals some = new Signals(0, SECONDS, curves, whole.cuts(), whole.pauses());

        assertThat(curves).hasSizeLessThan(whole.curves().size());
        assertThat(confidences(some)).isNotEmpty().isEqualTo(confidences(whole));
    }

    @Test
    void aSetThatTooLittleIsLeftOfScoresNothingAndSaysWhatWasLeftOut() {
        DimensionSetChain both =
                chain(2, CROWD_AND_MOTION.first().definition().dimensions().toArray(Dimension[]::new));
        StreamOptions deaf = StreamOptions.DEFAULTS.withModules(new ProcessingModules(true, false, true, true));

        Decision decision = over(mostlySilentAndStill(), both, deaf);

        assertThat(decision.set()).isNull();
        assertThat(decision.selection().emptyReason())
                .contains("1 of the 2 dimensions of made could be scored, 2 are required")
                .endsWith("The processing modules leave out its sound (audio_analysis).");
    }

    private static Map<Double, Double> confidences(Signals signals) {
        Map<Double, Double> confidences = new TreeMap<>();
        over(signals, CROWD_AND_MOTION, StreamOptions.DEFAULTS)
                .selection()
                .candidates()
                .forEach(one -> confidences.put(one.peak(), one.confidence()));
        return confidences;
    }

    private static Decision over(Signals signals, DimensionSetChain chain, StreamOptions options) {
        return Decision.over(
                signals,
                SECONDS,
                chain,
                options,
                new AskedModel(chain.first().definition(), ProcessingModules.ALL, ModelScores.NONE, Transcript.EMPTY));
    }

    private static DimensionSetChain chain(int required, Dimension... dimensions) {
        DimensionSet set = new DimensionSet(
                "made",
                "made",
                "",
                List.of(dimensions),
                List.of(),
                true,
                required,
                null,
                new Calibration(0.65, 2.4),
                new ClipLength(15, 60),
                0);
        return DimensionSetChain.of(new DimensionSetVersion(1, set));
    }

    /** Sound and movement in a third of it, always in the same seconds. */
    private static Signals mostlySilentAndStill() {
        Random random = new Random(7);
        MadeSignals made = MadeSignals.flat(SECONDS);
        for (int second = 0; second < SECONDS; second++) {
            if (second % 30 >= 10) {
                made.value(SignalKind.LOUDNESS, second, -70).value(SignalKind.CHANGE, second, 0);
                made.value(SignalKind.CROWD, second, 0).value(SignalKind.MOTION, second, 0.001f);
            } else {
                made.more(SignalKind.CROWD, second, second + 1, 0.3 * random.nextDouble());
                made.more(SignalKind.MOTION, second, second + 1, 3 * random.nextDouble());
            }
        }
        return made.signals();
    }
}
