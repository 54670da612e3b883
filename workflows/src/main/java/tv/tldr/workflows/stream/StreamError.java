package tv.tldr.workflows.stream;

/**
 * Why did something about a stream go wrong, in words for its owner?
 *
 * @param code a documented code, such as {@code SOURCE_NOT_MEDIA}
 * @param message what, why and how to mend it; no secret, no stack trace
 */
public record StreamError(String code, String message) {}
