package tv.tldr.api.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Cursor;

/**
 * One page of a list on the wire.
 *
 * @param nextCursor where the next page begins; null when there is none
 */
public record Page<T>(List<T> data, @Nullable String nextCursor, boolean hasMore) {
    /** The same page in another shape. */
    public <S> Page<S> map(Function<T, S> shape) {
        return new Page<>(data.stream().map(shape).toList(), nextCursor, hasMore);
    }

    /** What was read of {@code list}, in the shape of the wire. */
    public static <S, T> Page<T> of(String list, tv.tldr.activities.store.Page<S> read, Function<S, T> shape) {
        Cursor next = read.next();
        return of(
                read.items(),
                next == null
                        ? null
                        : new PageToken(list, List.of(next.key(), next.id().toString())),
                shape);
    }

    /** {@code items} in the shape of the wire, and the place behind the last one; null on the last page. */
    public static <S, T> Page<T> of(List<S> items, @Nullable PageToken next, Function<S, T> shape) {
        return new Page<>(items.stream().map(shape).toList(), next == null ? null : next.encode(), next != null);
    }
}
