package tv.tldr.api.preview;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.highlights.CandidateResponse;
import tv.tldr.api.streams.OptionsResponse;
import tv.tldr.api.streams.Revision;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Decision;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Rule;

/**
 * What would be found in a stream under other options, and what that changes.
 *
 * @param options what was previewed, with everything that was not given as the stream has it
 * @param scoredWith id of the set that would score; null when none could
 * @param highlights what would be kept, best first
 * @param rejected how many other moments were considered
 * @param nearestMisses the most confident of those that stand for themselves
 * @param emptyReason why there would be no highlights; null when there would be
 * @param unaskedSeconds of the stream about which a new analysis would ask the model something that it has not answered from all frames;
 *     rules score there in the preview
 */
record PreviewResponse(
        String streamId,
        OptionsResponse options,
        @Nullable String scoredWith,
        List<CandidateResponse> highlights,
        int rejected,
        List<CandidateResponse> nearestMisses,
        @Nullable String emptyReason,
        double unaskedSeconds,
        DifferenceResponse difference) {
    private static final int MISSES = 5;

    static PreviewResponse of(
            StreamRow stream, Revision revision, double unasked, Decision decision, Difference difference) {
        List<Candidate> all = decision.selection().candidates();
        List<Candidate> kept = decision.selection().kept();
        return new PreviewResponse(
                stream.ref().streamId().toString(),
                OptionsResponse.of(revision.options(), revision.chain()),
                decision.set(),
                kept.stream().map(CandidateResponse::of).toList(),
                all.size() - kept.size(),
                all.stream()
                        .filter(one -> !one.verdict().kept() && one.verdict().rule() != Rule.MERGED)
                        .sorted(Comparator.comparingDouble(Candidate::confidence)
                                .reversed())
                        .limit(MISSES)
                        .map(CandidateResponse::of)
                        .toList(),
                decision.selection().emptyReason(),
                unasked,
                DifferenceResponse.of(difference));
    }
}
