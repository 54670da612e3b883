package tv.tldr.api.dimensions;

import java.util.List;
import java.util.Map;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.HighlightType;

/** What does a client see of a highlight type? All that makes it: the same may be sent back. */
record HighlightTypeShape(
        String id,
        String name,
        String description,
        Criteria criteria,
        int priority,
        List<String> autoTag,
        Map<String, String> metadataTemplate) {
    static HighlightTypeShape of(HighlightType type) {
        return new HighlightTypeShape(
                type.id(),
                type.name(),
                type.description(),
                type.criteria(),
                type.priority(),
                type.autoTags(),
                type.metadataTemplate());
    }
}
