package tv.tldr.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamState;
import tv.tldr.workflows.stream.StreamStatus;

class PayloadsTest {
    private static final DataConverter OURS = Payloads.dataConverter();
    private static final StreamInput INPUT = new StreamInput(
            new StreamRef(new OrganizationId(new UUID(1, 2)), new StreamId(new UUID(3, 4))),
            new StreamSource("https://media.example/a.mp4", Platform.FILE),
            StreamOptions.DEFAULTS,
            StreamState.NOTHING,
            1);

    static List<Object> values() {
        return List.of(
                INPUT,
                StreamStatus.STOPPED,
                "text",
                1.5,
                true,
                new byte[] {1, 2},
                Optional.of("x"),
                Map.of("at", Instant.EPOCH, "for", Duration.ofSeconds(90)));
    }

    /** What is in the histories of streams in process was, and will be, written by either. */
    @ParameterizedTest
    @MethodSource("values")
    void writesWhatTheSdkWrites(Object value) {
        assertThat(OURS.toPayload(value)).isEqualTo(DefaultDataConverter.STANDARD_INSTANCE.toPayload(value));
    }

    @Test
    void writesNothingAsTheSdkDoes() {
        assertThat(OURS.toPayload(null)).isEqualTo(DefaultDataConverter.STANDARD_INSTANCE.toPayload(null));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        Payload payload = OURS.toPayload(INPUT).orElseThrow();
        String json = payload.getData().toStringUtf8().replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");
        Payload newer =
                payload.toBuilder().setData(ByteString.copyFromUtf8(json)).build();

        assertThat(OURS.fromPayload(newer, StreamInput.class, StreamInput.class))
                .isEqualTo(INPUT);
    }
}
