package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.api.embedded.Settings;

class RefusalTest {
    @Test
    void tellsTheCodeAndEveryWrongField() {
        Refusal refusal = Refusal.of(400, Json.of("""
                {'code': 'VALIDATION_ERROR', 'detail': '2 fields are wrong; see errors.', 'errors': [
                  {'field': 'options.max_highlights', 'message': 'must be at least 1'},
                  {'field': 'source_url', 'message': 'is missing'}]}"""));

        assertThat(refusal.said())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        "VALIDATION_ERROR: 2 fields are wrong; see errors.",
                        "  options.max_highlights: must be at least 1",
                        "  source_url: is missing"));
        assertThat(refusal.isUsage()).isTrue();
    }

    @Test
    void namesTheStatusOfAnAnswerWithoutWords() {
        Refusal refusal = Refusal.of(502, Json.of("{}"));

        assertThat(refusal.said()).isEqualTo("HTTP_502: the API answered with status 502");
        assertThat(refusal.isUsage()).isFalse();
    }

    @Test
    void findsTheWorkflowOfAStreamInTheWebUi() {
        URI page = WebUi.workflow(
                URI.create("http://127.0.0.1:8233"),
                new Settings(Map.of("TEMPORAL_NAMESPACE", "video")),
                "stream/stream_01h455vb4pex5vsknk084sn02q");

        assertThat(page)
                .hasToString(
                        "http://127.0.0.1:8233/namespaces/video/workflows/stream%2Fstream_01h455vb4pex5vsknk084sn02q");
    }
}
