package tv.tldr.api.highlights;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.selection.Said;

/**
 * One line of the decision ledger: a moment that was considered.
 *
 * @param number its place in the ledger, from 0, by time of peak
 * @param tags what its type writes on a highlight of it, and so {@code metadata}
 * @param title what the model calls it; null when it said nothing of it
 * @param description why the model thinks that it matters; null when it said nothing of it
 * @param degraded why less was asked of the model than was meant: rules scored in its place, or it saw fewer pictures; null
 *     otherwise
 * @param transcript what is said in it, by time; empty where nobody listened, too
 * @param signals what was measured in its best second, by signal
 * @param rule the rule that decided
 * @param distance how far the decision was from the other one, in the rule's own unit; negative when dropped
 * @param explanation the decision in a sentence with its numbers
 * @param reckoning how its confidence comes about by its score; null where nothing was measured, and in streams of before
 */
public record CandidateResponse(
        int number,
        double startTime,
        double endTime,
        double peakTime,
        double confidenceScore,
        String type,
        @Nullable String title,
        @Nullable String description,
        @Nullable String degraded,
        List<SpokenLine> transcript,
        Map<String, Double> signals,
        List<String> tags,
        Map<String, String> metadata,
        boolean kept,
        String rule,
        double distance,
        String explanation,
        @Nullable Reckoning reckoning,
        Map<String, DimensionResponse> dimensions,
        List<String> reasons,
        List<Contribution> contributions,
        Boundaries boundaries) {
    public static CandidateResponse of(Candidate candidate) {
        Said said = candidate.said();
        return new CandidateResponse(
                candidate.number(),
                candidate.range().start(),
                candidate.range().end(),
                candidate.peak(),
                candidate.confidence(),
                candidate.type(),
                said == null ? null : said.title(),
                said == null ? null : said.reason(),
                candidate.degraded(),
                SpokenLine.of(candidate.transcript()),
                candidate.signals(),
                candidate.labels().tags(),
                candidate.labels().metadata(),
                candidate.verdict().kept(),
                candidate.verdict().rule().wire(),
                candidate.verdict().distance(),
                candidate.verdict().explanation(),
                candidate.reckoning(),
                DimensionResponse.of(candidate.dimensions(), View.FULL),
                DimensionResponse.texts(candidate.reasons()),
                candidate.reasons(),
                Boundaries.of(candidate.start(), candidate.end()));
    }
}
