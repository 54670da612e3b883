package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReplyTest {
    private static final String MINUTE =
            "{\"@type\": \"type.googleapis.com/google.rpc.QuotaFailure\", \"violations\": [{\"quotaId\": \"GenerateRequestsPerMinutePerProjectPerModel\"}]}";
    private static final String DAY =
            "{\"@type\": \"type.googleapis.com/google.rpc.QuotaFailure\", \"violations\": [{\"quotaId\": \"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}";
    private static final String WAIT =
            "{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"17.25s\"}";

    @Test
    void aWrongKeyIsToldByItsReasonSinceGoogleSays400() {
        GeminiException failure = failure(400, "API key not valid. Please pass a valid API key.", """
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}""");

        assertThat(failure).isInstanceOf(GeminiException.RefusedKey.class).hasMessageContaining("GEMINI_API_KEY");
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aKeyThatMayNotIsRefusedForGood(int status) {
        assertThat(failure(status, "denied", "")).isInstanceOf(GeminiException.RefusedKey.class);
    }

    @Test
    void aFileThatIsGoneIsNotTakenForAWrongKey() {
        assertThat(failure(403, "You do not have permission to access the File abc or it may not exist.", ""))
                .isInstanceOf(GeminiException.Away.class);
    }

    @Test
    void onlyAConflictOfNamesSaysThatSomethingIsThere() {
        assertThat(new ErrorReply(409, error(409, "tldr-abc already exists.", ""), null).saysItIsThere())
                .isTrue();
        assertThat(new ErrorReply(409, error(409, "The operation was aborted.", ""), null).saysItIsThere())
                .isFalse();
        assertThat(new ErrorReply(400, error(400, "tldr-abc already exists.", ""), null).saysItIsThere())
                .isFalse();
    }

    @Test
    void anUnknownModelIsRefusedForGood() {
        assertThat(failure(404, "models/gemini-9 is not found for API version v1beta", ""))
                .isInstanceOf(GeminiException.UnknownModel.class)
                .hasMessageContaining("GEMINI_MODEL")
                .hasMessageContaining("gemini-9");
    }

    @Test
    void anotherServerThanGooglesIsNotTakenForAWrongModel() {
        assertThat(new ErrorReply(404, "<html>Not found</html>", null).failure())
                .isInstanceOf(GeminiException.BadRequest.class)
                .hasMessageContaining("GEMINI_BASE_URL");
    }

    @Test
    void theDelayOfTheDetailsGoesBeforeTheHeader() {
        assertThat(delay(error(429, "slow down", MINUTE + "," + WAIT), "60")).isEqualTo(Duration.ofMillis(17_250));
        assertThat(delay(error(429, "slow down", MINUTE), "60")).isEqualTo(Duration.ofMinutes(1));
        assertThat(delay(error(429, "slow down", ""), null)).isNull();
        assertThat(delay("not JSON", "Fri, 01 Jan 2027 00:00:00 GMT")).isNull();
    }

    @Test
    void aQuotaOfTheDayIsNotWaitedFor() {
        assertThat(failure(429, "quota", MINUTE + "," + DAY + "," + WAIT))
                .isInstanceOf(GeminiException.QuotaExhausted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.",
                "You exceeded your current quota, please check your plan and billing details."
            })
    void withoutMoneyNobodyWaits(String message) {
        assertThat(failure(429, message, "")).isInstanceOf(GeminiException.QuotaExhausted.class);
    }

    @Test
    void aFullMinuteIsWaitedForThoughGoogleNamesTheBillingBesideIt() {
        String message = "You exceeded your current quota, please check your plan and billing details.";

        assertThat(failure(429, message, MINUTE)).isInstanceOf(GeminiException.Throttled.class);
        assertThat(failure(429, message, WAIT)).isInstanceOf(GeminiException.Throttled.class);
        assertThat(failure(429, "Resource exhausted", "")).isInstanceOf(GeminiException.Throttled.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499, 500, 502, 503, 504, 529})
    void aServerOutOfOrderIsAway(int status) {
        GeminiException failure = new ErrorReply(status, "<html>Bad gateway</html>", null).failure();

        assertThat(failure).isInstanceOf(GeminiException.Away.class).hasMessageContaining("HTTP " + status);
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 413})
    void aWrongRequestIsAFault(int status) {
        assertThat(failure(status, "Unknown name \"foo\"", "")).isInstanceOf(GeminiException.BadRequest.class);
    }

    private static GeminiException failure(int status, String message, String details) {
        return new ErrorReply(status, error(status, message, details), null).failure();
    }

    private static @Nullable Duration delay(String body, @Nullable String header) {
        GeminiException failure = new ErrorReply(429, body, header).failure();
        assertThat(failure).isInstanceOf(GeminiException.Throttled.class);
        return ((GeminiException.Throttled) failure).delay();
    }

    private static String error(int status, String message, String details) {
        return "{\"error\": {\"code\": " + status + ", \"message\": \"" + message.replace("\"", "\\\"")
                + "\", \"status\": \"SOME\", \"details\": [" + details + "]}}";
    }
}
