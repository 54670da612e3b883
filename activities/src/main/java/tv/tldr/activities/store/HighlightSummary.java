package tv.tldr.activities.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What do highlights come to?
 *
 * @param streams of how many streams they are
 * @param seconds how long they are together
 * @param averageConfidence null when there are none
 * @param byType the most frequent first
 */
public record HighlightSummary(
        long total,
        long streams,
        double seconds,
        @Nullable Double averageConfidence,
        @Nullable Double highestConfidence,
        List<OfType> byType) {
    public HighlightSummary {
        byType = List.copyOf(byType);
    }

    /** The same of one type. */
    public record OfType(String type, long count, double seconds, double averageConfidence) {}
}
