package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** Where near an instant may a clip begin or end without cutting into a shot or a word? */
final class Anchors {
    /** The curve that tells where somebody speaks. */
    static final SignalKind SPOKEN = SignalKind.SPEECH;

    /** How far into a pause an edge goes, seconds: a breath before the word, but not all of the silence. */
    private static final double INTO_PAUSE = 0.25;

    /** A cut may be this much farther away than a pause and is still the better edge, seconds. */
    private static final double CUTS_ARE_BETTER_BY = 0.5;

    private static final int SPEECH_NEAR = 3;

    private final Signals signals;
    private final List<Double> cuts;
    private final List<TimeRange> pauses;
    private final List<Double> pauseStarts;
    private final double longestPause;

    record Anchor(double time, Edge edge) {}

    Anchors(Signals signals) {
        this.signals = signals;
        this.cuts = signals.cuts().stream().filter(Double::isFinite).sorted().toList();
        this.pauses = signals.pauses().stream()
                .sorted(Comparator.comparingDouble(TimeRange::start))
                .toList();
        this.pauseStarts = pauses.stream().map(TimeRange::start).toList();
        this.longestPause =
                pauses.stream().mapToDouble(TimeRange::duration).max().orElse(0);
    }

    /** The best anchor for an edge wanted at {@code time}, among those from {@code earliest} to {@code latest}. */
    Optional<Anchor> near(double time, double earliest, double latest) {
        List<Anchor> found = new ArrayList<>();
        for (int index = firstFrom(cuts, earliest); index < cuts.size() && cuts.get(index) <= latest; index++) {
            found.add(new Anchor(cuts.get(index), Edge.CUT));
        }
        int index = firstFrom(pauseStarts, earliest - longestPause);
        for (; index < pauses.size() && pauses.get(index).start() <= latest; index++) {
            double place = within(pauses.get(index), time);
            if (place >= earliest && place <= latest) {
                found.add(new Anchor(place, isSpeechAround(place) ? Edge.SPEECH_PAUSE : Edge.SILENCE));
            }
        }
        return found.stream()
                .min(Comparator.comparingDouble((Anchor anchor) -> cost(anchor, time))
                        .thenComparingDouble(Anchor::time));
    }

    private static double cost(Anchor anchor, double time) {
        double bonus = anchor.edge() == Edge.CUT ? CUTS_ARE_BETTER_BY : 0;
        return Math.abs(anchor.time() - time) - bonus;
    }

    /** The instant of {@code pause} nearest to {@code time}, a little inside of it. */
    private static double within(TimeRange pause, double time) {
        double inside = Math.min(INTO_PAUSE, pause.duration() / 2);
        return Math.max(pause.start() + inside, Math.min(pause.end() - inside, time));
    }

    private boolean isSpeechAround(double time) {
        int second = (int) time;
        return signals.curve(SPOKEN)
                .map(speech -> {
                    int to = Math.min(speech.length, second + SPEECH_NEAR + 1);
                    for (int near = Math.max(0, second - SPEECH_NEAR); near < to; near++) {
                        if (speech[near] >= Signals.IS_SPEECH) {
                            return true;
                        }
                    }
                    return false;
                })
                .orElse(false);
    }

    /** Index of the first of the ascending {@code times} that is not before {@code time}. */
    private static int firstFrom(List<Double> times, double time) {
        int low = 0;
        int high = times.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
