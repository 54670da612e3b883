package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** One sentence that somebody says, seconds from the beginning of each window. */
    record Heard(String text, double at) {
        /** The first of {@code units} in which it is said. */
        Optional<Shown> in(List<Shown> units) {
            return units.stream()
                    .filter(unit -> unit.from <= at && at < unit.to)
                    .min(Comparator.comparingInt(Shown::number));
        }
    }

    private record Shown(int number, double from, double to, double energy) {}

    /** @param heard what it hears beside the words that it makes up; null: nothing */
    static ObjectNode answer(JsonNode schema, String question, Media media, @Nullable Heard heard) {
        ObjectNode answer = JSON.objectNode();
        if (schema.at("/properties/ranking").isObject()) {
            ranking(question, answer.putArray("ranking"));
        } else {
            List<Shown> units = units(question, media);
            if (schema.at("/properties/transcript").isObject()) {
                units.forEach(unit -> speak(answer.withArray("transcript"), unit, units, heard));
            }
            moments(
                    schema.at("/properties/moments/items/properties"),
                    question,
                    units,
                    heard,
                    answer.putArray("moments"));
        }
        return answer;
    }

    private static void speak(ArrayNode transcript, Shown unit, List<Shown> units, @Nullable Heard heard) {
        transcript.addObject().put("unit", unit.number).put("text", "words of " + unit.number);
        if (heard != null && heard.in(units).filter(unit::equals).isPresent()) {
            transcript.addObject().put("unit", unit.number).put("text", heard.text);
        }
    }

    private static List<Shown> units(String question, Media media) {
        List<Shown> units = new ArrayList<>();
        Matcher unit = UNIT.matcher(question);
        while (unit.find()) {
            double from = 60 * Double.parseDouble(unit.group(2)) + Double.parseDouble(unit.group(3));
            double to = 60 * Double.parseDouble(unit.group(4)) + Double.parseDouble(unit.group(5));
            units.add(new Shown(Integer.parseInt(unit.group(1)), from, to, media.energy(from, to)));
        }
        return units;
    }

    private static void moments(
            JsonNode asked, String question, List<Shown> units, @Nullable Heard heard, ArrayNode moments) {
        Matcher most = MOST.matcher(question);
        int limit = most.find() ? Integer.parseInt(most.group(1)) : 3;
        units.sort(Comparator.comparingDouble(Shown::energy).reversed());
        for (Shown shown : units.subList(0, Math.min(limit, units.size()))) {
            ObjectNode moment = moments.addObject();
            moment.put("first_unit", shown.number).put("last_unit", shown.number);
            if (asked.has("transcript")) {
                speak(moment.putArray("transcript"), shown, units, heard);
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
