package tv.tldr.activities.gemini;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is the model asked about one window?
 *
 * @param dimensions 1–20, ids all different
 * @param units at least one, numbers all different
 * @param mostMoments how many moments the answer may name, at least 1
 * @param words which of the words that are said are wanted, too
 */
public record Question(List<AskedDimension> dimensions, List<Unit> units, int mostMoments, Words words) {
    private static final int MOST_DIMENSIONS = 20;

    public Question {
        dimensions = List.copyOf(dimensions);
        units = List.copyOf(units);
        Set<String> ids =
                new HashSet<>(dimensions.stream().map(AskedDimension::id).toList());
        if (ids.isEmpty() || dimensions.size() > MOST_DIMENSIONS || ids.size() < dimensions.size()) {
            throw new IllegalArgumentException(
                    "a question needs 1 to " + MOST_DIMENSIONS + " dimensions with different ids");
        }
        Set<Integer> numbers = new HashSet<>(units.stream().map(Unit::number).toList());
        if (numbers.isEmpty() || numbers.size() < units.size()) {
            throw new IllegalArgumentException("a question needs one unit or more, with different numbers");
        }
        if (mostMoments < 1) {
            throw new IllegalArgumentException("a question must allow for a moment or more, not " + mostMoments);
        }
    }
}
