package tv.tldr.workflows.evaluation;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tv.tldr.workflows.stream.TimeRange;

/**
 * How good is a selection of highlights against spans that people marked in the same video?
 *
 * <p>A highlight <em>hits</em> a true span when the two share a moment, however short, or when the highlight's middle lies at
 * most {@value #TOLERANCE} s before the span's start or after its end; a span is found when some highlight hits it. One highlight
 * may hit several spans, and several may hit one. An <em>overlap</em> is one highlight and one span with intersection over union of at least
 * {@value #LEAST_OVERLAP}, each counted once, the best pairs first.
 *
 * @param highlights how many were given
 * @param truth how many spans are true
 * @param hitAt1 whether the most confident highlight hits
 * @param hitAtK share of the K most confident highlights that hit, K the number of true spans; a missing one is a miss
 * @param hits precision over the highlights and recall over the spans, by hits
 * @param overlaps the same by overlaps
 * @param seconds precision and recall of the seconds that the highlights and the spans cover
 * @param meanOverlap over the true spans: the largest intersection over union with any highlight
 * @param secondsDelivered seconds of footage that the highlights cover
 * @param duration seconds of the video
 */
public record Evaluation(
        int highlights,
        int truth,
        boolean hitAt1,
        double hitAtK,
        Accuracy hits,
        Accuracy overlaps,
        Accuracy seconds,
        double meanOverlap,
        double secondsDelivered,
        double duration) {
    /** Seconds that the middle of a highlight may lie beside a true span and still hit it. */
    public static final int TOLERANCE = 15;

    /** Intersection over union from which a highlight is as good as the span. */
    public static final double LEAST_OVERLAP = 0.3;

    /**
     * Compares.
     *
     * @param bestFirst the highlights, most confident first
     * @param truth what people marked
     * @param duration seconds of the video
     */
    public static Evaluation of(List<TimeRange> bestFirst, List<TimeRange> truth, double duration) {
        int right = (int) bestFirst.stream().filter(one -> hitsAny(one, truth)).count();
        int found = (int) truth.stream()
                .filter(span -> bestFirst.stream().anyMatch(one -> hits(one, span)))
                .count();
        int pairs = pairs(bestFirst, truth);
        double shared = Coverage.shared(bestFirst, truth);
        double delivered = Coverage.seconds(bestFirst);
        return new Evaluation(
                bestFirst.size(),
                truth.size(),
                bestFirst.stream().limit(1).anyMatch(one -> hitsAny(one, truth)),
                hitAtK(bestFirst, truth),
                Accuracy.of(right, bestFirst.size(), found, truth.size()),
                Accuracy.of(pairs, bestFirst.size(), pairs, truth.size()),
                Accuracy.of(shared, delivered, shared, Coverage.seconds(truth)),
                meanOverlap(bestFirst, truth),
                delivered,
                duration);
    }

    private static boolean hits(TimeRange highlight, TimeRange span) {
        TimeRange middle = new TimeRange(highlight.middle(), highlight.middle());
        return highlight.overlaps(span) || middle.gapTo(span) <= TOLERANCE;
    }

    private static boolean hitsAny(TimeRange highlight, List<TimeRange> truth) {
        return truth.stream().anyMatch(span -> hits(highlight, span));
    }

    private static double hitAtK(List<TimeRange> bestFirst, List<TimeRange> truth) {
        int right = (int) bestFirst.stream()
                .limit(truth.size())
                .filter(one -> hitsAny(one, truth))
                .count();
        return truth.isEmpty() ? 1 : (double) right / truth.size();
    }

    private static int pairs(List<TimeRange> highlights, List<TimeRange> truth) {
        record Pair(int highlight, int span, double overlap) {}
        List<Pair> candidates = IntStream.range(0, highlights.size())
                .boxed()
                .flatMap(one -> IntStream.range(0, truth.size())
                        .mapToObj(span ->
                                new Pair(one, span, highlights.get(one).intersectionOverUnion(truth.get(span)))))
                .filter(pair -> pair.overlap() >= LEAST_OVERLAP)
                .sorted(Comparator.comparingDouble(pair -> -pair.overlap()))
                .toList();
        Set<Integer> usedHighlights = new HashSet<>();
        Set<Integer> usedSpans = new HashSet<>();
        int pairs = 0;
        for (Pair pair : candidates) {
            if (!usedHighlights.contains(pair.highlight()) && !usedSpans.contains(pair.span())) {
                usedHighlights.add(pair.highlight());
                usedSpans.add(pair.span());
                pairs++;
            }
        }
        return pairs;
    }

    private static double meanOverlap(List<TimeRange> highlights, List<TimeRange> truth) {
        return truth.stream()
                .mapToDouble(span -> highlights.stream()
                        .mapToDouble(one -> one.intersectionOverUnion(span))
                        .max()
                        .orElse(0))
                .average()
                .orElse(0);
    }
}
