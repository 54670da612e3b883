package tv.tldr.api.streams;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.api.dimensions.DimensionReader;
import tv.tldr.api.dimensions.Names;
import tv.tldr.api.dimensions.Presets;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.FusionStrategy;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;

/** Along which dimensions does a request want its stream scored, and which types of moments does it want? */
final class SetReader {
    private static final String SET = "dimension_set_id";
    private static final String CUSTOM = "custom_dimensions";
    private static final String TYPES = "highlight_types";

    private SetReader() {}

    /**
     * The sets with the stream's own dimensions in the first one. Behind a fault of {@code dimension_set_id} they are
     * stand-ins, by which nothing else is judged.
     *
     * @param found where {@code dimension_set_id} leads
     */
    static DimensionSetChain read(Fields options, FallbackChain found) {
        return custom(
                options,
                switch (found) {
                    case FallbackChain.Whole whole -> whole.chain();
                    case FallbackChain.Broken broken -> {
                        options.refuse(SET, fault(broken));
                        yield DimensionSetChain.of(DimensionSetVersion.of(Preset.GAMING_DEFAULT));
                    }
                });
    }

    /**
     * Notes when nobody can score with any of the sets.
     *
     * @param chain with the stream's own dimensions
     * @param asked whether a model will be, of what {@code modules} let it see and hear
     */
    static void check(Fields options, DimensionSetChain chain, boolean asked, ProcessingModules modules) {
        boolean shown = !chain.first().definition().askedDimensions(modules).isEmpty();
        if (!options.isSound(SET)
                || !options.isSound(ModulesReader.NAME)
                || (asked && shown)
                || chain.sets().stream().anyMatch(set -> set.definition().canBeScoredByRules(modules))) {
            return;
        }
        if (asked || chain.sets().stream().anyMatch(set -> set.definition().canBeScoredByRules())) {
            options.refuse(
                    ModulesReader.NAME,
                    "leave nothing to score by: no dimension that counts shows by what is left of picture, sound and chat;"
                            + " leave another of video_analysis, audio_analysis and chat_analysis on");
        } else {
            options.refuse(
                    SET,
                    "names a set that rules alone cannot score: no dimension that counts has rules for a signal of its"
                            + " modalities; give it some, such as \"rules\": {\"based_on\":"
                            + " \"gaming_default/action_intensity\"}");
        }
    }

    /** Notes when a consensus asks for more senses than any of the sets shows by: it would score nothing, ever. */
    static void check(
            Fields options, DimensionSetChain chain, Strategy strategy, Fusion fusion, ProcessingModules modules) {
        OptionalInt most = chain.sets().stream()
                .map(DimensionSetVersion::definition)
                .filter(DimensionSet::canBeScoredByRules)
                .mapToInt(set -> fusion.voices(set, modules))
                .max();
        if (options.isSound(SET)
                && modules.fusion()
                && strategy != Strategy.AI_ONLY
                && fusion.strategy() == FusionStrategy.CONSENSUS
                && most.orElse(fusion.agreeing()) < fusion.agreeing()) {
            options.refuse(
                    "fusion.min_modalities",
                    "must be at most " + most.getAsInt()
                            + ": no dimension of the set has signals of more modalities that"
                            + " are listened to, so that " + fusion.agreeing() + " can never agree");
        }
    }

    private static String fault(FallbackChain.Broken broken) {
        return broken instanceof FallbackChain.Missing
                ? "must be one of the presets " + Presets.names() + ", or the id of a set of yours (dset_…)"
                : broken.fault();
    }

    private static DimensionSetChain custom(Fields options, DimensionSetChain chain) {
        Optional<Fields> given = options.object(CUSTOM);
        if (given.isEmpty() || given.get().names().isEmpty()) {
            return chain;
        }
        DimensionSet set = chain.first().definition();
        List<Dimension> changed = new ArrayList<>();
        for (String id : given.get().names()) {
            given.get().object(id).ifPresent(fields -> {
                Names.check(given.get(), id, id);
                if (!fields.text("id", Names.LONGEST).orElse(id).equals(id)) {
                    fields.refuse("id", "must be " + id + ", as it stands before it");
                }
                changed.add(DimensionReader.read(fields, id, set.dimension(id).orElse(null)));
            });
        }
        if (!options.isSound(SET)) {
            return chain;
        }
        try {
            return chain.withCustom(
                    set.with(changed), changed.stream().map(Dimension::id).toList());
        } catch (IllegalArgumentException e) {
            // Too many, or no weight left: only the whole shows it.
            options.refuse(CUSTOM, "cannot be: " + e.getMessage());
            return chain;
        }
    }

    /**
     * Which types are wanted: those of the set, or what it calls moments that fit none of them.
     *
     * @param called whether moments are called for by voice, too
     * @param usual what is wanted when the request does not say, as far as the set knows it
     */
    static List<String> types(Fields options, DimensionSet set, boolean called, List<String> usual) {
        if (!options.isSound(SET)) {
            return options.texts(TYPES, Integer.MAX_VALUE, Names.LONGEST).orElse(List.of());
        }
        Set<String> known = new LinkedHashSet<>();
        set.types().stream().map(HighlightType::id).forEach(known::add);
        set.dimensions().stream().map(Dimension::highlightType).forEach(known::add);
        known.add(HighlightType.ANY);
        known.add(HighlightType.MARKER);
        if (called) {
            known.add(HighlightType.WAKE_WORD);
        }
        List<String> wanted = options.texts(TYPES, known.size(), Names.LONGEST)
                .orElseGet(() -> usual.stream().filter(known::contains).toList());
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.contains(wanted.get(i))) {
                options.refuse(
                        TYPES + "[" + i + "]",
                        "is not a highlight type of " + set.id() + "; there are " + String.join(", ", known));
            }
        }
        return wanted.stream().distinct().toList();
    }
}
