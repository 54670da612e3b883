package tv.tldr.api.highlights;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * The curves of a stretch of a stream, one value a second.
 *
 * @param from the second that each curve's first value stands for
 * @param to the second behind the last value
 * @param measuredSeconds how far the stream is measured
 * @param curves by signal; those that the source cannot have are absent
 * @param cuts instants of scene cuts within the stretch
 * @param pauses stretches without speech or sound that touch it
 * @param markers what the stream's markers count together; null when it has none
 */
record SignalsResponse(
        String streamId,
        int from,
        int to,
        int measuredSeconds,
        Map<String, Curve> curves,
        List<Double> cuts,
        List<Pause> pauses,
        @Nullable Curve markers) {

    record Pause(double startTime, double endTime) {}

    static SignalsResponse of(String streamId, Signals signals, int from, int to) {
        Map<String, Curve> curves = new TreeMap<>();
        signals.curves()
                .forEach((kind, values) -> curves.put(kind.wire(), new Curve(Arrays.copyOfRange(values, from, to))));
        TimeRange wanted = new TimeRange(from, to);
        return new SignalsResponse(
                streamId,
                from,
                to,
                signals.seconds(),
                curves,
                signals.cuts().stream().filter(wanted::contains).toList(),
                signals.pauses().stream()
                        .filter(wanted::overlaps)
                        .map(pause -> new Pause(pause.start(), pause.end()))
                        .toList(),
                signals.markers().isEmpty() ? null : new Curve(Arrays.copyOfRange(signals.markerCurve(), from, to)));
    }
}
