package tv.tldr.workflows.selection;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import tv.tldr.workflows.stream.Segmentation;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** How is each decision said in one sentence with its numbers? */
final class Verdicts {
    private Verdicts() {}

    static Verdict selected(double confidence, StreamOptions options) {
        double distance = confidence - options.highlightThreshold();
        return new Verdict(
                Rule.SELECTED,
                distance,
                say(
                        "Confidence %.3f reaches the threshold %.3f with %.3f to spare.",
                        confidence, options.highlightThreshold(), distance));
    }

    static Verdict belowThreshold(double confidence, StreamOptions options) {
        double distance = confidence - options.highlightThreshold();
        return new Verdict(
                Rule.BELOW_THRESHOLD,
                distance,
                say(
                        "Confidence %.3f is %.3f below the threshold %.3f.",
                        confidence, -distance, options.highlightThreshold()));
    }

    static Verdict otherType(String type, double confidence, StreamOptions options) {
        return new Verdict(
                Rule.OTHER_TYPE,
                -confidence,
                say("Is of the type %s; wanted are only %s.", type, String.join(", ", options.highlightTypes())));
    }

    static Verdict crowded(double confidence, double alone, int most, double duration, StreamOptions options) {
        return new Verdict(
                Rule.CROWDED,
                confidence - options.highlightThreshold(),
                say(
                        "By itself it would have confidence %.3f, but %d are as strong or stronger, as many as stand out in %s;"
                                + " beyond them it has %.3f, and the threshold is %.3f.",
                        alone, most, Segmentation.clock(duration), confidence, options.highlightThreshold()));
    }

    static Verdict merged(Passage passage, Passage stronger, StreamOptions options) {
        int inside = Math.min(passage.peak() - stronger.from() + 1, stronger.to() - passage.peak());
        double distance = -(inside + options.mergeThreshold());
        return new Verdict(
                Rule.MERGED,
                distance,
                say(
                        "Part of the stronger moment with its peak at %s, which runs from %s; %.0f s farther away it would"
                                + " be one of its own.",
                        Segmentation.clock(stronger.peak()),
                        Segmentation.clock(new TimeRange(stronger.from(), stronger.to())),
                        -distance));
    }

    static Verdict tooShort(double duration, double shortest) {
        return new Verdict(
                Rule.TOO_SHORT,
                duration - shortest,
                say("The stream is %.1f s long; in less than %.0f s nothing can be told apart.", duration, shortest));
    }

    static Verdict noRoom(Considered one, Considered.InTheWay other, double cooldown) {
        TimeRange range = one.placement().range();
        TimeRange inTheWay = other.range();
        String which = named(one.contender(), other);
        double gap = range.gapTo(inTheWay);
        if (range.overlaps(inTheWay)) {
            double shared = range.shared(inTheWay);
            return new Verdict(
                    Rule.OVERLAP, -shared, say("Shares %.1f s with %s and has no room beside it.", shared, which));
        }
        return new Verdict(
                Rule.COOLDOWN,
                gap - cooldown,
                say("Begins %.1f s from %s; highlights keep %.1f s apart.", gap, which, cooldown));
    }

    /** The highlight in the way, and why it was there first. */
    private static String named(Contender one, Considered.InTheWay other) {
        String range = Segmentation.clock(other.range());
        Contender first = other.first();
        if (first.passage().score() >= one.passage().score()) {
            return "the more confident highlight " + range;
        }
        return first.isCalled()
                ? "the highlight " + range + ", which somebody called for,"
                : "the highlight " + range + " of the type " + first.type().name() + " ("
                        + first.type().before(one.type()) + ")";
    }

    static Verdict beyondMost(double confidence, double lastKept, StreamOptions options) {
        return new Verdict(
                Rule.BEYOND_MAX_HIGHLIGHTS,
                confidence - lastKept,
                say(
                        "Confidence %.3f reaches the threshold, but %d more confident highlights are the most; the last"
                                + " of them has %.3f.",
                        confidence, options.limit(), lastKept));
    }

    static String nothingMeasured() {
        return "Nothing could be scored: no second of the stream has what the dimensions and the fusion ask for: sound, picture, or an"
                + " answer of the model.";
    }

    static String nothingStandsOut(Passage best, Background background) {
        if (background.least() <= background.usual()) {
            return say(
                    "Nothing stands out: the usual second of this stream scores %.2f, as high as scores go.",
                    background.usual());
        }
        return say(
                "Nothing stands out: the best moment, at %s, scores %.2f where the usual second of this stream scores"
                        + " %.2f; %.2f is the least that can be a highlight.",
                Segmentation.clock(best.peak()), best.score(), background.usual(), background.least());
    }

    static String noneOfTheWantedTypes(List<Candidate> candidates, StreamOptions options) {
        String others = candidates.stream()
                .filter(candidate -> candidate.verdict().rule() == Rule.OTHER_TYPE)
                .map(Candidate::type)
                .distinct()
                .sorted()
                .collect(joining(", "));
        return say(
                "Moments that reach the threshold are of the types %s; wanted are only %s.",
                others, String.join(", ", options.highlightTypes()));
    }

    static String thresholdNotReached(Candidate best, StreamOptions options) {
        return say(
                "The best moment, at %s, has confidence %.3f; the threshold is %.3f.",
                Segmentation.clock(best.peak()), best.confidence(), options.highlightThreshold());
    }

    private static String say(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
