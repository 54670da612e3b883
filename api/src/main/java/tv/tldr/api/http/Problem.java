package tv.tldr.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * What does an error look like on the wire? RFC 9457 problem details with our code.
 *
 * @param type a page that explains the code
 * @param title the code in words, the same for every occurrence
 * @param status the HTTP status, repeated
 * @param detail this occurrence, with the remedy
 * @param instance the path that was asked for
 * @param requestId the same as in the {@code X-Request-Id} header and in our logs
 * @param errors each wrong field; absent when no field is to blame
 * @param quota the limit that stands in the way; absent when none does
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        ErrorCode code,
        String requestId,
        List<FieldError> errors,
        @Nullable Quota quota) {
    private static final String TYPE_PREFIX = "/docs/errors#";

    static Problem of(
            ErrorCode code,
            HttpStatusCode status,
            String detail,
            List<FieldError> errors,
            @Nullable Quota quota,
            String instance,
            String requestId) {
        String title =
                status != code.status() && status instanceof HttpStatus known ? known.getReasonPhrase() : code.title();
        return new Problem(
                TYPE_PREFIX + code.name(), title, status.value(), detail, instance, code, requestId, errors, quota);
    }
}
