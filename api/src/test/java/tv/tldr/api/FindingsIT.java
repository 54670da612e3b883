package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FindingsIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization());
    private final String path = "/api/v1/streams/" + sample.stream().streamId();

    @Test
    void showsTheBestHighlightFirst() {
        Answer answer = caller.get(path + "/highlights?view=full");

        assertThat(confidences(answer)).containsExactly(0.99, 0.9, 0.81);
        JsonNode best = answer.json().at("/data/0");
        assertThat(best.path("start_time").asDouble()).isEqualTo(40);
        assertThat(best.path("duration").asDouble()).isEqualTo(15.5);
        assertThat(best.at("/dimensions/action_intensity/reasons/0").asString()).contains("sound onsets");
        assertThat(best.at("/dimensions/action_intensity/scale/categories/wild").asDouble())
                .isEqualTo(0.9);
        assertThat(best.at("/contributions/0/feature").asString()).isEqualTo("onsets.5s");
        assertThat(best.at("/boundaries/end").asString()).isEqualTo("speech_pause");
        assertThat(best.at("/file_info/size_bytes").asInt()).isEqualTo(Sample.CLIP.length);
        assertThat(caller.get(best.path("clip_url").asString()).body()).isEqualTo(Sample.CLIP);
    }

    @Test
    void aListLeavesOutTheNumbersBehindTheScores() {
        JsonNode full = caller.get(path + "/highlights?view=full").json().at("/data/0");
        JsonNode basic = caller.get(path + "/highlights").json().at("/data/0");

        assertThat(basic.path("contributions").isNull()).isTrue();
        assertThat(basic.at("/dimensions/action_intensity/contributions").isNull())
                .isTrue();
        assertThat(basic.path("reckoning").isNull()).isTrue();
        assertThat(basic.path("reasons")).isEqualTo(full.path("reasons"));
        assertThat(basic.at("/dimensions/action_intensity/reasons"))
                .isEqualTo(full.at("/dimensions/action_intensity/reasons"));
        assertThat(full.path("contributions").isArray()).isTrue();
    }

    @Test
    void showsWhatIsSaidInEachMomentAndInTheWholeStream() {
        JsonNode best = caller.get(path + "/highlights").json().at("/data/0");
        JsonNode dropped = caller.get(path + "/candidates?kept=false").json().at("/data/0");
        JsonNode whole = caller.get(path + "/transcript").json();

        assertThat(best.at("/transcript/0/text").asString()).isEqualTo("line at 45.0");
        assertThat(best.at("/transcript/0/start_time").asDouble()).isEqualTo(45);
        assertThat(best.at("/transcript/0/source").asString()).isEqualTo("model");
        assertThat(dropped.at("/transcript/0/text").asString()).isEqualTo("line at 25.0");
        assertThat(whole.path("lines").valueStream().map(line -> line.path("text")
                        .asString()))
                .containsExactly("line at 5.0", "line at 65.0");
        assertThat(caller.get(path + "/transcript?x=1").wrongFields()).containsExactly("x");
    }

    @Test
    void showsThemInTheOrderOfTheStreamPageByPage() {
        List<Double> starts = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(path + "/highlights?sort=start_time&limit=1" + cursor);
            page.json()
                    .path("data")
                    .forEach(
                            highlight -> starts.add(highlight.path("start_time").asDouble()));
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
        } while (!cursor.isEmpty());

        assertThat(starts).containsExactly(0.0, 40.0, 80.0);
    }

    @Test
    void refusesACursorOfTheOtherOrder() {
        String cursor = caller.get(path + "/highlights?limit=1").text("/next_cursor");

        assertThat(caller.get(path + "/highlights?limit=1&cursor=" + cursor).status())
                .isEqualTo(200);
        assertThat(caller.get(path + "/highlights?limit=1&sort=start_time&cursor=" + cursor)
                        .wrongFields())
                .containsExactly("cursor");
    }

    @Test
    void refusesACursorOfAnotherStream() {
        String other = "/api/v1/streams/" + caller.submitted();
        for (String list : List.of("/highlights", "/candidates")) {
            String cursor = "?cursor=" + caller.get(path + list + "?limit=1").text("/next_cursor");

            assertThat(caller.get(path + list + cursor).status()).isEqualTo(200);
            assertThat(caller.get(other + list + cursor).wrongFields()).containsExactly("cursor");
        }
    }

    @Test
    void filtersHighlightsByConfidenceAndType() {
        assertThat(confidences(caller.get(path + "/highlights?min_confidence=0.9")))
                .containsExactly(0.99, 0.9);
        assertThat(confidences(caller.get(path + "/highlights?type=clutch_play")))
                .hasSize(3);
        assertThat(confidences(caller.get(path + "/highlights?type=other"))).isEmpty();
    }

    @Test
    void takesWhatTheListOfAllStreamsTakes() {
        assertThat(confidences(caller.get(path + "/highlights?order=asc"))).containsExactly(0.81, 0.9, 0.99);
        assertThat(confidences(caller.get(path + "/highlights?sort=start_time&order=desc")))
                .containsExactly(0.9, 0.99, 0.81);
        assertThat(confidences(caller.get(path + "/highlights?sort=created_at")))
                .hasSize(3);
        assertThat(confidences(caller.get(path + "/highlights?status=processed&tags=clutch")))
                .isEmpty();
        assertThat(confidences(caller.get(path + "/highlights?status=detected")))
                .isEmpty();
        assertThat(confidences(caller.get(path + "/highlights?created_before=2020-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(confidences(caller.get(path + "/highlights?created_after=2020-01-01T00:00:00Z&pinned=false")))
                .containsExactly(0.99, 0.9, 0.81);
    }

    @Test
    void keepsALedgerOfEveryMomentThatWasConsidered() {
        assertThat(confidences(caller.get(path + "/candidates"))).containsExactly(0.81, 0.4, 0.99, 0.5, 0.9);
        assertThat(confidences(caller.get(path + "/candidates?kept=true"))).containsExactly(0.81, 0.99, 0.9);
        Answer dropped = caller.get(path + "/candidates?kept=false&limit=1");
        assertThat(confidences(dropped)).containsExactly(0.4);
        assertThat(dropped.text("/data/0/rule")).isEqualTo("below_threshold");
        assertThat(dropped.json().at("/data/0/distance").asDouble()).isEqualTo(-0.3);
        assertThat(confidences(
                        caller.get(path + "/candidates?kept=false&limit=1&cursor=" + dropped.text("/next_cursor"))))
                .containsExactly(0.5);
        assertThat(confidences(caller.get(path + "/candidates?rule=overlap"))).isEmpty();
    }

    @Test
    void drawsTheCurvesOfAStretchAcrossSegments() {
        JsonNode answer = caller.get(path + "/signals?from=58&to=63").json();

        assertThat(answer.path("measured_seconds").asInt()).isEqualTo(120);
        assertThat(answer.at("/curves/loudness").toString()).isEqualTo("[58.0,59.0,null,61.0,62.0]");
        assertThat(answer.at("/curves/motion").size()).isEqualTo(5);
        assertThat(answer.path("cuts")).isEmpty();
    }

    @Test
    void drawsOnlyTheCurvesThatAreWantedAsFarAsThereAreAny() {
        JsonNode answer =
                caller.get(path + "/signals?kinds=motion,brightness&from=100").json();

        assertThat(answer.path("curves").propertyNames()).containsExactly("motion");
        assertThat(answer.path("to").asInt()).isEqualTo(120);
        assertThat(caller.get(path + "/signals?to=600000").json().path("to").asInt())
                .isEqualTo(120);
        assertThat(caller.get(path + "/signals?from=5000").json().path("from").asInt())
                .isEqualTo(120);
        assertThat(caller.get(path + "/signals?to=100").json().path("cuts").size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/highlights?sort=length sort",
                "/highlights?min_confidence=NaN min_confidence",
                "/highlights?min_confidence=2 min_confidence",
                "/highlights?type= type",
                "/highlights?kept=true kept",
                "/highlights?stream_id=stream_01kb0000000000000000000000 stream_id",
                "/highlights?order=best order",
                "/candidates?kept=yes kept",
                "/candidates?rule=bad rule",
                "/signals?from=-1 from",
                "/signals?from=10&to=5 to",
                "/signals?to=700000 to",
                "/signals?kinds=loudness,noise kinds",
                "/signals?kinds= kinds"
            })
    void refusesAParameterThatMeansNothing(String query, String field) {
        Answer answer = caller.get(path + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @Test
    void tellsTheSumsOfACompletedStream() {
        JsonNode stream = caller.get(path).json();

        assertThat(stream.path("status").asString()).isEqualTo("completed");
        assertThat(stream.path("highlight_count").asInt()).isEqualTo(3);
        assertThat(stream.at("/statistics/rejected").asInt()).isEqualTo(2);
        assertThat(stream.at("/progress/percentage").asDouble()).isEqualTo(100);
    }

    private static List<Double> confidences(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("confidence_score").asDouble())
                .toList();
    }
}
