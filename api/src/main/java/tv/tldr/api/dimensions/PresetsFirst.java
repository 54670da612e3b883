package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Cursor;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;

/**
 * How does a list begin with what every tenant has and go on with a tenant's own?
 *
 * @param list the name of the list in its cursors
 */
record PresetsFirst(String list) {
    private static final String PRESETS = "presets";

    /**
     * @param presets how many of the presets' entries are behind
     * @param own where the tenant's own begin; null: at their first
     */
    record Place(int presets, @Nullable Cursor own) {
        private static final Place START = new Place(0, null);
    }

    /** Where the page begins that the request asks for. */
    Place place(Parameters parameters) {
        return parameters.cursor(list, PresetsFirst::parse).orElse(Place.START);
    }

    private static Place parse(List<String> keys) {
        if (keys.getFirst().equals(PRESETS)) {
            int behind = Integer.parseInt(keys.get(1));
            return new Place(Math.max(0, behind), null);
        }
        // Every order of one's own is by id, then by number.
        int number = Integer.parseInt(keys.getFirst());
        return new Place(Integer.MAX_VALUE, new Cursor(Integer.toString(number), UUID.fromString(keys.get(1))));
    }

    /**
     * The page at {@code place}.
     *
     * @param presets all entries of the presets
     * @param own reads the tenant's own from a place on, at least one and at most so many
     */
    <T> Mono<Page<T>> page(
            List<T> presets,
            Place place,
            int limit,
            BiFunction<@Nullable Cursor, Integer, Mono<tv.tldr.activities.store.Page<T>>> own) {
        int from = Math.min(place.presets(), presets.size());
        int to = Math.min(presets.size(), from + limit);
        List<T> first = presets.subList(from, to);
        PageToken afterPresets = new PageToken(list, List.of(PRESETS, Integer.toString(to)));
        if (to < presets.size()) {
            return Mono.just(Page.of(first, afterPresets, entry -> entry));
        }
        int room = limit - first.size();
        return own.apply(place.own(), Math.max(1, room)).map(rest -> {
            if (room == 0) {
                return Page.of(first, rest.items().isEmpty() ? null : afterPresets, entry -> entry);
            }
            List<T> all = new ArrayList<>(first);
            all.addAll(rest.items());
            return Page.of(all, token(rest.next()), entry -> entry);
        });
    }

    private @Nullable PageToken token(@Nullable Cursor next) {
        return next == null
                ? null
                : new PageToken(list, List.of(next.key(), next.id().toString()));
    }
}
