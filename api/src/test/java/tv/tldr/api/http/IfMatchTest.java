package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

/** Is the version that a client means the current one, 3? */
class IfMatchTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "*", "\"2\", \"3\"", "\"2\",\"3\"", "*, \"2\"", "\"3-gzip\"", "\"3-deflate\""})
    void goesOnWhenItIs(String header) {
        assertThatCode(() -> read(header).require(3)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "W/\"3\"", "\"03\"", "\"\"", "", "\"2-gzip\"", "\"3-zip\"", "W/\"3-gzip\""})
    void refusesWhenItIsNot(String header) {
        assertThatThrownBy(() -> read(header).require(3))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("\"3\"");
    }

    @Test
    void whoDoesNotSayMeansWhicheverThereIs() {
        IfMatch none = IfMatch.of(MockServerHttpRequest.patch("/x").build());

        assertThat(none.isGiven()).isFalse();
        assertThatCode(() -> none.require(3)).doesNotThrowAnyException();
        assertThat(read("*").isGiven()).isFalse();
        assertThat(read("\"3\"").isGiven()).isTrue();
    }

    @Test
    void whoNamedNoVersionIsWrittenBehindThoseWhoWereQuicker() {
        AtomicLong version = new AtomicLong(3);
        Mono<Long> written = IfMatch.of(MockServerHttpRequest.patch("/x").build())
                .change(Mono.fromSupplier(version::get), Long::longValue, seen -> overtakenUntil(6, seen, version));

        assertThat(written.block()).isEqualTo(6);
    }

    @Test
    void whoNamedTheVersionThatIsOvertakenIsToldTheCurrentOne() {
        AtomicLong version = new AtomicLong(3);
        Mono<Long> refused = read("\"3\"")
                .change(Mono.fromSupplier(version::get), Long::longValue, seen -> overtakenUntil(9, seen, version));

        assertThatThrownBy(refused::block)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("\"4\"");
    }

    @Test
    void whatIsNotThereIsNotWritten() {
        assertThat(read("*")
                        .change(Mono.<Long>empty(), Long::longValue, Mono::just)
                        .block())
                .isNull();
    }

    /** Somebody else writes between each look and its write, until version {@code last}. */
    private static Mono<Long> overtakenUntil(long last, long seen, AtomicLong version) {
        return seen == last ? Mono.just(seen) : Mono.<Long>fromRunnable(version::incrementAndGet);
    }

    private static IfMatch read(String header) {
        return IfMatch.of(
                MockServerHttpRequest.patch("/x").header("If-Match", header).build());
    }
}
