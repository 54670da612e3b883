package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What would a model say? The moments with most motion and loudness of the media, in the form that the schema asks for;
 * the same media and question give the same answer.
 */
final class AnswerMaker {
    private static final Pattern UNIT =
            Pattern.compile("(?m)^(\\d+)\\. \\w+ (\\d+):(\\d+(?:\\.\\d+)?)–(\\d+):(\\d+(?:\\.\\d+)?)");
    private static final Pattern FINALIST = Pattern.compile("\\{\"number\":(\\d+).*");
    private static final Pattern MOST = Pattern.compile("at most (\\d+)");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerMaker() {}

    private record Shown(int number, double energy) {}

    static ObjectNode answer(JsonNode schema, String question, Media media) {
        ObjectNode answer = JSON.objectNode();
        if (schema.at("/properties/ranking").isObject()) {
            ranking(question, answer.putArray("ranking"));
        } else {
            moments(schema.at("/properties/moments/items/properties"), question, media, answer.putArray("moments"));
        }
        return answer;
    }

    private static void moments(JsonNode asked, String question, Media media, ArrayNode moments) {
        List<Shown> units = new ArrayList<>();
        Matcher unit = UNIT.matcher(question);
        while (unit.find()) {
            double from = 60 * Double.parseDouble(unit.group(2)) + Double.parseDouble(unit.group(3));
            double to = 60 * Double.parseDouble(unit.group(4)) + Double.parseDouble(unit.group(5));
            units.add(new Shown(Integer.parseInt(unit.group(1)), media.energy(from, to)));
        }
        Matcher most = MOST.matcher(question);
        int limit = most.find() ? Integer.parseInt(most.group(1)) : 3;
        units.sort(Comparator.comparingDouble(Shown::energy).reversed());
        for (Shown shown : units.subList(0, Math.min(limit, units.size()))) {
            ObjectNode moment = moments.addObject();
            moment.put("first_unit", shown.number).put("last_unit", shown.number);
            if (asked.has("transcript")) {
                moment.putArray("transcript")
                        .addObject()
                        .put("unit", shown.number)
                        .put("text", "words of " + shown.number);
            }
            ObjectNode scores = moment.putObject("scores");
            asked.at("/scores/properties").fieldNames().forEachRemaining(dimension -> {
                ObjectNode score = scores.putObject(dimension);
                score.put("reason", "Energy of unit " + shown.number + ".").put("confidence", 0.5);
                JsonNode form = asked.at("/scores/properties/" + dimension + "/properties/score");
                score.set("score", score(form, shown.energy));
            });
            moment.put("reason", "It has the most motion and sound around it.");
            moment.put("title", "[stand-in] Unit " + shown.number);
        }
    }

    private static JsonNode score(JsonNode form, double energy) {
        return switch (form.path("type").asText()) {
            case "boolean" -> JSON.booleanNode(energy > 0.5);
            case "string" -> {
                JsonNode levels = form.path("enum");
                yield levels.get((int) Math.min(levels.size() - 1, energy * levels.size()));
            }
            default -> {
                double lowest = form.path("minimum").asDouble(0);
                double highest = form.path("maximum").asDouble(1);
                yield JSON.numberNode(Math.round((lowest + energy * (highest - lowest)) * 100) / 100.0);
            }
        };
    }

    private static void ranking(String question, ArrayNode ranking) {
        Matcher finalist = FINALIST.matcher(question);
        while (finalist.find()) {
            int number = Integer.parseInt(finalist.group(1));
            // By the words alone: longer is better, which is as good as any rule for a stand-in.
            double score = Math.min(1, finalist.group().length() / 1000.0);
            ranking.addObject()
                    .put("number", number)
                    .put("reason", "[stand-in] By length.")
                    .put("score", score);
        }
    }
}
