package tv.tldr.activities.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.tldr.activities.gemini.Ranking.Place;

/** Which order of the finalists does the model's text give? Each finalist once; nothing is made up of one that it left out. */
final class RankingReader {
    private RankingReader() {}

    static Reading<Ranking> read(List<Finalist> finalists, String text) {
        JsonNode ranking = AnswerReader.parse(text).path("ranking");
        if (!ranking.isArray()) {
            return Reading.Malformed.without("ranking");
        }
        List<String> notes = new ArrayList<>();
        Map<Integer, Place> places = new LinkedHashMap<>();
        for (JsonNode node : ranking) {
            int number = node.path("number").asInt(-1);
            if (finalists.stream().noneMatch(one -> one.number() == number)) {
                notes.add("a finalist that there is not is left out");
            } else if (places.putIfAbsent(number, place(number, node, notes)) != null) {
                notes.add("finalist " + number + " is named twice: its first place counts");
            }
        }
        if (places.isEmpty()) {
            return new Reading.Malformed<>("it names none of the finalists", "it names none of the finalists");
        }
        for (Finalist finalist : finalists) {
            if (!places.containsKey(finalist.number())) {
                notes.add("finalist " + finalist.number() + " is missing: it has no place");
            }
        }
        // Stable: of equal scores, the one that the model named first stays first.
        List<Place> order = new ArrayList<>(places.values());
        order.sort(Comparator.comparingDouble(Place::score).reversed());
        return new Reading.Usable<>(new Ranking(order, notes));
    }

    private static Place place(int number, JsonNode node, List<String> notes) {
        ScoreReading score = ScoreReading.of(new Scale.Numeric(0, 1), node.path("score"));
        if (score.flag() != null) {
            notes.add("the score of finalist " + number + " is " + score.flag());
        }
        return new Place(
                number, score.value(), AnswerReader.bounded(node.path("reason"), AnswerReader.LONGEST_SENTENCE));
    }
}
