package tv.tldr.workflows.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tv.tldr.workflows.stream.TimeRange;

/** Signals that were measured once from real videos, and what people marked in them. */
public final class SignalDump {
    private SignalDump() {}

    /** The signals in {@code signals/<name>.json.gz}. */
    public static Signals read(String name) {
        try (InputStream file = new GZIPInputStream(open(name + ".json.gz"))) {
            JsonNode dump = new ObjectMapper().readTree(file);
            Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
            dump.get("curves")
                    .properties()
                    .forEach(curve -> curves.put(
                            SignalKind.valueOf(curve.getKey().toUpperCase(Locale.ROOT)), values(curve.getValue())));
            List<Double> cuts = new ArrayList<>();
            dump.get("cuts").forEach(cut -> cuts.add(cut.asDouble()));
            List<TimeRange> pauses = new ArrayList<>();
            dump.get("pauses")
                    .forEach(pause -> pauses.add(
                            new TimeRange(pause.get(0).asDouble(), pause.get(1).asDouble())));
            return new Signals(0, dump.get("seconds").asInt(), curves, cuts, pauses);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The spans in {@code signals/<name>.labels.json}. */
    public static List<TimeRange> truth(String name) {
        try (InputStream file = open(name + ".labels.json")) {
            List<TimeRange> spans = new ArrayList<>();
            new ObjectMapper()
                    .readTree(file)
                    .forEach(span -> spans.add(new TimeRange(
                            span.get("start").asDouble(), span.get("end").asDouble())));
            return spans;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static InputStream open(String file) {
        return Objects.requireNonNull(SignalDump.class.getResourceAsStream("/signals/" + file), file);
    }

    private static float[] values(JsonNode curve) {
        float[] values = new float[curve.size()];
        for (int second = 0; second < values.length; second++) {
            JsonNode value = curve.get(second);
            values[second] = value.isNull() ? Float.NaN : (float) value.asDouble();
        }
        return values;
    }
}
