package tv.tldr.api.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.KeptAnswer;

class RecordedResponseTest {
    private final MockServerHttpResponse sent = new MockServerHttpResponse();
    private final List<KeptAnswer> told = new ArrayList<>();
    private final RecordedResponse response = new RecordedResponse(sent, answer -> {
        assertThat(sent.isCommitted()).as("told before it is sent").isFalse();
        told.add(answer);
        return Mono.empty();
    });

    @Test
    void tellsWhatIsSentByteForByte() {
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().set("Location", "/there");
        response.getHeaders().set("Set-Cookie", "not=kept");

        response.writeWith(Flux.just(buffer("grö"), buffer("ßer")))
                .then(response.finish())
                .block();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().status()).isEqualTo(202);
        assertThat(told.getFirst().headers()).containsOnlyKeys("Location");
        assertThat(new String(told.getFirst().body().getBytes(ISO_8859_1), UTF_8))
                .isEqualTo("größer");
        assertThat(sent.getBodyAsString().block()).isEqualTo("größer");
    }

    @Test
    void tellsThatThereIsNothingToSay() {
        response.setStatusCode(HttpStatus.NO_CONTENT);

        response.finish().then(response.setComplete()).block();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().status()).isEqualTo(204);
        assertThat(told.getFirst().body()).isEmpty();
    }

    private DataBuffer buffer(String text) {
        return sent.bufferFactory().wrap(text.getBytes(UTF_8));
    }
}
