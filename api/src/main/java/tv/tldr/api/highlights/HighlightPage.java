package tv.tldr.api.highlights;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Cursor;
import tv.tldr.activities.store.HighlightFilter;
import tv.tldr.activities.store.HighlightSort;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;

/**
 * Which page of highlights does a request ask for, in which order, and how much of each?
 *
 * @param list what the list is called in its cursors: in another order it is another one
 * @param after where the page begins; null: at the first
 */
record HighlightPage(
        HighlightFilter filter,
        HighlightSort sort,
        String list,
        @Nullable Cursor after,
        int limit,
        View view) {
    /** Of all streams: the newest first, unless asked otherwise. */
    static HighlightPage ofAll(Parameters parameters) {
        HighlightFilter filter = HighlightFilterReader.read(parameters);
        HighlightPage page = read(parameters, filter, HighlightSort.Key.CREATED_AT, "all-highlights");
        if (page.sort().key() == HighlightSort.Key.START_TIME && filter.stream() == null) {
            parameters.refuse("sort", "is by the time of one stream; give its stream_id, too");
        }
        return page;
    }

    /** Of {@code stream}, which its filter does not name yet: the best first, unless asked otherwise. */
    static HighlightPage ofOneStream(String stream, Parameters parameters) {
        return read(
                parameters,
                HighlightFilterReader.readWithoutStream(parameters),
                HighlightSort.Key.CONFIDENCE,
                PageToken.listBelow(stream, "highlights"));
    }

    private static HighlightPage read(
            Parameters parameters, HighlightFilter filter, HighlightSort.Key usual, String name) {
        HighlightSort.Key key =
                parameters.choice("sort", HighlightSort.Key.class).orElse(usual);
        Order usualOrder = key == HighlightSort.Key.START_TIME ? Order.ASC : Order.DESC;
        Order order = parameters.choice("order", Order.class).orElse(usualOrder);
        String list = name + "-by-" + key + "-" + order;
        return new HighlightPage(
                filter,
                new HighlightSort(key, order == Order.ASC),
                list,
                parameters.cursor(list, keys -> position(key, keys)).orElse(null),
                parameters.limit(),
                parameters.choice("view", View.class).orElse(View.BASIC));
    }

    private static Cursor position(HighlightSort.Key key, List<String> keys) {
        UUID id = UUID.fromString(keys.get(1));
        String place = keys.getFirst();
        return switch (key) {
            case CONFIDENCE, START_TIME -> new Cursor(Double.toString(Double.parseDouble(place)), id);
            case CREATED_AT -> Parameters.created(keys);
        };
    }
}
