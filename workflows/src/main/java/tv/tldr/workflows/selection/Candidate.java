package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;

/**
 * One moment that was considered, kept or not, with everything that decided it: a line of the decision ledger.
 *
 * @param number its place within the stream's candidates, from 0, by time of peak
 * @param range what a clip of it shows or would show
 * @param peak its best second
 * @param confidence 0–1
 * @param type the highlight type, or {@code highlight}
 * @param dimensions by dimension id, in the order of the dimension set
 * @param reasons the strongest contributions to the whole score, strongest first, in words; then, of a finalist, what comparing
 *     it with the others added to its confidence
 * @param start what the start edge snapped to
 * @param end what the end edge snapped to
 * @param verdict kept, or the rule that dropped it
 * @param labels what its type writes on a highlight of it
 * @param said what the model calls it; null when it said nothing of it
 * @param degraded why less was asked of the model than was meant: rules scored in its place, or it saw fewer pictures; null
 *     otherwise
 * @param transcript what is said in its range, by time; empty where nobody listened, too
 * @param signals what was measured in its best second, by signal; empty in what was written down before that was
 * @param reckoning how its confidence comes about; null where nothing was measured, and in streams of before
 */
public record Candidate(
        int number,
        TimeRange range,
        double peak,
        double confidence,
        String type,
        Map<String, DimensionScore> dimensions,
        List<Contribution> reasons,
        Edge start,
        Edge end,
        Verdict verdict,
        Labels labels,
        @Nullable Said said,
        @Nullable String degraded,
        List<TranscriptLine> transcript,
        Map<String, Double> signals,
        @Nullable Reckoning reckoning) {
    public Candidate {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is from 0 to 1, not " + confidence);
        }
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
        reasons = List.copyOf(reasons);
        transcript = List.copyOf(transcript);
        signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    }

    /** All of a stream as its ledger has them: by the time of their peaks, with the numbers that this gives them. */
    static List<Candidate> numberedByTime(List<Candidate> candidates) {
        List<Candidate> numbered = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::peak))
                .forEach(candidate -> numbered.add(candidate.withNumber(numbered.size())));
        return numbered;
    }

    private Candidate withNumber(int other) {
        return new Candidate(
                other,
                range,
                peak,
                confidence,
                type,
                dimensions,
                reasons,
                start,
                end,
                verdict,
                labels,
                said,
                degraded,
                transcript,
                signals,
                reckoning);
    }

    /** The same with one more sentence behind what decided. */
    Candidate explaining(String more) {
        Verdict longer = new Verdict(verdict.rule(), verdict.distance(), verdict.explanation() + " " + more);
        return new Candidate(
                number,
                range,
                peak,
                confidence,
                type,
                dimensions,
                reasons,
                start,
                end,
                longer,
                labels,
                said,
                degraded,
                transcript,
                signals,
                reckoning);
    }
}
