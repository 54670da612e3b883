package tv.tldr.api.http;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of an object that a change names a part of (RFC 7396), as deep as it is wanted? */
final class MergePatch {
    private MergePatch() {}

    /**
     * A copy of {@code former} with what is given.
     *
     * @param parts names of objects that are not replaced, but changed in the same way themselves
     */
    static ObjectNode of(JsonNode given, ObjectNode former, Set<String> parts) {
        ObjectNode merged = former.deepCopy();
        given.propertyNames().forEach(name -> {
            JsonNode value = given.get(name);
            boolean part = parts.contains(name) && value.isObject() && former.get(name) instanceof ObjectNode;
            merged.set(name, part ? of(value, (ObjectNode) former.get(name), Set.of()) : value);
        });
        return merged;
    }
}
