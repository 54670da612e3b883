package tv.tldr.workflows.selection;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.scoring.Scores;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Where does each contender's clip go, when those that matter more choose first?
 *
 * @param duration seconds of the stream
 */
record Layout(DimensionSet set, StreamOptions options, Anchors anchors, double duration) {
    /** Each in the room that stronger ones leave, whatever their types are; answers in the order given, strongest first. */
    List<Considered> place(List<Contender> contenders) {
        return place(contenders, contender -> false);
    }

    /**
     * Each in the room that those before it in the order of conflicts leave; answers in the order given, strongest first.
     *
     * @param sure what is a highlight unless one that goes before it takes its room
     */
    List<Considered> place(List<Contender> contenders, Predicate<Contender> sure) {
        TimeRange stream = new TimeRange(0, duration);
        Spacing spacing = new Spacing(duration, set.cooldown());
        Map<TimeRange, Contender> placed = new HashMap<>();
        Map<Contender, Considered> considered = new HashMap<>();
        for (Contender contender : inOrderOfConflicts(contenders, sure)) {
            Passage passage = contender.passage();
            MomentType type = contender.type();
            ClipLimits limits = ClipLimits.of(set.clip(), type, options);
            Boundaries boundaries = new Boundaries(limits, anchors);
            Optional<TimeRange> space = spacing.around(passage.peak(), type)
                    .filter(free -> free.duration() >= limits.shortest() || free.equals(stream));
            Placement placement = boundaries.place(passage, passage.isMerged() ? stream : space.orElse(stream));
            Optional<TimeRange> taken =
                    space.isPresent() ? Optional.empty() : spacing.nearest(placement.range(), passage.peak(), type);
            Considered one = new Considered(
                    contender,
                    placement,
                    taken.map(range -> new Considered.InTheWay(range, requireNonNull(placed.get(range)))));
            if (one.standsForItself()) {
                spacing.take(placement.range(), type);
                placed.put(placement.range(), contender);
            }
            considered.put(contender, one);
        }
        return contenders.stream().map(considered::get).toList();
    }

    /**
     * Wanted types before others. Of those that are surely highlights the type decides who stays, by priority first; of the
     * rest the stronger one.
     */
    private List<Contender> inOrderOfConflicts(List<Contender> contenders, Predicate<Contender> sure) {
        Comparator<Contender> order = Comparator.comparing((Contender one) -> !isWanted(one))
                .thenComparing(one -> !sure.test(one))
                .thenComparing((one, other) -> sure.test(one) && sure.test(other)
                        ? MomentType.CONFLICT_ORDER.compare(one.type(), other.type())
                        : 0);
        return contenders.stream().sorted(order).toList();
    }

    /** What somebody asked for is wanted, whatever types are. */
    boolean isWanted(Contender one) {
        return one.isCalled() || isWanted(one.type().name());
    }

    /** What is called for is of its own type when that is wanted. */
    MomentType named(Contender one) {
        return one.isCalled() && !isWanted(one.type().name()) ? one.calledType() : one.type();
    }

    /** Why it is named so, in words. */
    String naming(Contender one, Scores scores) {
        return switch (named(one).name()) {
            case HighlightType.WAKE_WORD -> "somebody called for it";
            case HighlightType.MARKER -> "a marker points at it";
            default -> scores.naming(one.passage().peak());
        };
    }

    private boolean isWanted(String type) {
        return options.highlightTypes().isEmpty() || options.highlightTypes().contains(type);
    }
}
