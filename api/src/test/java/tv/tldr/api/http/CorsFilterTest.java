package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class CorsFilterTest {
    private static final String PATH = "https://api.example.com/api/v1/streams";
    private static final String KNOWN = "https://app.example.com";

    private final AtomicBoolean reached = new AtomicBoolean();

    @Test
    void aPageOfAKnownOriginMayAskBeforeItShowsAKey() {
        MockServerWebExchange exchange = ask(Set.of(KNOWN), preflight(KNOWN));

        HttpHeaders headers = exchange.getResponse().getHeaders();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(KNOWN);
        assertThat(headers.getAccessControlAllowHeaders())
                .contains("X-API-Key", "Idempotency-Key", "If-Match", "Range", "If-Range");
        assertThat(headers.getAccessControlAllowCredentials()).isFalse();
        assertThat(reached).isFalse();
    }

    @Test
    void itMayReadTheAnswerAndItsHeaders() {
        MockServerWebExchange exchange = ask(
                Set.of(KNOWN),
                MockServerHttpRequest.get(PATH).header("Origin", KNOWN).build());

        HttpHeaders headers = exchange.getResponse().getHeaders();
        assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(KNOWN);
        assertThat(headers.getAccessControlExposeHeaders())
                .contains("ETag", "Location", "X-Request-Id", "Content-Range", "Accept-Ranges");
        assertThat(headers.getVary()).contains("Origin");
        assertThat(reached).isTrue();
    }

    @Test
    void anotherOriginIsAnsweredLikeAnybodyWithoutLeave() {
        for (String origin : new String[] {"https://app.example.com.evil.example", "http://app.example.com", "null"}) {
            MockServerWebExchange exchange = ask(Set.of(KNOWN), preflight(origin));

            assertThat(exchange.getResponse().getHeaders().getAccessControlAllowOrigin())
                    .isNull();
            assertThat(reached).as("authentication is next").isTrue();
        }
    }

    @Test
    void allOriginsMayWhereThatIsSetUp() {
        assertThat(ask(Set.of("*"), preflight("https://any.example"))
                        .getResponse()
                        .getHeaders()
                        .getAccessControlAllowOrigin())
                .isEqualTo("https://any.example");
    }

    @Test
    void nothingIsSaidWhereNothingIsSetUp() {
        assertThat(ask(Set.of(), preflight(KNOWN)).getResponse().getHeaders().headerNames())
                .isEmpty();
        assertThat(reached).isTrue();
    }

    private MockServerWebExchange ask(Set<String> origins, MockServerHttpRequest request) {
        MockServerWebExchange exchange = MockServerWebExchange.from(request);
        new CorsFilter(new HttpProperties(origins, true, Duration.ofSeconds(20)))
                .filter(exchange, next -> Mono.fromRunnable(() -> reached.set(true)))
                .block();
        return exchange;
    }

    private static MockServerHttpRequest preflight(String origin) {
        return MockServerHttpRequest.options(PATH)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .build();
    }
}
