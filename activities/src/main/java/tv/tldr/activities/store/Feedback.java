package tv.tldr.activities.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;

/**
 * What does somebody think of a highlight?
 *
 * @param start where it should begin instead, seconds of the stream; null: where it does
 * @param end where it should end instead; null: where it does
 * @param version of the highlight that was judged
 */
public record Feedback(
        UUID id,
        HighlightId highlight,
        Verdict verdict,
        @Nullable Double start,
        @Nullable Double end,
        @Nullable String comment,
        long version,
        Instant createdAt) {
    /** In a word. */
    public enum Verdict {
        ACCURATE,
        INACCURATE,
        /** The moment is one, and begins or ends elsewhere. */
        BOUNDARIES
    }
}
