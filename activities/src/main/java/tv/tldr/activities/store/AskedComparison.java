package tv.tldr.activities.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.selection.Comparison.Place;

/**
 * What came of asking the model to compare the finalists of a stream.
 *
 * @param finalists the seconds of their peaks; the first is number 1
 * @param modules what of the stream it was shown and told
 */
public record AskedComparison(
        AskedKey asked, String model, List<Integer> finalists, ProcessingModules modules, Outcome<Ranking> outcome) {
    public AskedComparison {
        finalists = List.copyOf(finalists);
    }

    /** What the answer means for a selection; empty when there is none that can be used. */
    public Optional<Comparison> meaning() {
        return switch (outcome) {
            case Outcome.Answered<Ranking> answered -> Optional.of(meaning(answered.answer()));
            case Outcome.Unusable<Ranking> unusable -> Optional.empty();
        };
    }

    private Comparison meaning(Ranking ranking) {
        List<Place> places = ranking.places().stream()
                .map(place -> new Place(finalists.get(place.number() - 1), place.reason()))
                .toList();
        return new Comparison(Set.copyOf(finalists), places, modules);
    }
}
