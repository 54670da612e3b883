package tv.tldr.api.streams;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.dimensions.DimensionShape;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * What was asked for with every default filled in.
 *
 * @param dimensionSetVersion the version of the set that the stream keeps; null in streams of before
 * @param customDimensions the dimensions that this stream alone has, or has otherwise than the set, as a whole
 * @param highlightTypes the types that are wanted; empty: all
 * @param wakeWords what calls for a clip when somebody says it
 */
public record OptionsResponse(
        double highlightThreshold,
        double minDuration,
        double maxDuration,
        double mergeThreshold,
        double bufferBefore,
        double bufferAfter,
        @Nullable Integer maxHighlights,
        String strategy,
        @Nullable BigDecimal aiBudgetUsd,
        FusionResponse fusion,
        String dimensionSetId,
        @Nullable Integer dimensionSetVersion,
        Map<String, DimensionShape> customDimensions,
        List<String> highlightTypes,
        List<String> wakeWords,
        boolean thorough,
        ModulesResponse processingModules) {

    /** Which senses count, and whether they are fused. */
    record ModulesResponse(
            boolean videoAnalysis, boolean audioAnalysis, boolean chatAnalysis, boolean multimodalFusion) {
        static ModulesResponse of(ProcessingModules modules) {
            return new ModulesResponse(modules.video(), modules.audio(), modules.chat(), modules.fusion());
        }
    }

    /** How several senses become one score. */
    record FusionResponse(
            String strategy,
            Map<String, Double> weights,
            int minModalities,
            double agreementThreshold,
            List<String> order,
            double confidenceThreshold) {
        static FusionResponse of(Fusion fusion) {
            Map<String, Double> weights = new LinkedHashMap<>();
            for (Modality modality : Modality.values()) {
                weights.put(modality.wire(), fusion.weights().getOrDefault(modality, 0.0));
            }
            return new FusionResponse(
                    fusion.strategy().wire(),
                    weights,
                    fusion.agreeing(),
                    fusion.agreement(),
                    fusion.order().stream().map(Modality::wire).toList(),
                    fusion.sure());
        }
    }

    static OptionsResponse of(StreamRow row) {
        return of(row.options(), row.dimensionSet());
    }

    /** @param chain null of streams of before */
    public static OptionsResponse of(StreamOptions options, @Nullable DimensionSetChain chain) {
        return new OptionsResponse(
                options.highlightThreshold(),
                options.minDuration(),
                options.maxDuration(),
                options.mergeThreshold(),
                options.bufferBefore(),
                options.bufferAfter(),
                options.maxHighlights(),
                options.strategy().wire(),
                options.aiBudgetUsd(),
                FusionResponse.of(options.fusion()),
                options.dimensionSetId(),
                chain == null ? null : Integer.valueOf(chain.first().version()),
                chain == null ? Map.of() : custom(chain),
                options.highlightTypes(),
                options.wakeWords(),
                options.thorough(),
                ModulesResponse.of(options.modules()));
    }

    private static Map<String, DimensionShape> custom(DimensionSetChain chain) {
        Map<String, DimensionShape> custom = new LinkedHashMap<>();
        chain.first().definition().dimensions().stream()
                .filter(dimension -> chain.custom().contains(dimension.id()))
                .forEach(dimension -> custom.put(dimension.id(), DimensionShape.of(dimension)));
        return custom;
    }
}
