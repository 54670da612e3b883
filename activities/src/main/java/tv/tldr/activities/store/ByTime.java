package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;

/**
 * From which end is a list by time read, from where on, and how far?
 *
 * @param oldestFirst false: newest first
 * @param after the {@link Page#next()} of the page before, in the same order; null: the first page
 * @param limit at most so many, from 1
 */
public record ByTime(boolean oldestFirst, @Nullable Cursor after, int limit) {
    /** The end of a statement that reads the page, and one row more. */
    String rows(String time, String id) {
        String direction = oldestFirst ? "ASC" : "DESC";
        return "ORDER BY %s %s, %s %s LIMIT %d".formatted(time, direction, id, direction, limit + 1);
    }

    /** The same of rows that are called as they mostly are. */
    String rows() {
        return rows("created_at", "id");
    }
}
