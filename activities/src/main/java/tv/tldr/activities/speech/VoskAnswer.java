package tv.tldr.activities.speech;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** Which words are in the JSON that Vosk answers with after each pause? */
final class VoskAnswer {
    private static final JsonMapper MAPPER = new JsonMapper();

    private VoskAnswer() {}

    static List<SpokenWord> words(String json) throws JsonProcessingException {
        List<SpokenWord> words = new ArrayList<>();
        for (JsonNode word : MAPPER.readTree(json).path("result")) {
            double start = Math.max(0, word.path("start").asDouble());
            double end = Math.max(start, word.path("end").asDouble());
            words.add(new SpokenWord(
                    word.path("word").asText(),
                    new TimeRange(start, end),
                    word.path("conf").asDouble(1)));
        }
        return words;
    }
}
