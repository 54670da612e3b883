package tv.tldr.api.streams;

/** What becomes of a stream for which its plan has no place now? */
public enum WhenBusy {
    /** It waits, pending. */
    QUEUE,
    /** It is not submitted. */
    REFUSE
}
