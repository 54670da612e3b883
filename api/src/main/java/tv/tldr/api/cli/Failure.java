package tv.tldr.api.cli;

/** Why did a command fail? The message is for the person who typed it; the exit code is 1. */
final class Failure extends RuntimeException {
    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
