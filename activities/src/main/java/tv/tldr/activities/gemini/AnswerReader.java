package tv.tldr.activities.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tv.tldr.activities.gemini.Answer.Line;
import tv.tldr.activities.gemini.Answer.Moment;
import tv.tldr.activities.gemini.Answer.Score;

/**
 * What does the model's text say, taken as strictly as safety needs and as kindly as it can be? Nothing is invented: what
 * is missing counts 0 and is flagged, what was not asked for is left out, and no unit is named that was not shown.
 */
final class AnswerReader {
    static final int LONGEST_TITLE = 120;
    static final int LONGEST_SENTENCE = 400;
    static final int LONGEST_LINE = 1000;
    private static final int MOST_NOTES = 50;

    /** In a minute nobody says more sentences. */
    private static final int MOST_LINES = 300;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Question question;
    private final Set<Integer> units;
    private final List<String> notes = new ArrayList<>();

    private AnswerReader(Question question) {
        this.question = question;
        this.units = question.units().stream().map(Unit::number).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The answer to {@code question} that {@code text} holds. */
    static Reading<Answer> read(Question question, String text) {
        JsonNode answer = parse(text);
        JsonNode moments = answer.path("moments");
        if (!moments.isArray()) {
            return Reading.Malformed.without("moments");
        }
        AnswerReader reader = new AnswerReader(question);
        List<Moment> read = reader.moments(moments);
        if (read.isEmpty() && !moments.isEmpty()) {
            return new Reading.Malformed<>(
                    "none of its moments names units of the list, which are " + reader.units,
                    "it names no part of what was shown");
        }
        List<Line> words = question.words() == Words.ALL ? reader.transcript(answer.path("transcript")) : List.of();
        return new Reading.Usable<>(new Answer(read, words, reader.notes));
    }

    /** The JSON in {@code text}, without the fence that models like to put around it; a missing node when there is none. */
    static JsonNode parse(String text) {
        int first = text.indexOf('{');
        int last = text.lastIndexOf('}');
        if (first < 0 || last < first) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text.substring(first, last + 1));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** {@code text} without control characters and surrounding space, cut at {@code longest} characters. */
    static String bounded(JsonNode text, int longest) {
        String clean = text.asText("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (clean.length() <= longest) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return clean.substring(0, end).stripTrailing() + "…";
    }

    private List<Moment> moments(JsonNode nodes) {
        List<Moment> moments = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (moments.size() == question.mostMoments()) {
                note("more than " + question.mostMoments() + " moments: the rest is left out");
                break;
            }
            int first = node.path("first_unit").asInt(-1);
            int last = node.path("last_unit").asInt(first);
            if (units.contains(first) && units.contains(last)) {
                moments.add(moment(node, Math.min(first, last), Math.max(first, last)));
            } else {
                note("a moment with units " + first + " to " + last + ", which are not in the list, is left out");
            }
        }
        return moments;
    }

    private Moment moment(JsonNode node, int first, int last) {
        Map<String, Score> scores = new LinkedHashMap<>();
        for (AskedDimension dimension : question.dimensions()) {
            scores.put(dimension.id(), score(dimension, node.path("scores").path(dimension.id())));
        }
        node.path("scores").fieldNames().forEachRemaining(id -> {
            if (!scores.containsKey(id)) {
                note("a score for \"" + (id.length() > 64 ? id.substring(0, 64) : id) + "\" was not asked for");
            }
        });
        return new Moment(
                first,
                last,
                Collections.unmodifiableMap(scores),
                bounded(node.path("title"), LONGEST_TITLE),
                bounded(node.path("reason"), LONGEST_SENTENCE),
                question.words() == Words.OF_MOMENTS ? transcript(node.path("transcript"), first, last) : List.of());
    }

    private Score score(AskedDimension dimension, JsonNode node) {
        ScoreReading reading = ScoreReading.of(dimension.scale(), node.isObject() ? node.path("score") : node);
        if (reading.flag() != null) {
            note("the score of \"" + dimension.id() + "\" is " + reading.flag());
        }
        // Whoever scores without saying how surely has scored: 0 would mean that nobody did.
        double confidence = node.path("confidence").asDouble(1);
        return new Score(
                reading.value(),
                Double.isFinite(confidence) ? Math.clamp(confidence, 0, 1) : 1,
                bounded(node.path("reason"), LONGEST_SENTENCE),
                reading.flag());
    }

    private List<Line> transcript(JsonNode nodes, int first, int last) {
        return transcript(nodes).stream()
                .filter(line -> line.unit() >= first && line.unit() <= last)
                .limit(units.size())
                .toList();
    }

    private List<Line> transcript(JsonNode nodes) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode node : nodes) {
            int unit = node.path("unit").asInt(-1);
            String text = bounded(node.path("text"), LONGEST_LINE);
            if (units.contains(unit) && !text.isEmpty() && lines.size() < MOST_LINES) {
                lines.add(new Line(unit, text));
            }
        }
        return lines;
    }

    private void note(String note) {
        if (notes.size() < MOST_NOTES) {
            notes.add(note);
        }
    }
}
