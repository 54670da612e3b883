package tv.tldr.api.dimensions;

import java.util.List;
import java.util.Map;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.HighlightType;

/** A highlight type with the set that it belongs to. */
record HighlightTypeResponse(
        String dimensionSetId,
        int dimensionSetVersion,
        boolean preset,
        String id,
        String name,
        String description,
        Criteria criteria,
        int priority,
        List<String> autoTag,
        Map<String, String> metadataTemplate) {
    static HighlightTypeResponse of(StoredSet set, HighlightType type) {
        return of(set.definition().id(), set.version(), set.preset(), type);
    }

    static HighlightTypeResponse of(String setId, int version, boolean preset, HighlightType type) {
        return new HighlightTypeResponse(
                setId,
                version,
                preset,
                type.id(),
                type.name(),
                type.description(),
                type.criteria(),
                type.priority(),
                type.autoTags(),
                type.metadataTemplate());
    }
}
