package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.stream.Segmentation;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.wakeword.MarkerMoment;
import tv.tldr.workflows.wakeword.WakeWordHit;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/**
 * A stretch of the stream that may get a clip: measured, called for by voice, or both.
 *
 * @param passage where it is; that of a call alone has its peak in the second of the call
 * @param type what it is called
 * @param calls who asked for it, by time; empty when nobody did
 * @param measured whether the score stands out in it; otherwise a call is all that there is
 */
record Contender(Passage passage, MomentType type, List<MarkerMoment> calls, boolean measured) {
    private static final String FEATURE = "wake_word";

    Contender {
        calls = List.copyOf(calls);
    }

    static Contender measured(Passage passage, MomentType type) {
        return new Contender(passage, type, List.of(), true);
    }

    /**
     * What nothing but {@code call} makes a moment.
     *
     * @param score of each second
     */
    static Contender called(MarkerMoment call, double[] score) {
        int peak = second(call);
        TimeRange range = call.range();
        int from = (int) range.start();
        int to = (int) Math.max(peak + 1, Math.min(score.length, Math.ceil(range.end())));
        Passage passage = new Passage(peak, score[peak], from, to, peak);
        return new Contender(passage, calledType(call.confidence()), List.of(call), false);
    }

    /** What is only called for has this type. */
    static MomentType calledType(double likeness) {
        return new MomentType(HighlightType.WAKE_WORD, null, likeness);
    }

    /** The second in which {@code call} begins. */
    static int second(MarkerMoment call) {
        return (int) call.hits().getFirst().range().start();
    }

    boolean isCalled() {
        return !calls.isEmpty();
    }

    /** Whether {@code reasons} tell of a call. */
    static boolean isCalled(List<Contribution> reasons) {
        return reasons.stream().anyMatch(reason -> reason.feature().equals(FEATURE));
    }

    /** The surest of its calls, 0–1; 0 when nobody called. */
    double likeness() {
        return calls.stream().mapToDouble(MarkerMoment::confidence).max().orElse(0);
    }

    /** The same with one more call, in the same seconds. */
    Contender and(List<MarkerMoment> others) {
        List<MarkerMoment> all = new ArrayList<>(calls);
        all.addAll(others);
        all.sort(Comparator.comparingDouble(call -> call.range().start()));
        return new Contender(passage, type, all, measured);
    }

    /** The same, reaching over the second of {@code call}. */
    Contender reachingTo(MarkerMoment call) {
        int second = second(call);
        Passage reaching = new Passage(
                passage.peak(),
                passage.score(),
                Math.min(passage.from(), second),
                Math.max(passage.to(), second + 1),
                passage.mergedInto());
        return new Contender(reaching, type, calls, measured);
    }

    /** The same as if nobody had called. */
    Contender uncalled() {
        return new Contender(passage, type, List.of(), measured);
    }

    /** The surest of all that was heard for it; only of what is called. */
    WakeWordHit surest() {
        return calls.stream()
                .flatMap(call -> call.hits().stream())
                .max(Comparator.comparingDouble(WakeWordHit::similarity))
                .orElseThrow();
    }

    /** What the call adds to the score of its peak: lifts it to the likeness, when it is lower. Only of what is called. */
    Contribution reason() {
        WakeWordHit hit = surest();
        double score = Double.isFinite(passage.score()) ? passage.score() : 0;
        double weight = hit.similarity() == 0 ? 0 : Math.max(0, hit.similarity() - score) / hit.similarity();
        double lift = hit.similarity() * weight;
        long said = calls.stream().mapToLong(call -> call.hits().size()).sum();
        String text = String.format(
                Locale.ROOT,
                "wake word “%s” heard at %s%s, likeness %.2f (%s%s) (+%.2f)",
                hit.word(),
                Segmentation.clock(hit.range().start()),
                said == 1 ? "" : ", the surest of " + said + " calls",
                hit.similarity(),
                hit.manner().wire(),
                hit.manner() == Manner.EXACT ? "" : ": “" + hit.matched() + "”",
                lift);
        return new Contribution(FEATURE, hit.similarity(), weight, lift, text);
    }
}
