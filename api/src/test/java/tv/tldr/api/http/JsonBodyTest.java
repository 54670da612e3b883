package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class JsonBodyTest {
    @Test
    void aBodyThatComesAByteASecondIsNotWaitedFor() {
        StepVerifier.withVirtualTime(() -> JsonBody.bytes(slowly(Duration.ofSeconds(1), 1000)))
                .expectSubscription()
                .expectNoEvent(JsonBody.PATIENCE.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(ProblemException.class);
                    assertThat(((ProblemException) failure).status()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
                });
    }

    @Test
    void aBodyThatComesInTimeIsRead() {
        StepVerifier.withVirtualTime(() -> JsonBody.bytes(slowly(Duration.ofSeconds(1), 10)))
                .thenAwait(Duration.ofSeconds(11))
                .assertNext(bytes -> assertThat(bytes).hasSize(10))
                .verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"\\ud83d\"}", "{\"\\uDE00\": 1}", "{\"a\": [{\"b\": \"\\ude00\\ud83d\"}]}"})
    void halfACharacterIsNone(String body) {
        assertThatThrownBy(() -> JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("half a character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"\\ud83d\\ude00\"}", "{\"name\": \"\\\\ud83d\"}"})
    void aWholeOneIsHoweverItIsWritten(String body) {
        assertThat(JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)).requiredText("name", 10))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{\"a\": 1} []",
                "{\"a\": 1 // x\n}",
                "{\"a\": NaN}",
                "{\"a\": +1}",
                "{'a': 1}",
                "{\"a\": 01}"
            })
    void whatIsNoJsonIsToldInTheWordsOfJsonAndNotOfTheLibraryThatReadsIt(String body) {
        assertThatThrownBy(() -> JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("The body is not valid JSON")
                .hasMessageNotContainingAny("jackson", "JsonToken", "Feature", "enable", "`")
                .hasMessageContaining("line 1");
    }

    private static MockServerHttpRequest slowly(Duration gap, int bytes) {
        Flux<DataBuffer> body = Flux.interval(gap)
                .take(bytes)
                .map(tick -> DefaultDataBufferFactory.sharedInstance.wrap(" ".getBytes(StandardCharsets.UTF_8)));
        return MockServerHttpRequest.post("/").body(body);
    }
}
