package tv.tldr.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** Whatever a client sends is read, or refused as its fault. */
class RequestFuzzTest {
    @FuzzTest
    void aCursorIsReadOrRefused(byte[] bytes) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        query.add("cursor", new String(bytes, UTF_8));
        Parameters parameters = new Parameters(query);
        parameters.cursorById("things");
        parameters.cursorByCreation("things");
        isRead(parameters::finish);
    }

    @FuzzTest
    void aParameterIsReadOrRefused(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        List.of("limit", "at", "number", "flag", "texts").forEach(name -> query.add(name, text));
        Parameters parameters = new Parameters(query);
        assertThat(parameters.limit()).isBetween(1, Parameters.LARGEST_PAGE);
        parameters.instant("at").ifPresent(instant -> assertThat(instant.toString())
                .doesNotStartWith("+"));
        parameters.number("number", 0, 1).ifPresent(number -> assertThat(number).isBetween(0.0, 1.0));
        parameters.flag("flag");
        assertThat(parameters.texts("texts", 3, 5))
                .allSatisfy(one -> assertThat(one).hasSizeBetween(1, 5));
        isRead(parameters::finish);
    }

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] bytes) {
        MockServerHttpRequest request = MockServerHttpRequest.method(HttpMethod.POST, "/")
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
        isRead(() -> {
            Fields body = JsonBody.required(request).blockOptional().orElseThrow();
            body.text("text", 5).ifPresent(text -> assertThat(text).hasSizeLessThanOrEqualTo(5));
            body.integer("integer", 1, 9).ifPresent(number -> assertThat(number).isBetween(1, 9));
            body.number("number", 0, 1).ifPresent(number -> assertThat(number).isBetween(0.0, 1.0));
            body.numbers("numbers", 2, 0, 1)
                    .ifPresent(numbers -> assertThat(numbers).hasSize(2));
            body.texts("texts", 3, 5);
            body.objects("objects", 3).ifPresent(objects -> objects.forEach(one -> one.flag("flag", true)));
            body.objectOrEmpty("object").glance("/a/b");
            body.finish();
        });
    }

    private static void isRead(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException refused) {
            assertThat(refused.status().is4xxClientError()).isTrue();
        }
    }
}
