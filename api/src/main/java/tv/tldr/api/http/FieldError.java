package tv.tldr.api.http;

/**
 * What is wrong with one field or parameter?
 *
 * @param field its path as the client wrote it, such as {@code options.min_duration}
 * @param message what is wrong and what would be right
 */
public record FieldError(String field, String message) {}
