package tv.tldr.workflows.selection;

import static java.util.Comparator.reverseOrder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tv.tldr.workflows.scoring.ProcessingModules;

/**
 * In which order did the model put the finalists of a stream when it saw them side by side?
 *
 * <p>Each finalist's confidence becomes the mean of its own and the one that belongs to its place: the highest confidence
 * among those that the model named belongs to the first place, the lowest to the last. So an order that agrees changes
 * nothing, the sum stays, nobody rises above the strongest of them or falls below the weakest, and whoever is placed higher
 * and was as strong stays at least as strong.
 *
 * <p>It counts only where the model would be shown the same and the same finalists are up: where they are the strongest of
 * a selection, however many its threshold and {@code max_highlights} keep. So whoever scores stored signals with other
 * weights, types or modules may pass on all comparisons that are stored, without paying: those of other finalists, or of
 * more or less that was shown, are passed over.
 *
 * @param finalists the seconds of their peaks, at least two
 * @param places best first; a finalist that the model did not name has none and keeps its confidence
 * @param modules what of the stream the model was shown and told
 */
public record Comparison(Set<Integer> finalists, List<Place> places, ProcessingModules modules) {
    /**
     * @param second of the finalist's peak
     * @param reason why the model puts it there; may be empty
     */
    public record Place(int second, String reason) {}

    public Comparison {
        finalists = Set.copyOf(finalists);
        places = List.copyOf(places);
        if (finalists.size() < 2) {
            throw new IllegalArgumentException("at least two are compared, not " + finalists);
        }
        Set<Integer> placed = new HashSet<>(places.stream().map(Place::second).toList());
        if (placed.size() < places.size() || !finalists.containsAll(placed)) {
            throw new IllegalArgumentException(
                    "each place must be another one's of the finalists " + new TreeSet<>(finalists) + ": " + places);
        }
    }

    /**
     * What the first of {@code comparisons} that counts makes of moments, the most confident first; the same moments when
     * none counts.
     *
     * @param eligible those among which finalists are the strongest
     */
    static List<Rated> applied(
            List<Comparison> comparisons, List<Rated> strongestFirst, Predicate<Considered> eligible) {
        List<Rated> strongest = strongestFirst.stream()
                .filter(one -> eligible.test(one.moment()))
                .toList();
        return comparisons.stream()
                .filter(comparison -> comparison.isOf(strongest))
                .findFirst()
                .map(comparison -> applied(strongestFirst, eligible, comparison.standings(strongest)))
                .orElse(strongestFirst);
    }

    private boolean isOf(List<Rated> strongestFirst) {
        return strongestFirst.size() >= finalists.size()
                && strongestFirst.stream().limit(finalists.size()).allMatch(one -> finalists.contains(one.second()));
    }

    /** Only of those that were up: another moment may have its peak in the same second. */
    private static List<Rated> applied(
            List<Rated> all, Predicate<Considered> eligible, Map<Integer, Standing> standings) {
        return all.stream()
                .map(one -> eligible.test(one.moment()) ? one.standing(standings.get(one.second())) : one)
                .sorted(Rated.SUREST_FIRST)
                .toList();
    }

    private Map<Integer, Standing> standings(List<Rated> moments) {
        Map<Integer, Double> own = new HashMap<>();
        moments.forEach(one -> own.put(one.second(), one.confidence()));
        List<Double> worth = places.stream()
                .map(place -> own.getOrDefault(place.second(), 0.0))
                .sorted(reverseOrder())
                .toList();
        Map<Integer, Standing> standings = new HashMap<>();
        for (int index = 0; index < places.size() && places.size() > 1; index++) {
            Place place = places.get(index);
            double confidence = own.getOrDefault(place.second(), 0.0);
            standings.put(
                    place.second(),
                    new Standing(index + 1, places.size(), confidence, worth.get(index), place.reason()));
        }
        return standings;
    }
}
