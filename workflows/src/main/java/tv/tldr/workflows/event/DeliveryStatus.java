package tv.tldr.workflows.event;

import java.util.Locale;

/** How far is a delivery? */
public enum DeliveryStatus {
    /** The first attempt is not over. */
    PENDING,
    /** An attempt has failed, and another one follows. */
    RETRYING,
    /** The receiver has answered 2xx. */
    DELIVERED,
    /** Given up. */
    FAILED;

    /** The word on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
