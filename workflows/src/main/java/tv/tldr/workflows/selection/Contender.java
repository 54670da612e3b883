package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.wakeword.CalledMoment;
import tv.tldr.workflows.wakeword.WakeWordHit;

/**
 * A stretch of the stream that may get a clip: measured, called for, or both.
 *
 * @param passage where it is; that of a call alone has its peak in the second of the call
 * @param type what it is called
 * @param calls who asked for it, by time; empty when nobody did
 * @param measured whether the score stands out in it; otherwise a call is all that there is
 */
record Contender(Passage passage, MomentType type, List<Call> calls, boolean measured) {
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
    static Contender called(Call call, double[] score) {
        int peak = call.second();
        TimeRange range = call.range();
        int from = (int) range.start();
        int to = (int) Math.max(peak + 1, Math.min(score.length, Math.ceil(range.end())));
        Passage passage = new Passage(peak, score[peak], from, to, peak);
        return new Contender(passage, new MomentType(call.type(), null, call.sureness()), List.of(call), false);
    }

    boolean isCalled() {
        return !calls.isEmpty();
    }

    /** What it is called when nothing but its calls names it: somebody who spoke names it first. Only of what is called. */
    MomentType calledType() {
        Call first =
                calls.stream().filter(Call.Spoken.class::isInstance).findFirst().orElseGet(calls::getFirst);
        return new MomentType(first.type(), null, likeness());
    }

    /** How sure its calls make it, whatever was measured, 0–1; 0 when nobody called. */
    double likeness() {
        return raised(0);
    }

    /**
     * How sure it is with its calls when it has {@code confidence} without: the surest of what was heard when that is surer,
     * and then every marker takes its part of the doubt that is left.
     */
    double raised(double confidence) {
        double heard = spoken().mapToDouble(CalledMoment::confidence).max().orElse(0);
        double before = Math.max(confidence, heard);
        List<Marker> markers = markers();
        return markers.isEmpty() ? before : 1 - (1 - before) * (1 - together(markers));
    }

    /** What {@code markers} count together. */
    double together(List<Marker> markers) {
        double doubt = 1;
        for (Marker marker : markers) {
            doubt *= 1 - counts(marker);
        }
        return 1 - doubt;
    }

    /** What {@code marker} counts for it: the most in its seconds. */
    double counts(Marker marker) {
        return marker.within(passage.from(), passage.to());
    }

    /** The markers that point at it, by time. */
    List<Marker> markers() {
        return calls.stream()
                .mapMulti((Call call, Consumer<Marker> to) -> {
                    if (call instanceof Call.Marked marked) {
                        to.accept(marked.marker());
                    }
                })
                .toList();
    }

    private Stream<CalledMoment> spoken() {
        return calls.stream().mapMulti((call, to) -> {
            if (call instanceof Call.Spoken spoken) {
                to.accept(spoken.moment());
            }
        });
    }

    /** The same with more calls, in the same seconds. */
    Contender and(List<Call> others) {
        List<Call> all = new ArrayList<>(calls);
        all.addAll(others);
        all.sort(Comparator.comparingDouble(call -> call.range().start()));
        return new Contender(passage, type, all, measured);
    }

    /** The same, reaching over the second of {@code call}. */
    Contender reachingTo(Call call) {
        int second = call.second();
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

    /** The surest of all that was heard for it. */
    Optional<WakeWordHit> surest() {
        return spoken().flatMap(call -> call.hits().stream()).max(Comparator.comparingDouble(WakeWordHit::similarity));
    }

    /** How often a wake word was heard for it. */
    long hits() {
        return spoken().mapToLong(call -> call.hits().size()).sum();
    }

    /** {@code byType} with what its calls write on a highlight. */
    Labels labelled(Labels byType) {
        Labels heard = surest().map(hit -> byType.called(hit.word())).orElse(byType);
        List<Marker> markers = markers();
        return markers.isEmpty() ? heard : heard.marked(markers);
    }
}
