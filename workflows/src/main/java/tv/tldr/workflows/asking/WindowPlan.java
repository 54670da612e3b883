package tv.tldr.workflows.asking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which windows of a stream is the model asked about, the most promising first, so that the money goes where it finds most?
 *
 * <p>{@code ai_only}: all of the stream; should the money end before it, what is left to rules is what they promise least of.
 * {@code hybrid}: for a fifth of that money short looks at the moments that rules rank
 * highest, and at a few of what is left, spread over its largest gaps, where words are spoken rather than where it is loud: a
 * quiet moment that matters shows in words, and rules do not hear words. Where rules can rank nothing, all looks are of that kind.
 *
 * <p>Pure: the same signals and options give the same plan.
 */
public final class WindowPlan {
    /** Long enough for a scene with what led to it; short enough for a model's attention and one upload. Seconds. */
    static final double WHOLE_WINDOW = 60;

    /** The part of what all of a stream would cost that hybrid spends, comparing the finalists included. */
    private static final double SHARE = 0.195;

    /** The part that goes to where rules see nothing. */
    private static final double EXPLORING_SHARE = 0.03;

    /** Confidence of what is worth asking about because of what was measured. */
    private static final double WORTH_ASKING = 0.05;

    /** A model that sees less does not know what it sees; more than a short clip shows is paid for without need. Seconds. */
    private static final double SHORTEST_LOOK = 10;

    private static final double LONGEST_LOOK = 30;

    private WindowPlan() {}

    /**
     * The windows in the order of asking; empty when the strategy asks nobody, the set prefers rules in
     * all its dimensions, the stream has nothing that the model may be shown, or no length.
     *
     * @param duration seconds of the stream
     */
    public static List<Window> of(Signals signals, double duration, DimensionSet set, StreamOptions options) {
        if (set.askedDimensions(options.modules()).isEmpty()
                || !options.modules().showsAnythingOf(signals)) {
            return List.of();
        }
        return switch (options.strategy()) {
            case RULE_BASED -> List.of();
            case AI_ONLY ->
                numbered(
                        mostPromisingFirst(everything(duration), byRules(signals, duration, set, options)),
                        Why.EVERYTHING,
                        0);
            case HYBRID ->
                hybrid(
                        signals.only(options.modules().senses()),
                        duration,
                        byRules(signals, duration, set, options),
                        set);
        };
    }

    /**
     * How long the windows will be of a stream of which only the length is known, seconds: what a plan may come to at most,
     * since it asks about no more than it finds.
     */
    public static List<Double> lengths(double duration, DimensionSet set, StreamOptions options) {
        if (set.askedDimensions(options.modules()).isEmpty()) {
            return List.of();
        }
        return switch (options.strategy()) {
            case RULE_BASED -> List.of();
            case AI_ONLY ->
                everything(duration).stream().map(TimeRange::duration).toList();
            case HYBRID -> {
                Money money = Money.of(duration);
                double usual = usualLook(set);
                List<Double> lengths = new ArrayList<>();
                double left = Math.max(money.promising(), QuestionCost.of(usual));
                for (double next = nextLook(left, usual); next >= SHORTEST_LOOK; next = nextLook(left, usual)) {
                    lengths.add(Math.min(duration, next));
                    left -= QuestionCost.of(next);
                }
                lengths.addAll(Collections.nCopies(money.explorations(), SHORTEST_LOOK));
                yield lengths;
            }
        };
    }

    private static Selection byRules(Signals signals, double duration, DimensionSet set, StreamOptions options) {
        return HighlightSelection.select(signals, duration, set, options.withStrategy(Strategy.RULE_BASED));
    }

    /** By the surest moment in each; alike ones by time. */
    private static List<TimeRange> mostPromisingFirst(List<TimeRange> ranges, Selection byRules) {
        return ranges.stream()
                .sorted(Comparator.comparingDouble(range -> -promise(range, byRules)))
                .toList();
    }

    private static double promise(TimeRange range, Selection byRules) {
        return byRules.candidates().stream()
                .filter(candidate -> range.contains(candidate.peak()))
                .mapToDouble(Candidate::confidence)
                .max()
                .orElse(0);
    }

    private static List<TimeRange> everything(double duration) {
        List<TimeRange> ranges = new ArrayList<>();
        int count = (int) Math.ceil(duration / WHOLE_WINDOW);
        for (int index = 0; index < count; index++) {
            ranges.add(new TimeRange(duration * index / count, duration * (index + 1) / count));
        }
        return ranges;
    }

    private static List<Window> hybrid(Signals signals, double duration, Selection byRules, DimensionSet set) {
        Money money = Money.of(duration);
        List<TimeRange> promising = promising(byRules, duration, set, money.promising());
        int explorations = byRules.candidates().isEmpty() ? money.allExploring() : money.explorations();
        List<TimeRange> exploring = exploring(signals, duration, promising, explorations);
        if (promising.isEmpty() && exploring.isEmpty() && duration > 0) {
            exploring = List.of(middle(duration, Math.min(duration, usualLook(set))));
        }
        List<Window> windows = new ArrayList<>(numbered(promising, Why.PROMISING, 0));
        windows.addAll(numbered(exploring, Why.EXPLORING, windows.size()));
        return windows;
    }

    private static TimeRange middle(double duration, double length) {
        return new TimeRange((duration - length) / 2, (duration + length) / 2);
    }

    /**
     * What hybrid may spend, in seconds of video that cost as much.
     *
     * @param promising for looks at what rules rank highest
     * @param explorations looks at what is left
     */
    private record Money(double promising, int explorations) {
        int allExploring() {
            return explorations + (int) (Math.max(0, promising) / QuestionCost.of(SHORTEST_LOOK));
        }

        static Money of(double duration) {
            double all = everything(duration).stream()
                    .mapToDouble(range -> QuestionCost.of(range.duration()))
                    .sum();
            double comparing = QuestionCost.ofComparing(duration);
            int explorations = (int) (EXPLORING_SHARE * all / QuestionCost.of(SHORTEST_LOOK));
            return new Money(
                    SHARE * (all + comparing) - comparing - explorations * QuestionCost.of(SHORTEST_LOOK),
                    explorations);
        }
    }

    private static List<Window> numbered(List<TimeRange> ranges, Why why, int from) {
        List<Window> windows = new ArrayList<>();
        for (TimeRange range : ranges) {
            windows.add(new Window(from + windows.size(), range, why));
        }
        return windows;
    }

    /** As many looks as there is money for, one in any case; the last two share what is too little for one and another. */
    private static List<TimeRange> promising(Selection byRules, double duration, DimensionSet set, double money) {
        double usual = usualLook(set);
        double left = Math.max(money, QuestionCost.of(usual));
        List<TimeRange> chosen = new ArrayList<>();
        for (Candidate candidate : inTurns(byRules)) {
            double length = nextLook(left, usual);
            if (length < SHORTEST_LOOK) {
                break;
            }
            TimeRange look = look(candidate, length, duration);
            if (chosen.stream().noneMatch(look::overlaps)) {
                chosen.add(look);
                left -= QuestionCost.of(length);
            }
        }
        return chosen;
    }

    private static double usualLook(DimensionSet set) {
        return Math.clamp(set.clip().shortest(), SHORTEST_LOOK, LONGEST_LOOK);
    }

    private static double nextLook(double left, double usual) {
        return usual - Math.max(0, QuestionCost.of(usual) - forTheNext(left, usual));
    }

    private static double forTheNext(double left, double usual) {
        double shortest = QuestionCost.of(SHORTEST_LOOK);
        return left >= 2 * shortest && left < QuestionCost.of(usual) + shortest ? left / 2 : left;
    }

    /**
     * By turns the best of what rules would keep, which the model may describe and refuse, and the best of what they would
     * drop, which may be better than they know: with all the money on the former the model could only take away.
     */
    private static List<Candidate> inTurns(Selection byRules) {
        List<Candidate> kept = bestFirst(byRules, true);
        List<Candidate> dropped = bestFirst(byRules, false);
        return IntStream.range(0, Math.max(kept.size(), dropped.size()))
                .boxed()
                .flatMap(turn -> Stream.of(kept, dropped)
                        .filter(list -> turn < list.size())
                        .map(list -> list.get(turn)))
                .toList();
    }

    /** Of those that were kept, or not; what became part of another moment is seen with it. */
    private static List<Candidate> bestFirst(Selection byRules, boolean kept) {
        return byRules.candidates().stream()
                .filter(candidate -> candidate.verdict().kept() == kept
                        && candidate.verdict().rule() != Rule.MERGED
                        && candidate.confidence() >= WORTH_ASKING)
                .sorted(Comparator.comparingDouble((Candidate candidate) -> -candidate.confidence())
                        .thenComparingDouble(Candidate::peak))
                .toList();
    }

    private static TimeRange look(Candidate candidate, double wanted, double duration) {
        double length = Math.min(duration, wanted);
        double start = Math.clamp(candidate.peak() - length / 2, 0, duration - length);
        return new TimeRange(start, start + length);
    }

    private static List<TimeRange> exploring(Signals signals, double duration, List<TimeRange> promising, int most) {
        List<TimeRange> asked = new ArrayList<>(promising);
        List<TimeRange> chosen = new ArrayList<>();
        while (chosen.size() < most) {
            Optional<TimeRange> gap = largestGap(asked, duration);
            if (gap.isEmpty() || gap.get().duration() < 2 * SHORTEST_LOOK) {
                break;
            }
            TimeRange look = mostSpoken(signals, gap.get());
            chosen.add(look);
            asked.add(look);
        }
        return chosen;
    }

    private static Optional<TimeRange> largestGap(List<TimeRange> asked, double duration) {
        return new TimeRange(0, duration)
                .without(asked).stream()
                        .max(Comparator.comparingDouble(TimeRange::duration)
                                .thenComparing(Comparator.comparingDouble(TimeRange::start)
                                        .reversed()));
    }

    /** Within the middle half of {@code gap}: the stretch with the most speech, the middle one when nobody speaks. */
    private static TimeRange mostSpoken(Signals signals, TimeRange gap) {
        double middle = (gap.start() + gap.end() - SHORTEST_LOOK) / 2;
        double start = signals.curve(SignalKind.SPEECH)
                .map(speech -> mostSpoken(speech, gap, middle))
                .orElse(middle);
        return new TimeRange(start, start + SHORTEST_LOOK);
    }

    private static double mostSpoken(float[] speech, TimeRange gap, double middle) {
        double reach = Math.max(0, gap.duration() / 4 - SHORTEST_LOOK / 2);
        double best = middle;
        double most = spoken(speech, middle);
        for (double start = middle - reach; start <= middle + reach; start++) {
            double heard = spoken(speech, start);
            if (heard > most) {
                most = heard;
                best = start;
            }
        }
        return best;
    }

    private static double spoken(float[] speech, double start) {
        double sum = 0;
        for (int second = (int) start; second < Math.min(speech.length, start + SHORTEST_LOOK); second++) {
            sum += Float.isFinite(speech[second]) ? speech[second] : 0;
        }
        return sum;
    }
}
