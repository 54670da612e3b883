package tv.tldr.api.preview;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Difference.Change;
import tv.tldr.workflows.selection.Difference.Kind;
import tv.tldr.workflows.selection.Difference.Moment;
import tv.tldr.workflows.selection.Verdict;

/**
 * What would change in a stream's highlights?
 *
 * @param changes by time, what stays as it is among them
 */
record DifferenceResponse(int added, int removed, int changed, int unchanged, List<ChangeResponse> changes) {
    /**
     * @param change what becomes of it: the name of one of the counts
     * @param before the highlight that stands; null when it would be new
     * @param after the highlight that would stand; null when it would go
     * @param rule the rule that would drop it; null when it would not go
     * @param explanation that decision in a sentence with its numbers; null when it would not go
     */
    record ChangeResponse(
            String change,
            @Nullable MomentResponse before,
            @Nullable MomentResponse after,
            @Nullable String rule,
            @Nullable String explanation) {
        static ChangeResponse of(Change change) {
            Verdict verdict = change.verdict();
            return new ChangeResponse(
                    change.kind().name().toLowerCase(Locale.ROOT),
                    MomentResponse.of(change.before()),
                    MomentResponse.of(change.after()),
                    verdict == null ? null : verdict.rule().wire(),
                    verdict == null ? gone(change) : verdict.explanation());
        }

        private static @Nullable String gone(Change change) {
            return change.kind() == Kind.REMOVED ? Difference.NOTHING_THERE : null;
        }
    }

    /** @param highlightId null of one that does not stand */
    record MomentResponse(
            @Nullable String highlightId,
            double startTime,
            double endTime,
            double peakTime,
            double confidenceScore,
            String type) {
        static @Nullable MomentResponse of(@Nullable Moment moment) {
            return moment == null
                    ? null
                    : new MomentResponse(
                            moment.highlight() == null
                                    ? null
                                    : moment.highlight().toString(),
                            moment.range().start(),
                            moment.range().end(),
                            moment.peak(),
                            moment.confidence(),
                            moment.type());
        }
    }

    static DifferenceResponse of(Difference difference) {
        return new DifferenceResponse(
                count(difference, Kind.ADDED),
                count(difference, Kind.REMOVED),
                count(difference, Kind.CHANGED),
                count(difference, Kind.UNCHANGED),
                difference.changes().stream().map(ChangeResponse::of).toList());
    }

    private static int count(Difference difference, Kind kind) {
        return (int) difference.changes().stream()
                .filter(change -> change.kind() == kind)
                .count();
    }
}
