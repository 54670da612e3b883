package tv.tldr.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field or parameter?
 *
 * @param field its path as the client wrote it, such as {@code options.min_duration}
 * @param message what is wrong and what would be right
 * @param pointer where in the body it is, as a JSON pointer; null of what is in no body
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(
        String field, String message, @Nullable String pointer) {
    /** Of a parameter or a header. */
    public FieldError(String field, String message) {
        this(field, message, null);
    }

    /** Of a field of a body, whose names are ours. */
    public static FieldError inBody(String field, String message) {
        return new FieldError(field, message, Pointer.of(field));
    }
}
