package tv.tldr.activities.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where does somebody want to be told, and of what?
 *
 * @param events patterns, at least one
 * @param headers to send with each request, besides ours; empty: those of before stay
 * @param retries how often and when it is tried again, where that is not left to the settings
 */
public record NewEndpoint(
        String url,
        String description,
        List<String> events,
        Optional<Map<String, String>> headers,
        Retries retries,
        boolean enabled) {
    public NewEndpoint {
        events = List.copyOf(events);
        headers = headers.map(Map::copyOf);
    }

    /**
     * Null: as the settings say.
     *
     * @param first seconds
     * @param longest seconds
     */
    public record Retries(
            @Nullable Integer most,
            @Nullable Integer first,
            @Nullable Integer longest) {
        public static final Retries USUAL = new Retries(null, null, null);
    }
}
