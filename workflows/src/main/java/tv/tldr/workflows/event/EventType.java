package tv.tldr.workflows.event;

/** What can happen, in the past tense, by the name on the wire? */
public enum EventType {
    STREAM_STARTED("stream.started"),
    STREAM_PROGRESS("stream.progress"),
    STREAM_COMPLETED("stream.completed"),
    STREAM_FAILED("stream.failed"),
    STREAM_STOPPED("stream.stopped"),
    HIGHLIGHT_DETECTED("highlight.detected"),
    HIGHLIGHT_PROCESSED("highlight.processed"),
    HIGHLIGHT_UPDATED("highlight.updated"),
    HIGHLIGHT_DELETED("highlight.deleted"),
    BATCH_COMPLETED("batch.completed"),
    USAGE_WARNING("organization.usage.warning"),
    USAGE_LIMIT_REACHED("organization.usage.limit_reached"),
    WEBHOOK_DISABLED("webhook.disabled"),
    /** Of no event: what an endpoint is tried with. */
    TEST_PING("test.ping");

    private final String wire;

    EventType(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }
}
