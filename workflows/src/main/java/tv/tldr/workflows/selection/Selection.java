package tv.tldr.workflows.selection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided over a whole stream.
 *
 * @param candidates all that were considered, by time of peak
 * @param emptyReason why none was kept, in a sentence with numbers; null when one was
 */
public record Selection(
        List<Candidate> candidates, @Nullable String emptyReason) {
    public Selection {
        candidates = List.copyOf(candidates);
    }

    /** The kept candidates, most confident first; equal ones in the order of time. */
    public List<Candidate> kept() {
        return candidates.stream()
                .filter(candidate -> candidate.verdict().kept())
                .sorted((a, b) -> {
                    int byConfidence = Double.compare(b.confidence(), a.confidence());
                    return byConfidence != 0 ? byConfidence : Integer.compare(a.number(), b.number());
                })
                .toList();
    }
}
