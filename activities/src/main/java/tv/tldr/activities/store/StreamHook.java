package tv.tldr.activities.store;

import java.util.List;

/**
 * Where a submission wants to be told of its stream alone.
 *
 * @param events patterns of those that it wants
 */
public record StreamHook(String url, List<String> events) {
    public StreamHook {
        events = List.copyOf(events);
    }
}
