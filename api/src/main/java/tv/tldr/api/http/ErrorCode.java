package tv.tldr.api.http;

import org.springframework.http.HttpStatus;

/** Which public code does an error carry? The list is closed: clients switch over it. */
public enum ErrorCode {
    AUTHENTICATION_REQUIRED(HttpStatus.UNAUTHORIZED, "Authentication required"),
    INVALID_API_KEY(HttpStatus.UNAUTHORIZED, "Invalid API key"),
    API_KEY_EXPIRED(HttpStatus.UNAUTHORIZED, "API key expired"),
    INSUFFICIENT_PERMISSIONS(HttpStatus.FORBIDDEN, "Insufficient permissions"),
    RATE_LIMIT_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "Rate limit exceeded"),
    VALIDATION_ERROR(HttpStatus.BAD_REQUEST, "Invalid request"),
    RESOURCE_NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    DUPLICATE_RESOURCE(HttpStatus.CONFLICT, "Already exists"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed"),
    IDEMPOTENCY_CONFLICT(HttpStatus.UNPROCESSABLE_CONTENT, "Idempotency key reused"),
    PROCESSING_ERROR(HttpStatus.CONFLICT, "Processing error"),
    QUOTA_EXCEEDED(HttpStatus.FORBIDDEN, "Quota exceeded"),
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private final HttpStatus status;
    private final String title;

    ErrorCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The status it usually comes with; a refused method, media type or size keeps its own. */
    public HttpStatus status() {
        return status;
    }

    /** The same for every occurrence, in words. */
    public String title() {
        return title;
    }
}
