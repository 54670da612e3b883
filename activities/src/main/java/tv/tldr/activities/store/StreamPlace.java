package tv.tldr.activities.store;

/** What does a stream wait for that is not started? */
public enum StreamPlace {
    /** Its batch has as many others under way as it may. */
    HELD,
    /** Its organization has as many in process as its plan allows. */
    WAITING,
    /** Nothing: it is in process, or about to be, or at its end. */
    GRANTED
}
