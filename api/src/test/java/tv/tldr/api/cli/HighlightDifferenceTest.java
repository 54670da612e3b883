package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HighlightDifferenceTest {
    @Test
    void tellsWhatStaysChangesComesAndGoesByTheIdsAndWhy() {
        List<JsonNode> before = List.of(
                highlight("same", 10, 0.9, "big"),
                highlight("surer", 50, 0.8, "big"),
                highlight("gone", 90, 0.8, "big"));
        List<JsonNode> after = List.of(
                highlight("new", 70, 0.85, "big"),
                highlight("surer", 50, 0.95, "big"),
                highlight("same", 10.01, 0.9, "big"));
        List<JsonNode> rejected = List.of(
                Json.of("{'peak_time': 30, 'rule': 'overlap', 'explanation': 'elsewhere'}"),
                Json.of("{'peak_time': 96, 'rule': 'below_threshold', 'explanation': '0.70 is under 0.80'}"));

        ObjectNode difference = HighlightDifference.json(before, after, rejected);

        ObjectNode made = JsonMapper.shared().createObjectNode();
        made.putArray("highlights").addAll(after);
        made.set("difference", difference);
        assertThat(DifferenceTable.lines(made))
                .containsExactly(
                        "CHANGE     BEFORE                  AFTER                   TYPE  WHY",
                        "unchanged  0:10.0 – 0:20.0, 0.900  0:10.0 – 0:20.0, 0.900  big",
                        "changed    0:50.0 – 1:00.0, 0.800  0:50.0 – 1:00.0, 0.950  big",
                        "added      –                       1:10.0 – 1:20.0, 0.850  big",
                        "removed    1:30.0 – 1:40.0, 0.800  –                       big   0.70 is under 0.80",
                        "1 added, 1 removed, 1 changed, 1 unchanged");
        assertThat(difference.at("/changes/1/before/highlight_id").asString()).isEqualTo("surer");
        assertThat(difference.at("/changes/3/rule").asString()).isEqualTo("below_threshold");
        assertThat(difference.at("/changes/3/after").isNull()).isTrue();
    }

    @Test
    void anotherNameOfTheSameMomentIsAChange() {
        JsonNode difference = HighlightDifference.json(
                List.of(highlight("one", 10, 0.9, "big")), List.of(highlight("one", 10, 0.9, "small")), List.of());

        assertThat(difference.path("changed").asInt()).isEqualTo(1);
        assertThat(difference.path("unchanged").asInt()).isZero();
    }

    private static JsonNode highlight(String id, double start, double confidence, String type) {
        return Json.of(
                "{'id': '%s', 'start_time': %s, 'end_time': %s, 'peak_time': %s, 'confidence_score': %s, 'type': '%s'}"
                        .formatted(id, start, start + 10, start + 5, confidence, type));
    }
}
