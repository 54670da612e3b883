package tv.tldr.workflows.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** When is a share of a speech reached? Counts seconds in which somebody speaks; the clock stands still in pauses. */
final class SpokenTime {
    private final List<TimeRange> phrases;

    /** @param phrases ascending, without overlap, at least one */
    SpokenTime(List<TimeRange> phrases) {
        this.phrases = List.copyOf(phrases);
    }

    /**
     * The ranges of lines that follow each other and fill the speech, in proportion to {@code weights}, which are positive.
     * A border between two lines goes to the nearest pause, if one is within {@code tolerance} seconds of speech and within a
     * third of either line, so that no two borders want the same pause.
     */
    List<TimeRange> share(List<Integer> weights, double tolerance) {
        double each = length() / weights.stream().mapToInt(Integer::intValue).sum();
        List<TimeRange> ranges = new ArrayList<>();
        double start = phrases.getFirst().start();
        double spoken = 0;
        for (int index = 0; index < weights.size() - 1; index++) {
            spoken += weights.get(index) * each;
            double within = Math.min(tolerance, Math.min(weights.get(index), weights.get(index + 1)) * each / 3);
            TimeRange border = border(spoken, within);
            ranges.add(new TimeRange(start, Math.max(start, border.start())));
            start = Math.max(start, border.end());
        }
        ranges.add(new TimeRange(start, phrases.getLast().end()));
        return ranges;
    }

    private double length() {
        return phrases.stream().mapToDouble(TimeRange::duration).sum();
    }

    /** The pause nearest to where {@code spoken} seconds are spoken; that instant when there is none within reach. */
    private TimeRange border(double spoken, double within) {
        List<Pause> pauses = new ArrayList<>();
        TimeRange instant =
                new TimeRange(phrases.getLast().end(), phrases.getLast().end());
        double before = 0;
        for (int index = 0; index < phrases.size(); index++) {
            TimeRange phrase = phrases.get(index);
            if (spoken >= before && spoken < before + phrase.duration()) {
                double at = phrase.start() + spoken - before;
                instant = new TimeRange(at, at);
            }
            before += phrase.duration();
            if (index + 1 < phrases.size()) {
                pauses.add(new Pause(Math.abs(before - spoken), between(phrase, phrases.get(index + 1))));
            }
        }
        return pauses.stream()
                .min(Comparator.comparingDouble(Pause::distance))
                .filter(nearest -> nearest.distance() <= within)
                .map(Pause::range)
                .orElse(instant);
    }

    private static TimeRange between(TimeRange before, TimeRange after) {
        double start = before.end();
        return new TimeRange(start, after.start());
    }

    private record Pause(double distance, TimeRange range) {}
}
