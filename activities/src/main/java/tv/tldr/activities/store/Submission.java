package tv.tldr.activities.store;

/** Was a stream written down? */
public sealed interface Submission {
    /** It was: {@code stream} is pending. */
    record Accepted(StreamRow stream) implements Submission {}

    /** It was not: the same source is in process in the organization as {@code stream}. */
    record AlreadyInProcess(StreamRow stream) implements Submission {}

    /** It was not, since it would have to wait: {@code used} of {@code limit} places of the organization are taken. */
    record Busy(int used, int limit) implements Submission {}
}
