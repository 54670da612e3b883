package tv.tldr.activities.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamId;

/**
 * Which events of an organization, in their order?
 *
 * @param after only those with a higher number; 0: from the first
 * @param types only these, by their names on the wire; empty: all
 * @param stream only those of this stream, whether or not it is still there; null: all
 * @param limit at most so many, from 1
 */
public record EventQuery(
        long after, List<String> types, @Nullable StreamId stream, int limit) {
    public EventQuery {
        types = List.copyOf(types);
    }
}
