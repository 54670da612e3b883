package tv.tldr.activities.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as were asked for
 * @param next where the next page begins; null on the last one
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
    public Page {
        items = List.copyOf(items);
    }

    public boolean hasMore() {
        return next != null;
    }

    /** The same page in another shape. */
    public <S> Page<S> map(Function<T, S> shape) {
        return new Page<>(items.stream().map(shape).toList(), next);
    }

    /** Cuts a list that was read with one row more than {@code limit}, which tells whether there is more. */
    static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> position) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), position.apply(rows.get(limit - 1)));
    }
}
