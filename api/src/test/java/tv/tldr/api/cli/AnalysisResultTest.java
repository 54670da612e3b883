package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnalysisResultTest {
    private static final JsonNode HIGHLIGHT = Json.of("""
            {'id': 'hl_1', 'stream_id': 'stream_1', 'start_time': 10.5, 'end_time': 30.5, 'peak_time': 22,
             'confidence_score': 0.93, 'type': 'clutch_play', 'tags': ['late'], 'dimensions': {'action_intensity': {'score': 0.9}},
             'reasons': ['loud'], 'transcript': [{'start_time': 12, 'end_time': 13, 'text': 'go', 'source': 'model'}],
             'clip_url': '/api/v1/highlights/hl_1/clip', 'created_at': 'now'}""");
    private static final JsonNode CANDIDATE = Json.of("""
            {'number': 4, 'start_time': 50, 'end_time': 65, 'peak_time': 60, 'confidence_score': 0.7, 'kept': false,
             'type': 'highlight', 'rule': 'below_threshold', 'distance': -0.1, 'explanation': '0.70 < 0.80',
             'dimensions': {}, 'reasons': []}""");

    @Test
    void isOneObjectWithTheStreamItsHighlightsAndWhatWasRejected() {
        JsonNode json = result(Path.of("/out/01.mp4"), Path.of("/out/01.jpg")).json();

        assertThat(json.propertyNames()).containsExactly("stream", "highlights", "rejected");
        assertThat(json.path("stream").path("id").asString()).isEqualTo("stream_1");
        JsonNode highlight = json.path("highlights").path(0);
        assertThat(highlight.propertyNames())
                .containsExactly(
                        "id",
                        "start_time",
                        "end_time",
                        "peak_time",
                        "confidence_score",
                        "type",
                        "tags",
                        "dimensions",
                        "reasons",
                        "transcript",
                        "clip",
                        "thumbnail");
        assertThat(highlight.at("/transcript/0/text").asString()).isEqualTo("go");
        assertThat(highlight.path("clip").asString()).isEqualTo("/out/01.mp4");
        assertThat(highlight.path("thumbnail").asString()).isEqualTo("/out/01.jpg");
    }

    @Test
    void saysWhichRuleRejectedACandidateAndByHowMuch() {
        JsonNode rejected =
                result(Path.of("/out/01.mp4"), null).json().path("rejected").path(0);

        assertThat(rejected.path("rule").asString()).isEqualTo("below_threshold");
        assertThat(rejected.path("distance").asDouble()).isEqualTo(-0.1);
        assertThat(rejected.path("explanation").asString()).isEqualTo("0.70 < 0.80");
    }

    @Test
    void writesNullForAThumbnailThatCannotBe() {
        JsonNode highlight =
                result(Path.of("/out/01.m4a"), null).json().path("highlights").path(0);

        assertThat(highlight.get("thumbnail").isNull()).isTrue();
    }

    private static AnalysisResult result(Path clip, @Nullable Path thumbnail) {
        return new AnalysisResult(
                Json.of("{'id': 'stream_1', 'status': 'completed'}"),
                List.of(new SavedHighlight(1, HIGHLIGHT, clip, thumbnail)),
                List.of(CANDIDATE));
    }
}
