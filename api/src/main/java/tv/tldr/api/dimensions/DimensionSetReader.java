package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Which dimension set does a request describe? Every fault is noted in the request's fields; whether its fallbacks hold,
 * {@link Fallbacks} knows.
 */
final class DimensionSetReader {
    private static final int LONGEST_ID = 100;
    /** Each stream keeps a copy of what it was scored with, fallbacks included. */
    private static final int LARGEST = 128 * 1024;

    /** Read on, so that their faults are told as well as their number. */
    private static final int MOST_READ = 100;

    private static final double LONGEST_COOLDOWN = 3600;
    private static final Calibration CALIBRATION = new Calibration(0.5, 1.5);
    private static final ClipLength CLIP = new ClipLength(15, 60);
    private static final double COOLDOWN = 10;

    private final Fields body;
    private final String id;
    private final Optional<DimensionSet> base;

    private DimensionSetReader(Fields body, String id) {
        this.body = body;
        this.id = id;
        Optional<String> preset = body.text("base", LONGEST_ID);
        this.base = preset.flatMap(Preset::named).map(Preset::dimensionSet);
        if (preset.isPresent() && base.isEmpty()) {
            body.refuse("base", "must be one of the presets " + Presets.names());
        }
    }

    /**
     * The set under {@code id}; empty when there is a fault.
     *
     * @param body a request that describes all of it, or a preset to take the rest from
     */
    static Optional<DimensionSet> read(Fields body, String id) {
        return new DimensionSetReader(body, id).read();
    }

    private Optional<DimensionSet> read() {
        body.passOver("id", "version", "preset", "created_at");
        if (body.length() > LARGEST) {
            body.refuse("dimensions", "and everything beside them must be at most " + LARGEST + " characters of JSON");
        }
        String name = base.isPresent()
                ? body.text("name", Names.LONGEST_NAME).orElse(base.get().name())
                : body.requiredText("name", Names.LONGEST_NAME);
        if (name.isBlank() && body.isSound("name")) {
            body.refuse("name", "must not be blank");
        }
        String description = body.text("description", Names.LONGEST_DESCRIPTION)
                .orElse(base.map(DimensionSet::description).orElse(""));
        List<Dimension> dimensions = dimensions();
        List<HighlightType> types = types(dimensions);
        boolean normalize = body.flag("normalize_weights", true);
        int required = body.integer("min_dimensions_required", 1, Math.max(1, dimensions.size()))
                .orElse(1);
        @Nullable String fallback = body.text("fallback_set_id", LONGEST_ID).orElse(null);
        Calibration calibration = body.object("calibration")
                .map(this::calibration)
                .orElse(base.map(DimensionSet::calibration).orElse(CALIBRATION));
        ClipLength clip = body.object("clip").map(this::clip).orElse(usualClip());
        double cooldown =
                body.number("cooldown", base.map(DimensionSet::cooldown).orElse(COOLDOWN), 0, LONGEST_COOLDOWN);
        return body.isSound()
                ? Optional.of(new DimensionSet(
                        id,
                        name,
                        description,
                        dimensions,
                        types,
                        normalize,
                        required,
                        fallback,
                        calibration,
                        clip,
                        cooldown))
                : Optional.empty();
    }

    private List<Dimension> dimensions() {
        Optional<List<Fields>> given = body.objects("dimensions", MOST_READ);
        if (given.isEmpty()) {
            if (base.isEmpty() && body.isSound("dimensions")) {
                body.refuse("dimensions", "is required: from 1 to " + DimensionSet.MOST_DIMENSIONS + " of them");
            }
            return base.map(DimensionSet::dimensions).orElse(List.of());
        }
        List<Dimension> dimensions = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Fields fields : given.get()) {
            String dimension = Names.read(fields);
            Integer twin = places.putIfAbsent(dimension, places.size());
            if (twin != null && !dimension.isBlank()) {
                fields.refuse("id", "must be unique: dimensions[" + twin + "] is " + dimension + ", too");
            }
            dimensions.add(DimensionReader.read(
                    fields,
                    dimension,
                    base.flatMap(set -> set.dimension(dimension)).orElse(null)));
        }
        if (dimensions.isEmpty() || dimensions.size() > DimensionSet.MOST_DIMENSIONS) {
            body.refuse(
                    "dimensions",
                    "must be from 1 to " + DimensionSet.MOST_DIMENSIONS + " dimensions, not " + dimensions.size());
        } else if (dimensions.stream().allMatch(dimension -> dimension.weight() == 0)) {
            body.refuse("dimensions", "must not all have the weight 0: nothing would count");
        }
        return dimensions;
    }

    private List<HighlightType> types(List<Dimension> dimensions) {
        Set<String> ids = dimensions.stream().map(Dimension::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Optional<List<Fields>> given = body.objects("highlight_types", HighlightTypeReader.MOST_TYPES);
        if (given.isEmpty()) {
            return base.map(DimensionSet::types).orElse(List.of()).stream()
                    .filter(type -> ids.containsAll(named(type.criteria())))
                    .toList();
        }
        HighlightTypeReader reader = new HighlightTypeReader(ids);
        List<HighlightType> types = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields fields : given.get()) {
            HighlightType type = reader.read(fields);
            if (fields.isSound("id") && !seen.add(type.id())) {
                fields.refuse("id", "must be unique: another type is " + type.id() + ", too");
            }
            types.add(type);
        }
        return types;
    }

    /** Presets have no formulas. */
    private static Set<String> named(Criteria criteria) {
        Set<String> named = new HashSet<>(criteria.requiredDimensions());
        named.addAll(criteria.minScores().keySet());
        named.addAll(criteria.anyOfScores().keySet());
        return named;
    }

    private Calibration calibration(Fields given) {
        Calibration usual = base.map(DimensionSet::calibration).orElse(CALIBRATION);
        return new Calibration(
                given.number("sure", usual.sure(), 0.01, 0.99),
                given.number("steepness", usual.steepness(), 0.01, 100));
    }

    private ClipLength clip(Fields given) {
        ClipLength usual = usualClip();
        double shortest = given.number("shortest", usual.shortest(), 1, StreamOptions.LONGEST_HIGHLIGHT);
        double longest =
                given.number("longest", Math.max(shortest, usual.longest()), 1, StreamOptions.LONGEST_HIGHLIGHT);
        if (longest < shortest) {
            given.refuse("longest", "must not be less than shortest");
        }
        return new ClipLength(shortest, Math.max(shortest, longest));
    }

    private ClipLength usualClip() {
        return base.map(DimensionSet::clip).orElse(CLIP);
    }
}
