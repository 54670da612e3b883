package tv.tldr.workflows.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What was measured over a stretch of stream time: one value a second and kind, and the instants that boundaries may
 * snap to. A segment's signals start at its first second; a stream's start at 0.
 *
 * @param firstSecond the second of stream time that index 0 stands for
 * @param seconds number of values in every curve
 * @param curves by kind; a kind that the source cannot have (no audio, no video) is absent
 * @param cuts instants of scene cuts, seconds of stream time, ascending
 * @param pauses stretches without speech or sound that a boundary may fall into, ascending
 * @param markers what somebody outside says that happened, in any order; of a stream, not of a segment
 */
public record Signals(
        int firstSecond,
        int seconds,
        Map<SignalKind, float[]> curves,
        List<Double> cuts,
        List<TimeRange> pauses,
        List<Marker> markers) {
    /** How much of a second must sound like speech, 0–1; in music and game sound about a tenth does. */
    public static final double IS_SPEECH = 0.3;

    private static final double DECIMALS = 10_000.0;

    public Signals {
        for (Map.Entry<SignalKind, float[]> curve : curves.entrySet()) {
            if (curve.getValue().length != seconds) {
                throw new IllegalArgumentException(
                        curve.getKey() + " has " + curve.getValue().length + " values for " + seconds + " seconds");
            }
        }
        curves = curves.isEmpty() ? Map.of() : Map.copyOf(curves);
        cuts = List.copyOf(cuts);
        pauses = List.copyOf(pauses);
        markers = List.copyOf(markers);
    }

    /** What was measured alone. */
    public Signals(
            int firstSecond, int seconds, Map<SignalKind, float[]> curves, List<Double> cuts, List<TimeRange> pauses) {
        this(firstSecond, seconds, curves, cuts, pauses, List.of());
    }

    /** The same with what somebody outside says. */
    public Signals marked(List<Marker> posted) {
        return new Signals(firstSecond, seconds, curves, cuts, pauses, posted);
    }

    /** The same without the curves of other senses. What a boundary may snap to stays. */
    public Signals only(Set<Modality> senses) {
        Map<SignalKind, float[]> kept = new EnumMap<>(SignalKind.class);
        curves.forEach((kind, curve) -> {
            if (senses.contains(kind.modality())) {
                kept.put(kind, curve);
            }
        });
        return kept.size() == curves.size() ? this : new Signals(firstSecond, seconds, kept, cuts, pauses, markers);
    }

    /** What the markers count together each second, 0–1: each takes its part of what the others leave. */
    public float[] markerCurve() {
        double[] doubt = new double[seconds];
        Arrays.fill(doubt, 1);
        for (Marker marker : markers) {
            int from = (int) Math.max(0, Math.floor(marker.time() - marker.lead()) - firstSecond);
            int to = (int) Math.min(seconds, Math.ceil(marker.time() + marker.lag()) + 1 - firstSecond);
            for (int second = from; second < to; second++) {
                doubt[second] *= 1 - marker.in(second + firstSecond);
            }
        }
        float[] curve = new float[seconds];
        for (int second = 0; second < seconds; second++) {
            curve[second] = (float) (1 - doubt[second]);
        }
        return curve;
    }

    /** The curve of {@code kind}; empty when the source cannot have it. The array is the record's own: do not write. */
    public Optional<float[]> curve(SignalKind kind) {
        return Optional.ofNullable(curves.get(kind));
    }

    /** What was measured in a second of the stream, by the signal's word on the wire, to four decimals. */
    public Map<String, Double> at(int second) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (SignalKind kind : SignalKind.values()) {
            curve(kind)
                    .map(curve -> curve[second - firstSecond])
                    .filter(Float::isFinite)
                    .ifPresent(value -> measured.put(kind.wire(), Math.round(value * DECIMALS) / DECIMALS));
        }
        return measured;
    }

    public boolean has(Modality modality) {
        return curves.keySet().stream().anyMatch(kind -> kind.modality() == modality);
    }

    /**
     * The signals of a whole stream of {@code seconds} from those of its segments, in any order. Seconds that no segment
     * covers are {@link Float#NaN}; where two segments cover a second the later segment wins.
     */
    public static Signals join(int seconds, List<Signals> segments) {
        List<Signals> ordered = segments.stream()
                .sorted(Comparator.comparingInt(Signals::firstSecond))
                .toList();
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        List<Double> cuts = new ArrayList<>();
        List<TimeRange> pauses = new ArrayList<>();
        for (Signals segment : ordered) {
            segment.curves.forEach((kind, values) -> {
                float[] whole = curves.computeIfAbsent(kind, absent -> nan(seconds));
                int length = Math.min(values.length, seconds - segment.firstSecond);
                if (length > 0) {
                    System.arraycopy(values, 0, whole, segment.firstSecond, length);
                }
            });
            cuts.addAll(segment.cuts);
            pauses.addAll(segment.pauses);
        }
        return new Signals(0, seconds, curves, cuts, pauses);
    }

    private static float[] nan(int length) {
        float[] values = new float[length];
        Arrays.fill(values, Float.NaN);
        return values;
    }
}
