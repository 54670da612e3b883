package tv.tldr.api.http;

import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Which version does a client believe to change? The {@code If-Match} header: entity tags of which one must be that of the
 * current version, or {@code *} for whichever.
 *
 * @param tags as they were sent, with their quotes, those of compressed answers as those of the same answers as they are;
 *     empty: the client did not say
 */
public record IfMatch(List<String> tags) {
    private static final String WHICHEVER = "*";

    public IfMatch {
        tags = List.copyOf(tags);
    }

    /** What the request says. */
    public static IfMatch of(ServerHttpRequest request) {
        return new IfMatch(request.getHeaders().getOrEmpty("If-Match").stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(tag -> PackedTag.plain(tag.strip()))
                .toList());
    }

    /** The entity tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** Whether the change is of that version alone, so that it must not be tried again on a later one. */
    public boolean isGiven() {
        return !tags.isEmpty() && !tags.contains(WHICHEVER);
    }

    /**
     * Goes on when the client means {@code current} or did not say.
     *
     * @throws ProblemException PRECONDITION_FAILED
     */
    public void require(long current) {
        // A weak tag never matches: RFC 9110, 13.1.1.
        if (isGiven() && !tags.contains(tag(current))) {
            throw failed(current);
        }
    }

    /** The refusal for a client that means another version than {@code current}. */
    public static ProblemException failed(long current) {
        return new ProblemException(
                ErrorCode.PRECONDITION_FAILED,
                "It was changed in the meantime; its ETag is " + tag(current)
                        + " now. Read it again and repeat the change.");
    }
}
