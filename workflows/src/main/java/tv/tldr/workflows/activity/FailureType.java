package tv.tldr.workflows.activity;

/**
 * Why did an activity fail, and is trying again any use? The names are the public codes in a stream's {@code errors[]}.
 * Failures that time can heal stay retryable for a bounded number of attempts, so that nothing is retried without end.
 */
public enum FailureType {
    /** The source cannot be opened: missing, refused, 404; no answer is tried again a few times. */
    SOURCE_UNREACHABLE(4),
    /** The source was opened and holds no playable picture or sound. */
    SOURCE_NOT_MEDIA(1),
    /** The source lies at an address or path that may not be read. */
    SOURCE_FORBIDDEN_ADDRESS(1),
    /** The source is longer or larger than allowed, or never ends. */
    SOURCE_TOO_LONG(1),
    /** Others used up the stream hours of the month while it waited for its place. */
    QUOTA_EXCEEDED(1),
    /** The source was opened and broke off, every time that it was tried; nothing of it could be measured. */
    SOURCE_ENDED(4),
    /** The model's service refuses the key or does not know the model: asking again changes nothing. */
    AI_REFUSED(1),
    /** The model's service is away; whoever asks it has a setting that says when rules score in its place. */
    AI_UNAVAILABLE(Integer.MAX_VALUE),
    /** The model answered, but about no part of the stream in a way that can be used; nothing fails for it: rules score. */
    AI_UNUSABLE(1),
    /** A budget, or the model's quota of the day, allows no further question; nothing fails for it: rules score the rest. */
    AI_BUDGET_SPENT(1),
    /** The model's service asks to wait; its limits only cost time. */
    AI_THROTTLED(Integer.MAX_VALUE),
    /** FFmpeg or another part of ours failed; damaged media fails again the same way. */
    PROCESSING_ERROR(3),
    /** The scratch disk or the object store is full; told when it stays full for about a minute. */
    STORAGE_FULL(6),
    /** The object store refuses our key, our region or our request; told when nobody mends that for about a minute. */
    STORAGE_REFUSED(6),
    /** A dependency is away: database, object store, a source that throttles; tried with growing gaps, for hours. */
    SERVICE_UNAVAILABLE(Integer.MAX_VALUE);

    private final int mostAttempts;

    FailureType(int mostAttempts) {
        this.mostAttempts = mostAttempts;
    }

    /** How often an activity that fails like this is tried in all; 1: never again. */
    public int mostAttempts() {
        return mostAttempts;
    }

    /** Whether trying again may ever help. */
    public boolean isRetryable() {
        return mostAttempts > 1;
    }

    /** Whether trying again may help, after {@code attempt} attempts, counted from 1. */
    public boolean isWorthRetrying(int attempt) {
        return attempt < mostAttempts;
    }
}
