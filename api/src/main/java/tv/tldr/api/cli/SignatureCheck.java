package tv.tldr.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.workflows.event.Signature;

/**
 * Is a webhook ours, and if its signature does not fit, why not? Tries what receivers usually do wrong.
 *
 * @param id the header {@code webhook-id}
 * @param timestamp the header {@code webhook-timestamp}
 * @param signatures the header {@code webhook-signature}
 * @param plain the header {@code X-TLDR-Signature}; empty: not given
 */
record SignatureCheck(String secret, String id, String timestamp, String signatures, String plain, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What was found.
     *
     * @param good whether it may be believed
     * @param why in sentences
     */
    record Finding(boolean good, String why) {}

    Finding judge(Instant now, Duration tolerance) {
        Optional<Instant> sent = sentAt();
        if (id.isBlank() || sent.isEmpty() || signatures.isBlank()) {
            return new Finding(
                    false,
                    "A header is missing or is not what it should be: webhook-id, webhook-timestamp (seconds since 1970) and"
                            + " webhook-signature (v1,…) belong together.");
        }
        if (secret.startsWith(Signature.SECRET_PREFIX) && !isDecodable()) {
            return new Finding(false, "The secret is cut off or mistyped: behind whsec_ there must be base 64.");
        }
        if (!fits(secret, body)) {
            return new Finding(false, reason());
        }
        Duration age = Duration.between(sent.get(), now);
        if (age.abs().compareTo(tolerance) > 0) {
            return new Finding(
                    false,
                    "The signature fits, but the timestamp is out of tolerance: it is "
                            + age.abs().toSeconds() + " s "
                            + (age.isNegative() ? "ahead of" : "behind") + " this clock, and "
                            + tolerance.toSeconds()
                            + " s are allowed. It was sent again by somebody else, waited somewhere, or a clock is wrong.");
        }
        return new Finding(true, "The signature fits: it is ours, and nobody changed it.");
    }

    private String reason() {
        for (Map.Entry<String, Predicate<SignatureCheck>> habit : habits().entrySet()) {
            if (habit.getValue().test(this)) {
                return habit.getKey();
            }
        }
        return isAsWeSend()
                ? "The secret is the wrong one, or a value in the body was changed: the body is written as we send it. Is the"
                        + " secret the one of this webhook, and of the last rotation?"
                : "The body was changed on its way: it is not as we send it. Verify the bytes as they came, before anything"
                        + " parses, formats or decodes them.";
    }

    private static Map<String, Predicate<SignatureCheck>> habits() {
        Map<String, Predicate<SignatureCheck>> habits = new LinkedHashMap<>();
        habits.put(
                "The body was changed on its way: it fits without the white space around it. Something adds or takes a line"
                        + " break.",
                check -> check.fits(check.secret, check.body.strip()));
        habits.put(
                "The body was changed on its way: it was parsed and written anew. Verify the bytes as they came.",
                check -> check.compact()
                        .filter(text -> check.fits(check.secret, text))
                        .isPresent());
        habits.put(
                "The secret lacks its beginning: it is used with whsec_ in front of it.",
                check -> check.fits(Signature.SECRET_PREFIX + check.secret, check.body));
        habits.put(
                "The body and the secret are right: X-TLDR-Signature fits. It is webhook-id or webhook-timestamp that is not the"
                        + " one that came with it.",
                check ->
                        !check.plain.isEmpty() && same(Signature.plain(check.secret, check.body), check.plain.strip()));
        habits.put("The body is of another delivery: its id is not webhook-id.", check -> check.json()
                .map(node -> node.path("id").asString(""))
                .filter(inside -> !inside.isEmpty() && !inside.equals(check.id))
                .isPresent());
        return habits;
    }

    private boolean fits(String key, String text) {
        try {
            String expected = Signature.standard(key, id, sentAt().orElseThrow(), text);
            return Arrays.stream(signatures.strip().split("\\s+")).anyMatch(given -> same(expected, given));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private boolean isDecodable() {
        try {
            return !Signature.standard(secret, id, Instant.EPOCH, "").isEmpty();
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private boolean isAsWeSend() {
        return compact().filter(body::equals).isPresent();
    }

    private Optional<String> compact() {
        return json().map(JsonNode::toString);
    }

    private Optional<JsonNode> json() {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    private Optional<Instant> sentAt() {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp.strip())));
        } catch (NumberFormatException | DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}
