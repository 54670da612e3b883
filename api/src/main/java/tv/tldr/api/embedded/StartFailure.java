package tv.tldr.api.embedded;

/** Why can the program not start? The message is one sentence for a person, with the remedy. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
