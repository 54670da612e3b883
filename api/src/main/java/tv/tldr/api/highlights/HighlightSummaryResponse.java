package tv.tldr.api.highlights;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.HighlightSummary;

/** What do highlights come to, on the wire? */
record HighlightSummaryResponse(
        long total,
        long streams,
        double totalDuration,
        @Nullable Double averageConfidence,
        @Nullable Double highestConfidence,
        List<OfType> byType) {
    /** The same of one type. */
    record OfType(String type, long count, double totalDuration, double averageConfidence) {}

    static HighlightSummaryResponse of(HighlightSummary summary) {
        return new HighlightSummaryResponse(
                summary.total(),
                summary.streams(),
                summary.seconds(),
                summary.averageConfidence(),
                summary.highestConfidence(),
                summary.byType().stream()
                        .map(of -> new OfType(of.type(), of.count(), of.seconds(), of.averageConfidence()))
                        .toList());
    }
}
