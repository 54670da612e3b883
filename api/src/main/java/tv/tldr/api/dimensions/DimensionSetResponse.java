package tv.tldr.api.dimensions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;

/**
 * What does a client see of a dimension set? All that makes it: the same may be sent back.
 *
 * @param version raised by every change: the ETag
 * @param preset whether it came with the product, and nobody can change it
 * @param createdAt when this version was written; null for a preset
 */
record DimensionSetResponse(
        String id,
        int version,
        boolean preset,
        String name,
        String description,
        List<DimensionShape> dimensions,
        List<HighlightTypeShape> highlightTypes,
        boolean normalizeWeights,
        int minDimensionsRequired,
        @Nullable String fallbackSetId,
        Calibration calibration,
        ClipLength clip,
        double cooldown,
        @Nullable Instant createdAt) {
    static DimensionSetResponse of(StoredSet set) {
        DimensionSet definition = set.definition();
        return new DimensionSetResponse(
                definition.id(),
                set.version(),
                set.preset(),
                definition.name(),
                definition.description(),
                definition.dimensions().stream().map(DimensionShape::of).toList(),
                definition.types().stream().map(HighlightTypeShape::of).toList(),
                definition.normalizeWeights(),
                definition.minDimensionsRequired(),
                definition.fallbackSetId(),
                definition.calibration(),
                definition.clip(),
                definition.cooldown(),
                set.createdAt());
    }
}
