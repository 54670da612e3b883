package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.postgresql.codec.Json;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

class JsonbTest {
    @Test
    void speaksTheWordsOfTheApi() {
        StreamProgress progress =
                new StreamProgress(StreamStatus.PROCESSING, StreamStage.CUTTING, 50, 1, 2, 3, 4, 5, 6, null);

        assertThat(Jsonb.text(progress))
                .contains("\"status\":\"processing\"", "\"stage\":\"cutting\"", "\"current_timestamp\":1.0")
                .doesNotContain("note");
        assertThat(Jsonb.read(Jsonb.of(progress), StreamProgress.class)).isEqualTo(progress);
    }

    @Test
    void anOlderRowTakesTheDefaultAndANewerOnesExtraIsPassedOver() {
        Json stored = Json.of("{\"highlight_threshold\": 0.5, \"invented_later\": true}");

        StreamOptions options = Jsonb.read(stored, StreamOptions.DEFAULTS, StreamOptions.class);

        assertThat(options.highlightThreshold()).isEqualTo(0.5);
        assertThat(options.minDuration()).isEqualTo(StreamOptions.DEFAULTS.minDuration());
        assertThat(options.dimensionSetId()).isEqualTo(StreamOptions.DEFAULTS.dimensionSetId());
    }
}
