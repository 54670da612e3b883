package tv.tldr.api.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A highlight with its files on this machine.
 *
 * @param rank from 1, the most confident first
 * @param highlight as the API tells it
 * @param clip null when it has none
 * @param thumbnail null when it has none, as with a podcast
 */
record SavedHighlight(
        int rank,
        JsonNode highlight,
        @Nullable Path clip,
        @Nullable Path thumbnail) {
    /** The name of its files without the ending: {@code 01_at_2m33s}. */
    static String baseName(int rank, JsonNode highlight) {
        long start = Math.round(Math.floor(highlight.path("start_time").asDouble(0)));
        return String.format(Locale.ROOT, "%02d_at_%dm%02ds", rank, start / 60, start % 60);
    }

    double start() {
        return highlight.path("start_time").asDouble(0);
    }

    double end() {
        return highlight.path("end_time").asDouble(0);
    }

    double peak() {
        return highlight.path("peak_time").asDouble(0);
    }

    double confidence() {
        return highlight.path("confidence_score").asDouble(0);
    }

    String type() {
        return highlight.path("type").asString("");
    }

    /** Why it was chosen, in one line: the two strongest reasons. */
    String mainReasons() {
        String first = highlight.path("reasons").path(0).asString("");
        String second = highlight.path("reasons").path(1).asString("");
        return second.isEmpty() ? first : first + "; " + second;
    }
}
