package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import tv.tldr.workflows.activity.MediaFacts;

/** Whatever FFprobe tells of a file is facts, or the file is no media. */
class TracksFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @FuzzTest
    void aDescriptionIsFactsOrNoMedia(byte[] bytes) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException notJson) {
            return;
        }
        try {
            Tracks tracks = Tracks.of(json);
            MediaFacts facts = tracks.facts(0, 10, false);
            assertThat(facts.duration()).isEqualTo(10);
        } catch (NotMediaException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
