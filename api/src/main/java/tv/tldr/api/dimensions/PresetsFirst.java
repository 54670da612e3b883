package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /**
     * Which page is asked for?
     *
     * @param presets whether entries of presets are wanted
     * @param own whether the tenant's own are
     */
    record Wanted(boolean presets, boolean own, Place place, int limit) {}

    /** The page that the request asks for. */
    Wanted wanted(Parameters parameters) {
        Optional<Boolean> preset = parameters.flag("preset");
        return new Wanted(
                preset.orElse(true),
                !preset.orElse(false),
                parameters.cursor(list, PresetsFirst::parse).orElse(Place.START),
                parameters.limit());
    }

    private static Place parse(List<String> keys) {
        if (keys.getFirst().equals(PRESETS)) {
            int behind = Integer.parseInt(keys.get(1));
            return new Place(Math.max(0, behind), null);
        }
        // One's own are by set, whose place its id says, then by number.
        int number = Integer.parseInt(keys.getFirst());
        return new Place(Integer.MAX_VALUE, new Cursor(Integer.toString(number), UUID.fromString(keys.get(1))));
    }

    /**
     * The page that is {@code wanted}.
     *
     * @param presets all entries of the presets
     * @param own reads the tenant's own from a place on, at least one and at most so many
     */
    <T> Mono<Page<T>> page(
            Wanted wanted,
            List<T> presets,
            BiFunction<@Nullable Cursor, Integer, Mono<tv.tldr.activities.store.Page<T>>> own) {
        List<T> all = wanted.presets() ? presets : List.of();
        int from = Math.min(wanted.place().presets(), all.size());
        int to = Math.min(all.size(), from + wanted.limit());
        List<T> first = all.subList(from, to);
        PageToken afterPresets = new PageToken(list, List.of(PRESETS, Integer.toString(to)));
        if (to < all.size()) {
            return Mono.just(Page.of(first, afterPresets, entry -> entry));
        }
        if (!wanted.own()) {
            return Mono.just(Page.of(first, null, entry -> entry));
        }
        int room = wanted.limit() - first.size();
        return own.apply(wanted.place().own(), Math.max(1, room)).map(rest -> {
            if (room == 0) {
                return Page.of(first, rest.items().isEmpty() ? null : afterPresets, entry -> entry);
            }
            List<T> both = new ArrayList<>(first);
            both.addAll(rest.items());
            return Page.of(list, new tv.tldr.activities.store.Page<>(both, rest.next()), entry -> entry);
        });
    }
}
