package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scores;
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
    private final ClipLimits limits;
    private final Boundaries boundaries;
    private final Scores scores;
    private final PassageFinder finder;
    private final Background background;

    private HighlightSelection(Signals signals, double duration, DimensionSet set, StreamOptions options) {
        this.duration = duration;
        this.set = set;
        this.options = options;
        this.limits = ClipLimits.of(set.clip(), options);
        this.boundaries = new Boundaries(limits, new Anchors(signals));
        this.scores = RuleScorer.score(signals, set);
        int seconds = (int) Math.min(signals.seconds(), Math.ceil(duration));
        double[] score = Arrays.copyOf(scores.total(), seconds);
        this.finder = new PassageFinder(score, limits.longestMoment(), options.mergeThreshold());
        this.background = Background.of(score, finder.usual(), signals, set, duration);
    }

    /**
     * Decides over a whole stream.
     *
     * @param signals of the whole stream, from second 0
     * @param duration seconds of the stream; no highlight ends later
     */
    public static Selection select(Signals signals, double duration, DimensionSet set, StreamOptions options) {
        if (!(duration >= 0) || Double.isInfinite(duration)) {
            throw new IllegalArgumentException(duration + " is not the duration of a stream");
        }
        if (signals.firstSecond() != 0) {
            throw new IllegalArgumentException(
                    "the signals of a whole stream start at 0, not " + signals.firstSecond());
        }
        return new HighlightSelection(signals, duration, set, options).select();
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

    /** Strongest first, each in the room that those before it leave. */
    private List<Considered> place(List<Passage> passages) {
        TimeRange stream = new TimeRange(0, duration);
        Room room = new Room(duration, set.cooldown());
        List<Considered> considered = new ArrayList<>();
        for (Passage passage : passages) {
            Optional<TimeRange> space = room.around(passage.peak()).filter(free -> isEnough(free, stream));
            Placement placement = boundaries.place(passage, passage.isMerged() ? stream : space.orElse(stream));
            Optional<TimeRange> inTheWay = space.isPresent() ? Optional.empty() : room.nearest(placement.range());
            Considered one = new Considered(passage, placement, inTheWay);
            if (one.standsForItself()) {
                room.take(placement.range());
            }
            considered.add(one);
        }
        return considered;
    }

    private boolean isEnough(TimeRange free, TimeRange stream) {
        return free.duration() >= limits.shortest() || free.equals(stream);
    }

    private List<Candidate> decide(List<Considered> considered, ConfidenceScale scale) {
        Map<Integer, Passage> byPeak = new HashMap<>();
        considered.forEach(one -> byPeak.put(one.passage().peak(), one.passage()));
        List<Candidate> candidates = new ArrayList<>();
        int rank = 0;
        int kept = 0;
        double lastKept = 1;
        for (Considered one : considered) {
            rank += one.standsForItself() ? 1 : 0;
            double confidence = scale.confidence(one.passage().score(), rank);
            Passage stronger = byPeak.getOrDefault(one.passage().mergedInto(), one.passage());
            Verdict verdict = verdict(one, stronger, confidence, scale, kept, lastKept);
            if (verdict.kept()) {
                kept++;
                lastKept = confidence;
            }
            candidates.add(candidate(one, confidence, verdict));
        }
        return candidates;
    }

    private Verdict verdict(
            Considered one, Passage stronger, double confidence, ConfidenceScale scale, int kept, double lastKept) {
        TimeRange range = one.placement().range();
        if (one.passage().isMerged()) {
            return Verdicts.merged(one.passage(), stronger, options);
        }
        if (duration < SHORTEST_STREAM) {
            return Verdicts.tooShort(duration, SHORTEST_STREAM);
        }
        if (confidence < options.highlightThreshold()) {
            double alone = scale.alone(one.passage().score());
            return alone < options.highlightThreshold()
                    ? Verdicts.belowThreshold(confidence, options)
                    : Verdicts.crowded(confidence, alone, scale.most(), duration, options);
        }
        if (one.inTheWay().isPresent()) {
            return Verdicts.noRoom(range, one.inTheWay().get(), set.cooldown());
        }
        return kept < options.limit()
                ? Verdicts.selected(confidence, options)
                : Verdicts.beyondMost(confidence, lastKept, options);
    }

    private Candidate candidate(Considered one, double confidence, Verdict verdict) {
        int peak = one.passage().peak();
        Placement placement = one.placement();
        return new Candidate(
                0,
                placement.range(),
                Math.min(peak + 0.5, (peak + duration) / 2),
                confidence,
                scores.highlightType(peak),
                scores.dimensions(peak),
                scores.reasons(peak),
                placement.start(),
                placement.end(),
                verdict);
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
        Candidate nearest = bestFirst.getFirst();
        if (nearest.verdict().rule() == Rule.TOO_SHORT) {
            return nearest.verdict().explanation();
        }
        return best.score() < Math.min(background.least(), background.sure(set.calibration()))
                ? Verdicts.nothingStandsOut(best, background)
                : Verdicts.thresholdNotReached(nearest, options);
    }
}
