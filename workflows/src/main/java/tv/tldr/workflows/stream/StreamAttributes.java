package tv.tldr.workflows.stream;

import io.temporal.common.SearchAttributeKey;

/** By which attributes can an operator search the streams' workflows? The namespace must know all of them. */
public final class StreamAttributes {
    public static final SearchAttributeKey<String> ORGANIZATION_ID = SearchAttributeKey.forKeyword("OrganizationId");
    public static final SearchAttributeKey<String> STREAM_STATUS = SearchAttributeKey.forKeyword("StreamStatus");
    public static final SearchAttributeKey<String> PLATFORM = SearchAttributeKey.forKeyword("Platform");
    public static final SearchAttributeKey<Boolean> IS_LIVE = SearchAttributeKey.forBoolean("IsLive");
    public static final SearchAttributeKey<Long> HIGHLIGHT_COUNT = SearchAttributeKey.forLong("HighlightCount");

    private StreamAttributes() {}
}
