package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scores;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/**
 * Which moments of a whole stream become highlights, and why not the others?
 *
 * <p>Everything that shapes a clip — its passage, what merges into it, its edges, the room that stronger ones leave — depends
 * on the order of the scores alone, but that among highlights the type's priority goes first. The threshold and
 * {@code max_highlights} come last and only take away from the end of that order. So what is kept at one threshold is kept,
 * with the same edges, at every lower one, and a lower threshold never gives fewer highlights or fewer seconds. Above
 * 0.8 a lower one also lets in what goes before others by its type or its call, and takes their room.
 *
 * <p>Pure and deterministic: no clock, no input or output, the same arithmetic on every platform.
 */
public final class HighlightSelection {
    /** In less than this a stream has no usual that a moment could stand out from, seconds. */
    private static final double SHORTEST_STREAM = 5;

    private final Signals signals;
    private final double duration;
    private final DimensionSet set;
    private final StreamOptions options;
    private final ModelScores model;
    private final List<Comparison> comparisons;
    private final Transcript transcript;
    private final Layout layout;
    private final Scores scores;
    private final PassageFinder finder;
    private final Background background;
    private final Calls calls;

    private HighlightSelection(
            Signals signals,
            double duration,
            DimensionSet set,
            StreamOptions options,
            ModelScores model,
            Transcript transcript,
            List<Comparison> comparisons) {
        this.signals = signals;
        this.duration = duration;
        this.set = set;
        this.options = options;
        this.model = model;
        this.transcript = options.modules().audio() ? transcript : Transcript.EMPTY;
        this.comparisons = comparisons;
        Deviations deviations = Deviations.of(signals.only(options.modules().senses()));
        this.scores = RuleScorer.score(deviations, set, options.scoring(model));
        int seconds = (int) Math.min(signals.seconds(), Math.ceil(duration));
        double[] score = Arrays.copyOf(scores.total(), seconds);
        this.finder =
                new PassageFinder(score, ClipLimits.of(set.clip(), options).longestMoment(), options.mergeThreshold());
        this.background = Background.of(score, finder.usual(), deviations, set, duration);
        this.layout = new Layout(set, options, new Anchors(signals), duration);
        this.calls = Calls.in(this.transcript, signals.markers(), options, duration, score);
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
        return select(signals, duration, set, options, model, Transcript.EMPTY, List.of());
    }

    /**
     * The same with what is said, and with what came of comparing the finalists.
     *
     * @param transcript as far as it is known; in it the options' wake words are looked for
     * @param comparisons the first of the same finalists counts, as far as the options' strategy listens to the model
     */
    public static Selection select(
            Signals signals,
            double duration,
            DimensionSet set,
            StreamOptions options,
            ModelScores model,
            Transcript transcript,
            List<Comparison> comparisons) {
        if (!(duration >= 0) || Double.isInfinite(duration)) {
            throw new IllegalArgumentException(duration + " is not the duration of a stream");
        }
        if (signals.firstSecond() != 0) {
            throw new IllegalArgumentException(
                    "the signals of a whole stream start at 0, not " + signals.firstSecond());
        }
        return new HighlightSelection(signals, duration, set, options, model, transcript, comparisons).select();
    }

    private Selection select() {
        List<Passage> passages = finder.find();
        if (passages.isEmpty()) {
            return new Selection(
                    List.of(), Verdicts.nothingMeasured() + options.modules().leftOut(signals));
        }
        List<Contender> measured = passages.stream()
                .map(passage -> Contender.measured(passage, scores.type(passage.peak())))
                .toList();
        // Neither types nor what is said change how sure a moment is.
        List<Considered> byStrength = layout.place(measured);
        ConfidenceScale scale = scale(byStrength);
        Predicate<Contender> sure = Rated.sure(byStrength, scale, options.highlightThreshold());
        List<Considered> considered = calls.isEmpty()
                ? layout.place(measured, sure)
                : Calls.joined(layout.place(withCalls(measured, scale), sure));
        List<Candidate> candidates = decide(compared(Rated.all(considered, scale)), scale);
        return candidates.stream().anyMatch(candidate -> candidate.verdict().kept())
                ? new Selection(Candidate.numberedByTime(candidates), null)
                : new Selection(
                        Candidate.numberedByTime(candidates),
                        emptyReason(candidates, passages.getFirst())
                                + options.modules().leftOut(signals));
    }

    private ConfidenceScale scale(List<Considered> considered) {
        List<Double> scoresOfThose = considered.stream()
                .filter(Considered::standsForItself)
                .map(one -> one.passage().score())
                .toList();
        return ConfidenceScale.of(scoresOfThose, background, duration, set.calibration());
    }

    /** Strongest first. */
    private List<Contender> withCalls(List<Contender> measured, ConfidenceScale scale) {
        List<Contender> all = calls.among(measured, background.least(), type -> ClipLimits.of(set.clip(), type, options)
                .longestMoment());
        return all.stream()
                .sorted(Comparator.comparingDouble(one -> -scale.strength(one)))
                .toList();
    }

    private List<Candidate> decide(List<Rated> bestFirst, ConfidenceScale scale) {
        Map<Integer, Passage> byPeak = new HashMap<>();
        bestFirst.stream()
                .map(Rated::moment)
                .filter(one -> one.contender().measured())
                .forEach(one -> byPeak.put(one.passage().peak(), one.passage()));
        List<Candidate> candidates = new ArrayList<>();
        int kept = 0;
        double lastKept = 1;
        for (Rated one : bestFirst) {
            Passage passage = one.moment().passage();
            Passage stronger = byPeak.getOrDefault(passage.mergedInto(), passage);
            Verdict verdict = one.explained(verdict(one, stronger, scale, kept, lastKept));
            if (verdict.kept()) {
                kept++;
                lastKept = one.confidence();
            }
            candidates.add(candidate(one, verdict, reckoning(one, scale)));
        }
        return candidates;
    }

    /** The most confident first; those that could be kept as the model compared them. */
    private List<Rated> compared(List<Rated> strongestFirst) {
        return options.strategy().asksModel()
                ? Comparison.applied(comparisons, strongestFirst, this::isEligible)
                : strongestFirst;
    }

    /** What is called for is wanted whatever others are like. */
    private boolean isEligible(Considered one) {
        return one.standsForItself() && !one.contender().isCalled() && layout.isWanted(one.contender());
    }

    private Verdict verdict(Rated rated, Passage stronger, ConfidenceScale scale, int kept, double lastKept) {
        Considered one = rated.moment();
        double confidence = rated.confidence();
        if (one.passage().isMerged()) {
            return Verdicts.merged(one.passage(), stronger, options);
        }
        if (duration < SHORTEST_STREAM) {
            return Verdicts.tooShort(duration, SHORTEST_STREAM);
        }
        if (!(confidence >= options.highlightThreshold())) {
            double alone =
                    one.contender().measured() ? scale.alone(one.passage().score()) : confidence;
            return alone < options.highlightThreshold() || rated.standing() != null
                    ? Verdicts.belowThreshold(confidence, options)
                    : Verdicts.crowded(confidence, alone, scale.most(), duration, options);
        }
        if (!layout.isWanted(one.contender())) {
            return Verdicts.otherType(one.type().name(), confidence, options);
        }
        if (one.inTheWay().isPresent()) {
            double cooldown = new Spacing(duration, set.cooldown()).cooldown(one.type());
            return Verdicts.noRoom(one, one.inTheWay().get(), cooldown);
        }
        return kept < options.limit()
                ? Verdicts.selected(confidence, options)
                : Verdicts.beyondMost(confidence, lastKept, options);
    }

    private @Nullable Reckoning reckoning(Rated rated, ConfidenceScale scale) {
        double score = rated.moment().passage().score();
        String naming = layout.naming(rated.moment().contender(), scores);
        return Double.isFinite(score) ? scale.reckon(scores, rated.second(), score, rated.rank(), naming) : null;
    }

    private Candidate candidate(Rated rated, Verdict verdict, @Nullable Reckoning reckoning) {
        Considered one = rated.moment();
        double confidence = rated.confidence();
        int second = rated.second();
        double peak = Math.min(second + 0.5, (second + duration) / 2);
        Contender contender = one.contender();
        MomentType type = layout.named(contender);
        Placement placement = one.placement();
        Map<String, DimensionScore> dimensions = scores.dimensions(second);
        return new Candidate(
                0,
                placement.range(),
                peak,
                confidence,
                type.name(),
                dimensions,
                rated.reasons(reasons(contender)),
                placement.start(),
                placement.end(),
                verdict,
                labels(one, type, peak, confidence, dimensions),
                model.momentAt(second + 0.5).map(Said::of).orElse(null),
                degraded(second),
                transcript.within(placement.range()),
                signals.at(second),
                reckoning);
    }

    private static Labels labels(
            Considered one, MomentType type, double peak, double confidence, Map<String, DimensionScore> dimensions) {
        Labels byType = Labels.of(type.type(), one.placement().range(), peak, confidence, dimensions);
        return one.contender().labelled(byType);
    }

    /** A call before all others: who asked for a clip looks for it first. */
    private List<Contribution> reasons(Contender contender) {
        List<Contribution> measured = scores.reasons(contender.passage().peak());
        return contender.isCalled()
                ? Stream.concat(CallReasons.of(contender).stream(), measured.stream())
                        .toList()
                : measured;
    }

    private @Nullable String degraded(int peak) {
        return options.strategy().asksModel() ? model.degradedAt(peak + 0.5).orElse(null) : null;
    }

    private String emptyReason(List<Candidate> bestFirst, Passage best) {
        if (bestFirst.stream().anyMatch(candidate -> candidate.verdict().rule() == Rule.OTHER_TYPE)) {
            return Verdicts.noneOfTheWantedTypes(bestFirst, options);
        }
        Candidate nearest = bestFirst.getFirst();
        if (nearest.verdict().rule() == Rule.TOO_SHORT) {
            return nearest.verdict().explanation();
        }
        double standsOut = Math.min(background.least(), background.sure(set.calibration()));
        return best.score() < standsOut || best.score() <= background.usual()
                ? Verdicts.nothingStandsOut(best, background)
                : Verdicts.thresholdNotReached(nearest, options);
    }
}
