package tv.tldr.activities.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.Evidence;

/**
 * What does an error of the Gemini API mean? Google's own Java client keeps only the message of it; what tells a minute's
 * quota from a day's, and how long to wait, stands in the details and headers.
 *
 * @param body as it came, without the key; need not be JSON, since proxies answer, too
 * @param retryAfter the header, null when there is none
 */
record ErrorReply(int status, String body, @Nullable String retryAfter) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CREDIT = Pattern.compile("(?i)\\b(prepay\\w*|credits?)\\b");
    private static final Pattern CREDIT_OR_BILLING = Pattern.compile(CREDIT.pattern() + "|(?i)\\bbilling\\b");
    private static final int LONGEST_EVIDENCE = 300;
    private static final int LONGEST_WAIT_SECONDS = 24 * 60 * 60;

    /** The failure that it stands for. */
    GeminiException failure() {
        JsonNode error = error();
        String evidence = evidence(error);
        boolean aboutTheKey = body.contains("API_KEY_INVALID") || body.contains("API_KEY_");
        return switch (status) {
            case 400 ->
                aboutTheKey ? new GeminiException.RefusedKey(evidence) : new GeminiException.BadRequest(evidence);
            case 401 -> new GeminiException.RefusedKey(evidence);
            // The next attempt uploads the file again.
            case 403 -> isAboutAFile() ? new GeminiException.Away(evidence) : new GeminiException.RefusedKey(evidence);
            case 404 ->
                error.path("message").asText("").contains("model")
                        ? new GeminiException.UnknownModel(evidence)
                        : new GeminiException.BadRequest(evidence + "; check GEMINI_BASE_URL");
            case 408, 409, 425, 499 -> new GeminiException.Away(evidence);
            case 429 ->
                isOfTheDay(error) || isAboutMoney(error)
                        ? new GeminiException.QuotaExhausted(evidence)
                        : new GeminiException.Throttled(evidence, delay(error));
            default -> status >= 500 ? new GeminiException.Away(evidence) : new GeminiException.BadRequest(evidence);
        };
    }

    /** Google answers 403, too, to whoever names a file that is not there any more. */
    boolean isAboutAFile() {
        return status == 403 && error().path("message").asText("").contains("access the File");
    }

    /** Whether what was to be made has the name of something that there is. */
    boolean saysItIsThere() {
        return status == 409 && error().path("message").asText("").contains("already exists");
    }

    private JsonNode error() {
        try {
            JsonNode root = JSON.readTree(body);
            // Some of Google's front ends wrap the error in an array.
            return (root.isArray() ? root.path(0) : root).path("error");
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private String evidence(JsonNode error) {
        String message = error.path("message").asText("");
        String text = AnswerReader.bounded(error.path("message"), LONGEST_EVIDENCE);
        String word = error.path("status").asText("");
        String said = message.isEmpty() ? "" : ": " + Evidence.clean(text);
        return "HTTP " + status + (word.isEmpty() ? "" : " " + word) + said;
    }

    /** A limit of the day among them makes waiting for the minute's one useless. */
    private static boolean isOfTheDay(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            for (JsonNode violation : detail.path("violations")) {
                if (violation.path("quotaId").asText("").contains("PerDay")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether there is nothing left to pay with, which no waiting mends. Google names "billing details" beside a full minute,
     * too; then it also says which limit it is, or how long to wait.
     */
    private boolean isAboutMoney(JsonNode error) {
        String message = error.path("message").asText("");
        boolean ofALimit = !error.findValues("quotaId").isEmpty() || delay(error) != null;
        Pattern words = ofALimit ? CREDIT : CREDIT_OR_BILLING;
        return words.matcher(message).find();
    }

    private @Nullable Duration delay(JsonNode error) {
        List<String> said = new ArrayList<>();
        for (JsonNode detail : error.path("details")) {
            said.add(detail.path("retryDelay").asText(""));
        }
        said.add(retryAfter == null ? "" : retryAfter);
        for (String text : said) {
            Duration delay = seconds(text);
            if (delay != null) {
                return delay;
            }
        }
        return null;
    }

    /** Of {@code 17.5s} or {@code 17}; null when it is neither. */
    private static @Nullable Duration seconds(String text) {
        String number = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        try {
            double seconds = Double.parseDouble(number);
            boolean believable = seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS;
            return believable ? Duration.ofMillis((long) Math.ceil(seconds * 1000)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
