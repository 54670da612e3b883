package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What would become of a stream's highlights under other options?
 *
 * @param changes by time
 */
public record Difference(List<Change> changes) {
    /** Two ranges are the same moment when they share at least this part of what they cover together. */
    private static final double SAME_MOMENT = 0.3;

    /** Edges nearer than this and confidences nearer than this are the same: what a clip and a table show. */
    private static final double SAME_EDGE = 0.05;

    private static final double SAME_CONFIDENCE = 0.0005;

    /** Why a highlight goes that nothing near it decided over. */
    public static final String NOTHING_THERE = "Nothing there stands out any more.";

    public Difference {
        changes = List.copyOf(changes);
    }

    /** What becomes of one moment? */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        UNCHANGED
    }

    /**
     * A highlight that stands, or would.
     *
     * @param highlight its id; null when it does not stand
     * @param confidence 0–1
     */
    public record Moment(
            @Nullable HighlightId highlight, TimeRange range, double peak, double confidence, String type) {
        /** Whether a clip and a table show the same of both. */
        public boolean isSameAs(Moment other) {
            return Math.abs(range.start() - other.range.start()) < SAME_EDGE
                    && Math.abs(range.end() - other.range.end()) < SAME_EDGE
                    && Math.abs(confidence - other.confidence) < SAME_CONFIDENCE
                    && type.equals(other.type);
        }

        static Moment of(Candidate candidate) {
            return new Moment(null, candidate.range(), candidate.peak(), candidate.confidence(), candidate.type());
        }
    }

    /**
     * @param before the highlight that stands; null when there is none
     * @param after the highlight that would be; null when there would be none
     * @param verdict what would decide over the candidate that is nearest to a removed highlight; null otherwise, or when
     *     there would be none near it
     */
    public record Change(
            Kind kind,
            @Nullable Moment before,
            @Nullable Moment after,
            @Nullable Verdict verdict) {}

    /**
     * Compares.
     *
     * @param standing the highlights that stand
     * @param selection what would be selected
     */
    public static Difference between(List<Moment> standing, Selection selection) {
        List<Change> changes = new ArrayList<>();
        Set<Candidate> matched = new HashSet<>();
        for (Moment before : standing) {
            Optional<Candidate> after = selection.kept().stream()
                    .filter(candidate -> !matched.contains(candidate))
                    .filter(candidate -> before.range().intersectionOverUnion(candidate.range()) >= SAME_MOMENT)
                    .max(Comparator.comparingDouble(
                            candidate -> before.range().intersectionOverUnion(candidate.range())));
            after.ifPresent(matched::add);
            changes.add(after.map(candidate -> matched(before, Moment.of(candidate)))
                    .orElseGet(() -> removed(before, selection)));
        }
        selection.kept().stream()
                .filter(candidate -> !matched.contains(candidate))
                .map(candidate -> new Change(Kind.ADDED, null, Moment.of(candidate), null))
                .forEach(changes::add);
        changes.sort(Comparator.comparingDouble(Difference::start));
        return new Difference(changes);
    }

    private static Change matched(Moment before, Moment after) {
        return new Change(before.isSameAs(after) ? Kind.UNCHANGED : Kind.CHANGED, before, after, null);
    }

    private static Change removed(Moment before, Selection selection) {
        Verdict verdict = selection.candidates().stream()
                .filter(candidate -> before.range().contains(candidate.peak()))
                .min(Comparator.comparingDouble(candidate -> Math.abs(candidate.peak() - before.peak())))
                .map(Candidate::verdict)
                .orElse(null);
        return new Change(Kind.REMOVED, before, null, verdict);
    }

    private static double start(Change change) {
        Moment moment = change.after() == null ? change.before() : change.after();
        return moment == null ? 0 : moment.range().start();
    }
}
