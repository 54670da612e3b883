package tv.tldr.api.idempotency;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tv.tldr.api.http.ProblemException;

/** Under which name does a client send a request that it may send again? */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    /**
     * Empty when the client gave none.
     *
     * @throws ProblemException when it is none that can be kept
     */
    static Optional<IdempotencyKey> of(ServerHttpRequest request) {
        List<String> given = request.getHeaders().getOrEmpty(HEADER);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !FORM.matcher(given.getFirst()).matches()) {
            throw ProblemException.invalid(
                    HEADER, "must be 1 to 255 visible ASCII characters, such as a UUID, given once");
        }
        return Optional.of(new IdempotencyKey(given.getFirst()));
    }
}
