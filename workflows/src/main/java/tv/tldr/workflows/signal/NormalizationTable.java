package tv.tldr.workflows.signal;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * {@code normalization.json}: every kind's {@link Normalization} and the limits they share.
 *
 * @param about for people who read the file
 * @param clamp deviations beyond this count as this
 * @param audibleAboveLufs momentary loudness above which a second has sound
 * @param movingAboveChange picture difference above which a second moves
 */
record NormalizationTable(
        String about,
        double clamp,
        double audibleAboveLufs,
        double movingAboveChange,
        Map<String, Normalization> signals) {
    static final NormalizationTable TABLE = read();

    NormalizationTable {
        signals = Map.copyOf(signals);
        for (SignalKind kind : SignalKind.values()) {
            if (!signals.containsKey(kind.wire())) {
                throw new IllegalArgumentException("normalization.json says nothing about " + kind.wire());
            }
        }
    }

    Normalization of(SignalKind kind) {
        Normalization normalization = signals.get(kind.wire());
        if (normalization == null) {
            throw new IllegalArgumentException("normalization.json says nothing about " + kind.wire());
        }
        return normalization;
    }

    private static NormalizationTable read() {
        try (InputStream file = NormalizationTable.class.getResourceAsStream("normalization.json")) {
            if (file == null) {
                throw new IllegalStateException("normalization.json is missing beside " + NormalizationTable.class);
            }
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build()
                    .readValue(file, NormalizationTable.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("normalization.json cannot be read", unreadable);
        }
    }
}
