package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as Google writes it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String TYPE = "type.googleapis.com/google.rpc.";
    private final int status;
    private final transient ObjectNode body;

    private Refusal(int status, String word, String message, ObjectNode... details) {
        super(message);
        this.status = status;
        this.body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("code", status).put("message", message).put("status", word);
        for (ObjectNode detail : details) {
            error.withArray("/details").add(detail);
        }
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return body;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "INVALID_ARGUMENT", message);
    }

    /** Google repeats no key, but a proxy may; the client must hide it whoever shows it. */
    static Refusal wrongKey(String key) {
        ObjectNode info = detail("ErrorInfo").put("reason", "API_KEY_INVALID").put("domain", "googleapis.com");
        return new Refusal(
                400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key. Got " + key + ".", info);
    }

    static Refusal noKey() {
        return new Refusal(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity).");
    }

    static Refusal noFile(String name) {
        return new Refusal(
                403,
                "PERMISSION_DENIED",
                "You do not have permission to access the File " + name + " or it may not exist.");
    }

    static Refusal exists(String name) {
        return new Refusal(409, "ALREADY_EXISTS", name + " already exists.");
    }

    static Refusal noModel(String name) {
        return new Refusal(
                404,
                "NOT_FOUND",
                "models/" + name + " is not found for API version v1beta, or is not supported for generateContent.");
    }

    static Refusal notFound() {
        return new Refusal(404, "NOT_FOUND", "Requested entity was not found.");
    }

    static Refusal throttled(double seconds) {
        return new Refusal(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan and billing details.",
                quota("GenerateRequestsPerMinutePerProjectPerModel"),
                detail("RetryInfo").put("retryDelay", seconds + "s"));
    }

    static Refusal dayUsedUp() {
        return new Refusal(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan and billing details.",
                quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                detail("RetryInfo").put("retryDelay", "33.2s"));
    }

    static Refusal broken() {
        return new Refusal(500, "INTERNAL", "An internal error has occurred.");
    }

    static Refusal overloaded() {
        return new Refusal(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    }

    private static ObjectNode quota(String id) {
        ObjectNode failure = detail("QuotaFailure");
        failure.withArray("/violations")
                .addObject()
                .put("quotaMetric", "generativelanguage.googleapis.com/generate_content_requests")
                .put("quotaId", id);
        return failure;
    }

    private static ObjectNode detail(String type) {
        return JsonNodeFactory.instance.objectNode().put("@type", TYPE + type);
    }
}
