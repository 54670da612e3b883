package tv.tldr.api.highlights;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Feedback;
import tv.tldr.workflows.TypeId;

/** What does a client see of what somebody thinks of a highlight? */
record FeedbackResponse(
        String id,
        String highlightId,
        String verdict,
        @Nullable Double startTime,
        @Nullable Double endTime,
        @Nullable String comment,
        Instant createdAt) {
    private static final String PREFIX = "fb";

    static FeedbackResponse of(Feedback feedback) {
        return new FeedbackResponse(
                TypeId.format(PREFIX, feedback.id()),
                feedback.highlight().toString(),
                feedback.verdict().name().toLowerCase(Locale.ROOT),
                feedback.start(),
                feedback.end(),
                feedback.comment(),
                feedback.createdAt());
    }
}
