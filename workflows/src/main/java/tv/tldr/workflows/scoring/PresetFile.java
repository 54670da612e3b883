package tv.tldr.workflows.scoring;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.signal.SignalKind;

/** How a preset is written down: a JSON file with one array of weights a signal, one weight a scale. */
record PresetFile(
        String id,
        String name,
        String description,
        ClipLength clip,
        double cooldown,
        Calibration calibration,
        List<Entry> dimensions,
        List<HighlightType> types) {
    record Entry(
            String id,
            String name,
            String description,
            String highlightType,
            double weight,
            double reach,
            String origin,
            double usual,
            Map<String, List<Double>> weights) {
        Dimension dimension() {
            List<Term> terms = new ArrayList<>();
            new TreeMap<>(weights)
                    .forEach((signal, scales) ->
                            terms.addAll(Term.each(SignalKind.valueOf(signal.toUpperCase(Locale.ROOT)), scales)));
            return new Dimension(
                    id,
                    name,
                    description,
                    weight,
                    Scale.NUMERIC,
                    Aggregation.MAX,
                    Dimension.ALL_MODALITIES,
                    null,
                    Examples.NONE,
                    false,
                    highlightType,
                    new RuleModel(reach, origin, usual, terms));
        }
    }

    private static final JsonSetter.Value EMPTY_WHEN_MISSING = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private static final Map<Preset, DimensionSet> ALL =
            Arrays.stream(Preset.values()).collect(Collectors.toUnmodifiableMap(preset -> preset, PresetFile::read));

    static DimensionSet of(Preset preset) {
        return Objects.requireNonNull(ALL.get(preset), preset.wire());
    }

    private static DimensionSet read(Preset preset) {
        String path = "presets/" + preset.wire() + ".json";
        try (InputStream file = PresetFile.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is missing beside " + PresetFile.class);
            }
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .withConfigOverride(Map.class, none -> none.setSetterInfo(EMPTY_WHEN_MISSING))
                    .withConfigOverride(List.class, none -> none.setSetterInfo(EMPTY_WHEN_MISSING))
                    .build()
                    .readValue(file, PresetFile.class)
                    .dimensionSet();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path + " cannot be read", unreadable);
        }
    }

    private DimensionSet dimensionSet() {
        List<Dimension> all = dimensions.stream().map(Entry::dimension).toList();
        return new DimensionSet(id, name, description, all, types, true, 1, null, calibration, clip, cooldown);
    }
}
