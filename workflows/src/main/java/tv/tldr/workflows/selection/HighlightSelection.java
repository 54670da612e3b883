package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scores;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which moments of a whole stream become highlights, and why not the others?
 *
 * <p>Everything that shapes a clip — its passage, what merges into it, its edges, the room that stronger ones leave — depends
 * on the order of the scores alone. The threshold and {@code max_highlights} come last and only take away from the end of
 * that order. So what is kept at one threshold is kept, with the same edges, at every lower one; a lower threshold never
 * gives fewer highlights or fewer seconds.
 *
 * <p>Pure and deterministic: no clock, no input or output, the same arithmetic on every platform.
 */
public final class HighlightSelection {
    /** In less than this a stream has no usual that a moment could stand out from, seconds. */
    private static final double SHORTEST_STREAM = 5;

    private final double duration;
    private final DimensionSet set;
    private final StreamOptions options;
    private final ModelScores model;
    private final List<Comparison> comparisons;
    private final Anchors anchors;
    private final Scores scores;
    private final PassageFinder finder;
    private final Background background;

    private HighlightSelection(
            Signals signals,
            double duration,
            DimensionSet set,
            StreamOptions options,
            ModelScores model,
            List<Comparison> comparisons) {
        this.duration = duration;
        this.set = set;
        this.options = options;
        this.model = model;
        this.comparisons = comparisons;
        this.anchors = new Anchors(signals);
        this.scores = RuleScorer.score(signals, set, new Scoring(options.strategy(), options.fusion(), model));
        int seconds = (int) Math.min(signals.seconds(), Math.ceil(duration));
        double[] score = Arrays.copyOf(scores.total(), seconds);
        this.finder =
                new PassageFinder(score, ClipLimits.of(set.clip(), options).longestMoment(), options.mergeThreshold());
        this.background = Background.of(score, finder.usual(), signals, set, duration);
    }

    /**
     * Decides over a whole stream.
     *
     * @param signals of the whole stream, from second 0
     * @param duration seconds of the stream; no highlight ends later
     */
    public static Selection select(Signals signals, double duration, DimensionSet set, StreamOptions options) {
        return select(signals, duration, set, options, ModelScores.NONE);
    }

    /**
     * The same with what the model said.
     *
     * @param model counts as far as the options' strategy listens to it
     */
    public static Selection select(
            Signals signals, double duration, DimensionSet set, StreamOptions options, ModelScores model) {
        return select(signals, duration, set, options, model, List.of());
    }

    /**
     * The same with what came of comparing the finalists.
     *
     * @param comparisons the first of the same finalists counts, as far as the options' strategy listens to the model
     */
    public static Selection select(
            Signals signals,
            double duration,
            DimensionSet set,
            StreamOptions options,
            ModelScores model,
            List<Comparison> comparisons) {
        if (!(duration >= 0) || Double.isInfinite(duration)) {
            throw new IllegalArgumentException(duration + " is not the duration of a stream");
        }
        if (signals.firstSecond() != 0) {
            throw new IllegalArgumentException(
                    "the signals of a whole stream start at 0, not " + signals.firstSecond());
        }
        return new HighlightSelection(signals, duration, set, options, model, comparisons).select();
    }

    private Selection select() {
        List<Passage> passages = finder.find();
        if (passages.isEmpty()) {
            return new Selection(List.of(), Verdicts.nothingMeasured());
        }
        List<Considered> considered = place(passages);
        List<Double> scoresOfThose = considered.stream()
                .filter(Considered::standsForItself)
                .map(one -> one.passage().score())
                .toList();
        ConfidenceScale scale = ConfidenceScale.of(scoresOfThose, background, duration, set.calibration());
        List<Candidate> candidates = decide(considered, scale);
        return new Selection(numberedByTime(candidates), emptyReason(candidates, passages.getFirst()));
    }

    /** Each in the room that those before it in the order of conflicts leave; answers strongest first. */
    private List<Considered> place(List<Passage> passages) {
        TimeRange stream = new TimeRange(0, duration);
        Spacing spacing = new Spacing(duration, set.cooldown());
        Map<Passage, Considered> considered = new HashMap<>();
        for (Typed typed : inOrderOfConflicts(passages)) {
            Passage passage = typed.passage();
            ClipLimits limits = ClipLimits.of(set.clip(), typed.type(), options);
            Boundaries boundaries = new Boundaries(limits, anchors);
            Optional<TimeRange> space = spacing.around(passage.peak(), typed.type())
                    .filter(free -> free.duration() >= limits.shortest() || free.equals(stream));
            Placement placement = boundaries.place(passage, passage.isMerged() ? stream : space.orElse(stream));
            Optional<TimeRange> inTheWay = space.isPresent()
                    ? Optional.empty()
                    : spacing.nearest(placement.range(), passage.peak(), typed.type());
            Considered one = new Considered(passage, placement, typed.type(), inTheWay);
            if (one.standsForItself()) {
                spacing.take(placement.range(), typed.type());
            }
            considered.put(passage, one);
        }
        return passages.stream().map(considered::get).toList();
    }

    private record Typed(Passage passage, MomentType type) {}

    /**
     * Wanted types before others. Of those that are surely highlights the type decides who stays, by priority first; of the
     * rest the stronger one.
     */
    private List<Typed> inOrderOfConflicts(List<Passage> passages) {
        double sure = background.sure(set.calibration());
        Comparator<Typed> order = Comparator.comparing((Typed one) -> !isWanted(one.type()))
                .thenComparing(one -> one.passage().score() < sure)
                .thenComparing((one, other) ->
                        one.passage().score() < sure || other.passage().score() < sure
                                ? 0
                                : MomentType.CONFLICT_ORDER.compare(one.type(), other.type()));
        return passages.stream()
                .map(passage -> new Typed(passage, scores.type(passage.peak())))
                .sorted(order)
                .toList();
    }

    private boolean isWanted(MomentType type) {
        return options.highlightTypes().isEmpty() || options.highlightTypes().contains(type.name());
    }

    private List<Candidate> decide(List<Considered> considered, ConfidenceScale scale) {
        Map<Integer, Passage> byPeak = new HashMap<>();
        considered.forEach(one -> byPeak.put(one.passage().peak(), one.passage()));
        List<Candidate> candidates = new ArrayList<>();
        int kept = 0;
        double lastKept = 1;
        for (Rated one : compared(Rated.byScore(considered, scale))) {
            Passage passage = one.moment().passage();
            Passage stronger = byPeak.getOrDefault(passage.mergedInto(), passage);
            Verdict verdict = one.explained(verdict(one, stronger, scale, kept, lastKept));
            if (verdict.kept()) {
                kept++;
                lastKept = one.confidence();
            }
            candidates.add(candidate(one, verdict));
        }
        return candidates;
    }

    /** The most confident first; those that could be kept as the model compared them. */
    private List<Rated> compared(List<Rated> strongestFirst) {
        return options.strategy().asksModel()
                ? Comparison.applied(comparisons, strongestFirst, one -> one.standsForItself() && isWanted(one.type()))
                : strongestFirst;
    }

    private Verdict verdict(Rated rated, Passage stronger, ConfidenceScale scale, int kept, double lastKept) {
        Considered one = rated.moment();
        double confidence = rated.confidence();
        TimeRange range = one.placement().range();
        if (one.passage().isMerged()) {
            return Verdicts.merged(one.passage(), stronger, options);
        }
        if (duration < SHORTEST_STREAM) {
            return Verdicts.tooShort(duration, SHORTEST_STREAM);
        }
        if (confidence < options.highlightThreshold()) {
            double alone = scale.alone(one.passage().score());
            return alone < options.highlightThreshold() || rated.standing() != null
                    ? Verdicts.belowThreshold(confidence, options)
                    : Verdicts.crowded(confidence, alone, scale.most(), duration, options);
        }
        if (!isWanted(one.type())) {
            return Verdicts.otherType(one.type().name(), confidence, options);
        }
        if (one.inTheWay().isPresent()) {
            double cooldown = new Spacing(duration, set.cooldown()).cooldown(one.type());
            return Verdicts.noRoom(range, one.inTheWay().get(), cooldown);
        }
        return kept < options.limit()
                ? Verdicts.selected(confidence, options)
                : Verdicts.beyondMost(confidence, lastKept, options);
    }

    private Candidate candidate(Rated rated, Verdict verdict) {
        Considered one = rated.moment();
        double confidence = rated.confidence();
        int second = rated.second();
        double peak = Math.min(second + 0.5, (second + duration) / 2);
        Placement placement = one.placement();
        Map<String, DimensionScore> dimensions = scores.dimensions(second);
        return new Candidate(
                0,
                placement.range(),
                peak,
                confidence,
                one.type().name(),
                dimensions,
                rated.reasons(scores.reasons(second)),
                placement.start(),
                placement.end(),
                verdict,
                Labels.of(one.type().type(), placement.range(), peak, confidence, dimensions),
                model.momentAt(second + 0.5).map(Said::of).orElse(null),
                degraded(second));
    }

    private @Nullable String degraded(int peak) {
        return options.strategy().asksModel() ? model.degradedAt(peak + 0.5).orElse(null) : null;
    }

    private static List<Candidate> numberedByTime(List<Candidate> candidates) {
        List<Candidate> byTime = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::peak))
                .toList();
        List<Candidate> numbered = new ArrayList<>();
        for (Candidate candidate : byTime) {
            numbered.add(candidate.withNumber(numbered.size()));
        }
        return numbered;
    }

    private @Nullable String emptyReason(List<Candidate> bestFirst, Passage best) {
        if (bestFirst.stream().anyMatch(candidate -> candidate.verdict().kept())) {
            return null;
        }
        if (bestFirst.stream().anyMatch(candidate -> candidate.verdict().rule() == Rule.OTHER_TYPE)) {
            return Verdicts.noneOfTheWantedTypes(bestFirst, options);
        }
        Candidate nearest = bestFirst.getFirst();
        if (nearest.verdict().rule() == Rule.TOO_SHORT) {
            return nearest.verdict().explanation();
        }
        return best.score() < Math.min(background.least(), background.sure(set.calibration()))
                ? Verdicts.nothingStandsOut(best, background)
                : Verdicts.thresholdNotReached(nearest, options);
    }
}
