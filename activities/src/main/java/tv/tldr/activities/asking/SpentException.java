package tv.tldr.activities.asking;

/** A request that a budget does not allow; it was not sent. The message says which, for the customer. */
final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpentException(String explanation) {
        super(explanation);
    }
}
