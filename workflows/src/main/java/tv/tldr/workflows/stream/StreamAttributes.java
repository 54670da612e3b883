package tv.tldr.workflows.stream;

import io.temporal.common.SearchAttributeKey;
import java.util.List;
import java.util.Locale;

/** By which attributes can an operator search the streams' workflows? The namespace must know all of them. */
public final class StreamAttributes {
    public static final SearchAttributeKey<String> ORGANIZATION_ID = SearchAttributeKey.forKeyword("OrganizationId");
    public static final SearchAttributeKey<String> STREAM_STATUS = SearchAttributeKey.forKeyword("StreamStatus");
    public static final SearchAttributeKey<String> PLATFORM = SearchAttributeKey.forKeyword("Platform");
    public static final SearchAttributeKey<Boolean> IS_LIVE = SearchAttributeKey.forBoolean("IsLive");
    public static final SearchAttributeKey<Long> HIGHLIGHT_COUNT = SearchAttributeKey.forLong("HighlightCount");

    /** All of them. */
    public static final List<SearchAttributeKey<?>> ALL =
            List.of(ORGANIZATION_ID, STREAM_STATUS, PLATFORM, IS_LIVE, HIGHLIGHT_COUNT);

    private StreamAttributes() {}

    /** As the command line of Temporal writes it: {@code INDEXED_VALUE_TYPE_KEYWORD} as {@code Keyword}. */
    public static String typeOf(SearchAttributeKey<?> key) {
        String word = key.getValueType().name().substring("INDEXED_VALUE_TYPE_".length());
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
