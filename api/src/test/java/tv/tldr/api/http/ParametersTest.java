package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;
import tv.tldr.workflows.stream.StreamStatus;

class ParametersTest {
    @Test
    void readsWhatIsThereAndFillsInWhatIsNot() {
        Parameters parameters = parameters(
                "limit=7&since=2026-01-31T13:00:00%2B01:00&status=failed&statuses=failed,stopped&kept=false");

        assertThat(parameters.limit()).isEqualTo(7);
        assertThat(parameters.instant("since")).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(parameters.choice("status", StreamStatus.class)).contains(StreamStatus.FAILED);
        assertThat(parameters.choices("statuses", StreamStatus.class))
                .containsExactly(StreamStatus.FAILED, StreamStatus.STOPPED);
        assertThat(parameters.flag("kept")).contains(false);
        assertThat(parameters.number("least", 0, 1)).isEmpty();
        parameters.finish();
        assertThat(parameters("").limit()).isEqualTo(20);
    }

    @Test
    void tellsEveryFaultAndEveryStrangerAtOnce() {
        Parameters parameters = parameters("limit=0&kept=1&kept=2&who=me");
        parameters.limit();
        parameters.flag("kept");

        assertThatThrownBy(parameters::finish)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field)
                        .containsExactly("limit", "kept", "who"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff11", "\u0661", "\u096a", "%2B5", "5 ", "1\uff10", "", "-", "0x5"})
    void aWholeNumberHasTheDigitsOfAsciiAlone(String text) {
        assertThat(parameters("n=" + text).integer("n", 0, 100)).isEmpty();
        assertThat(parameters("n=" + text).count("n")).isEmpty();
        assertThat(parameters("n=" + text).number("n", 0, 100)).isEmpty();
    }

    @Test
    void takesACursorOfTheSameListOnly() {
        String cursor = new PageToken("streams", List.of("a", "b")).encode();

        assertThat(parameters("cursor=" + cursor).cursor("streams", keys -> keys.get(1)))
                .contains("b");
        assertThat(parameters("cursor=" + cursor).cursor("highlights", keys -> keys.get(1)))
                .isEmpty();
        assertThat(parameters("cursor=" + cursor).cursor("streams", keys -> keys.get(2)))
                .isEmpty();
    }

    @Test
    void takesACursorBelowTheSameThingOnly() {
        String cursor = new PageToken(PageToken.listBelow("stream_a", "highlights"), List.of("a", "b")).encode();

        assertThat(parameters("cursor=" + cursor).cursor(PageToken.listBelow("stream_a", "highlights"), List::getLast))
                .contains("b");
        assertThat(parameters("cursor=" + cursor).cursor(PageToken.listBelow("stream_b", "highlights"), List::getLast))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "2026-02-30T00:00:00Z"})
    void refusesAnInstantThatNoDatabaseHolds(String text) {
        assertThat(parameters("t=" + text.replace("+", "%2B")).instant("t")).isEmpty();
    }

    private static Parameters parameters(String query) {
        return new Parameters(
                UriComponentsBuilder.fromUriString("/?" + query).build().getQueryParams().entrySet().stream()
                        .collect(
                                org.springframework.util.LinkedMultiValueMap::new,
                                (map, entry) ->
                                        entry.getValue().forEach(value -> map.add(entry.getKey(), decoded(value))),
                                (a, b) -> a.addAll(b)));
    }

    private static String decoded(String value) {
        return java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8);
    }
}
