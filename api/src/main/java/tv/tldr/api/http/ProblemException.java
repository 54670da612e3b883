package tv.tldr.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tv.tldr.activities.store.Refusal;

/** Thrown where a request cannot be answered as asked; {@link ProblemHandler} brings it to the wire. */
public final class ProblemException extends RuntimeException implements Refusal {
    private final ErrorCode code;
    private final HttpStatusCode status;
    private final List<FieldError> errors;
    private final transient @Nullable Quota quota;

    private ProblemException(ErrorCode code, HttpStatusCode status, String detail, List<FieldError> errors) {
        this(code, status, detail, errors, null);
    }

    private ProblemException(
            ErrorCode code, HttpStatusCode status, String detail, List<FieldError> errors, @Nullable Quota quota) {
        super(detail);
        this.quota = quota;
        this.code = code;
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    /** @param detail this occurrence in one sentence, with the remedy; no secret */
    public ProblemException(ErrorCode code, String detail) {
        this(code, code.status(), detail, List.of());
    }

    /** The request's shape is refused with a status of its own: 405, 406, 413, 415, 460. */
    public static ProblemException refused(HttpStatusCode status, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, status, detail, List.of());
    }

    /** All wrong fields at once. */
    public static ProblemException invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().field() + ": " + errors.getFirst().message()
                : errors.size() + " fields are wrong; see errors.";
        return new ProblemException(ErrorCode.VALIDATION_ERROR, HttpStatus.BAD_REQUEST, detail, errors);
    }

    /** A limit of the plan stands in the way. */
    public static ProblemException exceeded(Quota quota, String detail) {
        return new ProblemException(
                ErrorCode.QUOTA_EXCEEDED, ErrorCode.QUOTA_EXCEEDED.status(), detail, List.of(), quota);
    }

    /** A code with the fields that are to blame. */
    public static ProblemException of(ErrorCode code, String detail, List<FieldError> errors) {
        return new ProblemException(code, code.status(), detail, errors);
    }

    /** One wrong parameter or header. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** One wrong field of the body. */
    public static ProblemException invalidInBody(String field, String message) {
        return invalid(List.of(FieldError.inBody(field, message)));
    }

    /** Nothing under that id for this organization, whether or not another one has it: the same words in both cases. */
    public static ProblemException notFound(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such " + what + ".");
    }

    public ErrorCode code() {
        return code;
    }

    public HttpStatusCode status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Quota quota() {
        return quota;
    }
}
