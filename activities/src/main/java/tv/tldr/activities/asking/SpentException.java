package tv.tldr.activities.asking;

import tv.tldr.activities.gemini.ModelCall.Kind;

/** A request that a budget does not allow; it was not sent. The message says which, for the customer. */
final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean ofRepair;

    SpentException(String explanation) {
        super(explanation);
        ofRepair = false;
    }

    SpentException(String explanation, Kind kind) {
        super(explanation);
        ofRepair = kind == Kind.REPAIR;
    }

    /** Whether an answer was paid before it, and could not be used: to begin anew would cost that again. */
    boolean isOfRepair() {
        return ofRepair;
    }
}
