package tv.tldr.workflows.activity;

/**
 * Why did an activity fail for good? The names are the public codes in a stream's {@code errors[]}. Failures that time can
 * heal (unreachable, throttled, disk full, database away) carry one of these too, but stay retryable for as long as the
 * retry policy of the activity allows.
 */
public enum FailureType {
    /** The source cannot be opened: missing, refused, 404, no answer. */
    SOURCE_UNREACHABLE(false),
    /** The source was opened and holds no playable picture or sound. */
    SOURCE_NOT_MEDIA(false),
    /** The source lies at an address or path that may not be read. */
    SOURCE_FORBIDDEN_ADDRESS(false),
    /** The source is longer or larger than allowed, or never ends. */
    SOURCE_TOO_LONG(false),
    /** The source ended or broke off before anything could be measured. */
    SOURCE_ENDED(false),
    /** FFmpeg, the disk or another part of ours failed; tried again before it is told. */
    PROCESSING_ERROR(true),
    /** The scratch disk or the object store is full; tried again, and told when it stays full. */
    STORAGE_FULL(true),
    /** A dependency is away: database, object store, source throttled; tried again with growing gaps. */
    SERVICE_UNAVAILABLE(true);

    private final boolean retryable;

    FailureType(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether trying again may help. */
    public boolean isRetryable() {
        return retryable;
    }
}
