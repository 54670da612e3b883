package tv.tldr.workflows.transcript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Where exactly is somebody speaking? The speech curve knows it to the second, the pauses to a twentieth: a phrase goes
 * from pause to pause where the curve tells of speech.
 */
final class Phrases {
    /** A single second without speech between two with it is a breath: the pauses tell where. */
    private static final int BREATH_SECONDS = 1;

    /** A word that begins or ends in a neighbouring second reaches at most this far beyond the curve. */
    private static final double BEYOND_SECONDS = 1;

    /** A shorter sound between two pauses is not a word. */
    private static final double SHORTEST_SECONDS = 0.15;

    private Phrases() {}

    /** The phrases of {@code signals}, ascending, without overlap; none when there is no sound. */
    static List<TimeRange> of(Signals signals) {
        TimeRange measured = new TimeRange(signals.firstSecond(), signals.firstSecond() + signals.seconds());
        NavigableMap<Double, TimeRange> pauses =
                byStart(signals.pauses().stream().filter(measured::overlaps).toList());
        return signals
                .curve(SignalKind.SPEECH)
                .map(curve -> runs(curve, signals.firstSecond()))
                .orElse(List.of())
                .stream()
                .flatMap(run -> phrases(run, near(run, pauses)))
                .toList();
    }

    private static Stream<TimeRange> phrases(TimeRange run, Collection<TimeRange> pauses) {
        return without(pauses, toTheNearestPauses(run, pauses)).stream()
                .filter(phrase -> phrase.overlaps(run) && phrase.duration() >= SHORTEST_SECONDS);
    }

    /** By their starts; those that overlap, at the border of two segments, in one. */
    private static NavigableMap<Double, TimeRange> byStart(List<TimeRange> pauses) {
        NavigableMap<Double, TimeRange> joined = new TreeMap<>();
        TimeRange.union(pauses).forEach(pause -> joined.put(pause.start(), pause));
        return joined;
    }

    private static Collection<TimeRange> near(TimeRange run, NavigableMap<Double, TimeRange> pauses) {
        Double first = pauses.floorKey(run.start() - BEYOND_SECONDS);
        double from = first == null ? run.start() - BEYOND_SECONDS : first;
        return pauses.subMap(from, true, run.end() + BEYOND_SECONDS, true).values();
    }

    private static List<TimeRange> runs(float[] curve, int firstSecond) {
        List<TimeRange> runs = new ArrayList<>();
        for (int second = 0; second < curve.length; second++) {
            if (curve[second] >= Signals.IS_SPEECH) {
                int from = second;
                int last = second;
                while (++second < curve.length && second - last <= BREATH_SECONDS + 1) {
                    last = curve[second] >= Signals.IS_SPEECH ? second : last;
                }
                second = last;
                runs.add(new TimeRange(firstSecond + from, firstSecond + last + 1.0));
            }
        }
        return runs;
    }

    /** The run, begun at the end of a pause shortly before it and ended at the start of one shortly after it. */
    private static TimeRange toTheNearestPauses(TimeRange run, Collection<TimeRange> pauses) {
        double start = run.start();
        double end = run.end();
        for (TimeRange pause : pauses) {
            if (pause.end() <= run.start() && run.start() - pause.end() < BEYOND_SECONDS) {
                start = pause.end();
            }
            if (pause.start() >= run.end() && pause.start() - run.end() < BEYOND_SECONDS) {
                end = Math.min(pause.start(), end == run.end() ? pause.start() : end);
            }
        }
        return new TimeRange(start, end);
    }

    private static List<TimeRange> without(Collection<TimeRange> pauses, TimeRange range) {
        List<TimeRange> rest = new ArrayList<>();
        double begin = range.start();
        for (TimeRange pause : pauses) {
            if (pause.overlaps(range)) {
                if (pause.start() > begin) {
                    rest.add(new TimeRange(begin, pause.start()));
                }
                begin = Math.max(begin, pause.end());
            }
        }
        if (begin < range.end()) {
            rest.add(new TimeRange(begin, range.end()));
        }
        return rest;
    }
}
