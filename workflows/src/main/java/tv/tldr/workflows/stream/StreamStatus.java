package tv.tldr.workflows.stream;

import java.util.Locale;

/** Where is a stream in its life? Three of the five states are ends: nothing follows them but another analysis. */
public enum StreamStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    STOPPED;

    /** Whether no other state may follow. */
    public boolean isTerminal() {
        return switch (this) {
            case PENDING, PROCESSING -> false;
            case COMPLETED, FAILED, STOPPED -> true;
        };
    }

    /** Whether {@code next} may follow directly; a state may always be written again. */
    public boolean canBecome(StreamStatus next) {
        return switch (this) {
            case PENDING -> true;
            case PROCESSING -> next != PENDING;
            case COMPLETED, FAILED, STOPPED -> next == this;
        };
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
