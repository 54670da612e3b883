package tv.tldr.api.highlights;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tv.tldr.activities.store.Feedback;
import tv.tldr.activities.store.Feedback.Verdict;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.api.http.Fields;

/** What does a request say about a highlight? */
final class FeedbackReader {
    private static final int LONGEST_COMMENT = 2000;
    private static final double LONGEST_STREAM = 7 * 24 * 3600.0;

    private FeedbackReader() {}

    static Feedback read(Fields body, UUID id, HighlightRow highlight) {
        Optional<Verdict> verdict = body.choice("verdict", Verdict.class);
        if (verdict.isEmpty() && body.isSound("verdict")) {
            body.refuse("verdict", "is required");
        }
        Optional<Double> start = body.number("start_time", 0, LONGEST_STREAM);
        Optional<Double> end = body.number("end_time", 0, LONGEST_STREAM);
        boolean moved = start.isPresent() || end.isPresent();
        if (verdict.equals(Optional.of(Verdict.BOUNDARIES))
                && !moved
                && body.isSound("start_time")
                && body.isSound("end_time")) {
            body.refuse("start_time", "or end_time is required with the verdict boundaries");
        }
        if (verdict.isPresent() && !verdict.equals(Optional.of(Verdict.BOUNDARIES)) && moved) {
            body.refuse(start.isPresent() ? "start_time" : "end_time", "belongs to the verdict boundaries");
        }
        if (moved
                && end.orElse(highlight.range().end())
                        <= start.orElse(highlight.range().start())) {
            body.refuse(end.isPresent() ? "end_time" : "start_time", "must leave the end behind the start");
        }
        Optional<String> comment = body.text("comment", LONGEST_COMMENT);
        body.finish();
        return new Feedback(
                id,
                highlight.id(),
                verdict.orElseThrow(),
                start.orElse(null),
                end.orElse(null),
                comment.orElse(null),
                highlight.version(),
                Instant.EPOCH);
    }
}
