package tv.tldr.activities.egress;

import java.io.Serial;

/** Does a URL lead where it must not? Says nothing about what the name resolved to. */
public final class ForbiddenAddressException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ForbiddenAddressException() {
        this("it does not lead to a public address");
    }

    /** @param message continues "the URL is refused: " */
    public ForbiddenAddressException(String message) {
        super(message);
    }
}
