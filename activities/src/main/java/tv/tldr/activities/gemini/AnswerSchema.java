package tv.tldr.activities.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which form must the model's answer have? A JSON Schema in the part of it that Gemini knows. The model writes required
 * properties in the order in which they are listed, so that what it saw comes before the score that follows from it.
 */
public final class AnswerSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerSchema() {}

    /** {@code {moments: [{first_unit, last_unit, scores: {dimension: {reason, confidence, score}}, title, reason, …}]}} */
    public static ObjectNode of(Question question) {
        Map<String, ObjectNode> scores = new LinkedHashMap<>();
        for (AskedDimension dimension : question.dimensions()) {
            Map<String, ObjectNode> score = new LinkedHashMap<>();
            score.put("reason", string("What was seen or heard, in one short sentence."));
            score.put("confidence", number(0, 1));
            score.put("score", score(dimension.scale()));
            scores.put(dimension.id(), object(score));
        }
        Map<String, ObjectNode> moment = new LinkedHashMap<>();
        moment.put("first_unit", typed("integer").put("description", "Number of the first unit."));
        moment.put("last_unit", typed("integer").put("description", "Number of the last unit."));
        if (question.words() == Words.OF_MOMENTS) {
            moment.put("transcript", transcript());
        }
        moment.put("scores", object(scores));
        moment.put("reason", string("Why this moment, in one sentence."));
        moment.put("title", string("At most eight words."));
        Map<String, ObjectNode> answer = new LinkedHashMap<>();
        if (question.words() == Words.ALL) {
            answer.put("transcript", transcript());
        }
        answer.put("moments", array(object(moment)));
        return object(answer);
    }

    private static ObjectNode transcript() {
        Map<String, ObjectNode> line = new LinkedHashMap<>();
        line.put("unit", typed("integer"));
        line.put("text", typed("string"));
        return array(object(line));
    }

    /** {@code {ranking: [{number, reason, score}]}} */
    public static ObjectNode ofFinalists() {
        Map<String, ObjectNode> place = new LinkedHashMap<>();
        place.put("number", typed("integer").put("description", "Number of the finalist."));
        place.put("reason", string("One short sentence."));
        place.put("score", number(0, 1));
        return object(Map.of("ranking", array(object(place))));
    }

    private static ObjectNode score(Scale scale) {
        return switch (scale) {
            case Scale.Numeric(double lowest, double highest) -> number(lowest, highest);
            case Scale.Binary() -> typed("boolean");
            case Scale.Categorical categorical -> {
                ObjectNode node = typed("string");
                categorical.levels().forEach(node.putArray("enum")::add);
                yield node;
            }
        };
    }

    private static ObjectNode object(Map<String, ObjectNode> properties) {
        ObjectNode node = typed("object");
        node.putObject("properties").setAll(properties);
        properties.keySet().forEach(node.putArray("required")::add);
        return node.put("additionalProperties", false);
    }

    private static ObjectNode array(ObjectNode items) {
        return typed("array").set("items", items);
    }

    private static ObjectNode number(double lowest, double highest) {
        return typed("number").put("minimum", lowest).put("maximum", highest);
    }

    private static ObjectNode string(String description) {
        return typed("string").put("description", description);
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }
}
