package tv.tldr.api.http;

import java.util.function.Function;
import tv.tldr.activities.store.ByTime;

/**
 * Which page of a list by time does a request ask for, by its {@code order}, {@code cursor} and {@code limit}?
 *
 * @param name what the list is called in its cursors; in the other order it is another list
 */
public record ListByTime(String name, ByTime page) {
    /** @param usual the order of those who name none */
    public static ListByTime read(Parameters parameters, String list, Order usual) {
        Order order = parameters.choice("order", Order.class).orElse(usual);
        boolean oldestFirst = order == Order.ASC;
        String name = order == usual ? list : list + (oldestFirst ? "-oldest-first" : "-newest-first");
        return new ListByTime(
                name, new ByTime(oldestFirst, parameters.cursorByCreation(name).orElse(null), parameters.limit()));
    }

    /** What was read of it, in the shape of the wire. */
    public <S, T> Page<T> answer(tv.tldr.activities.store.Page<S> read, Function<S, T> shape) {
        return Page.of(name, read, shape);
    }
}
