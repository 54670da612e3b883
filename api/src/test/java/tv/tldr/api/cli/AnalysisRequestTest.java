package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AnalysisRequestTest {
    private static final Path HERE = Path.of("/videos");

    @ParameterizedTest
    @CsvSource({
        "match.mp4,               file:///videos/match.mp4,         match",
        "../a b.c.mkv,            file:///a%20b.c.mkv,              a_b.c",
        "/x/.hidden,              file:///x/.hidden,                video",
        "/x/Größe 1.mp4,          file:///x/Gr%C3%B6%C3%9Fe%201.mp4, Größe_1",
        "https://e.com/v/a.mp4?t=1, https://e.com/v/a.mp4?t=1,      a",
        "HTTP://e.com,            HTTP://e.com,                     video",
        "rtmp://e.com/live,       rtmp://e.com/live,                live",
    })
    void namesFilesByTheirUriAndLeavesUrlsAsTheyAre(String given, String url, String name) {
        AnalysisRequest request = AnalysisRequest.of(given, HERE, options("{}"));

        assertThat(request.sourceUrl()).isEqualTo(url);
        assertThat(request.name()).isEqualTo(name);
    }

    @Test
    void sendsOnlyTheOptionsThatWereGiven() {
        AnalysisRequest request = AnalysisRequest.of("a.mp4", HERE, options("{'max_highlights': 3}"));

        assertThat(request.body(false)).isEqualTo(Json.of("""
                {'source_url': 'file:///videos/a.mp4', 'options': {'max_highlights': 3}, 'allow_duplicate': false}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};                                              true",
                "{'max_duration': 60, 'dimension_set_id': 'p'};   true",
                "{'max_duration': 30};                            false",
                "{'thorough': true};                              false",
            })
    void joinsOnlyAStreamThatAnswersTheSameQuestion(String options, boolean same) {
        JsonNode stream = Json.of("""
                {'source_url': 'file:///videos/a.mp4',
                 'options': {'max_duration': 60.0, 'dimension_set_id': 'p', 'thorough': false}}""");

        assertThat(AnalysisRequest.of("a.mp4", HERE, options(options)).isSameAs(stream))
                .isEqualTo(same);
        assertThat(AnalysisRequest.of("b.mp4", HERE, options(options)).isSameAs(stream))
                .isFalse();
    }

    private static ObjectNode options(String text) {
        return (ObjectNode) Json.of(text);
    }
}
