package tv.tldr.activities.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.ScoringActivities.Standing;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Difference.Change;
import tv.tldr.workflows.selection.Difference.Kind;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.stream.TimeRange;

/** Which highlights that stand does a selection choose again? Those keep their ids, and their clips where the edges stay. */
final class Continuation {
    private Continuation() {}

    /** @param standing of earlier analyses */
    static List<Moment> of(Selection selection, List<HighlightRow> standing) {
        Difference difference =
                Difference.between(standing.stream().map(HighlightRow::moment).toList(), selection);
        return selection.kept().stream()
                .map(kept -> new Moment(
                        kept.number(),
                        kept.range(),
                        kept.peak(),
                        kept.confidence(),
                        kept.type(),
                        standing(kept, difference, standing)))
                .toList();
    }

    private static @Nullable Standing standing(Candidate kept, Difference difference, List<HighlightRow> rows) {
        for (Change change : difference.changes()) {
            Difference.Moment before = change.before();
            Difference.Moment after = change.after();
            if (before != null && after != null && after.range().equals(kept.range())) {
                return row(before, rows)
                        .map(row -> new Standing(
                                row.id(),
                                (int) row.version(),
                                row.files() != null && (row.isCutByHand() || isSameClip(row.range(), row.peak(), kept)),
                                change.kind() != Kind.UNCHANGED))
                        .orElse(null);
            }
        }
        return null;
    }

    private static Optional<HighlightRow> row(Difference.Moment moment, List<HighlightRow> rows) {
        return rows.stream()
                .filter(row -> Objects.equals(row.id(), moment.highlight()))
                .findFirst();
    }

    private static boolean isSameClip(TimeRange range, double peak, Candidate kept) {
        return range.equals(kept.range()) && peak == kept.peak();
    }
}
