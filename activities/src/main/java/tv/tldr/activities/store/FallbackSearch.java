package tv.tldr.activities.store;

import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FallbackChain.Broken;
import tv.tldr.activities.store.FallbackChain.Cyclic;
import tv.tldr.activities.store.FallbackChain.Missing;
import tv.tldr.activities.store.FallbackChain.TooLong;
import tv.tldr.activities.store.FallbackChain.TooLongBehind;
import tv.tldr.activities.store.FallbackChain.Whole;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;

/**
 * Where do a set's fallbacks lead, step by step?
 *
 * @param sets knows those of the organization
 */
record FallbackSearch(OrganizationId organization, DimensionSetStore sets) {
    /** From the set that {@code id} names, a preset or one of the organization. */
    Mono<FallbackChain> from(String id) {
        return follow(List.of(), List.of(), id);
    }

    /** What is wrong when {@code id}, which need not be written down yet, falls back on {@code fallback}; empty: nothing. */
    Mono<Broken> fault(String id, String fallback) {
        return follow(List.of(id), List.of(), fallback).flatMap(found -> switch (found) {
            case Broken broken -> Mono.just(broken);
            case Whole whole ->
                above(id, 0)
                        .filter(above -> above + 1 + whole.chain().sets().size() > DimensionSetChain.LONGEST)
                        .map(above -> new TooLongBehind());
        });
    }

    /** How many sets lead to {@code id} in a row, at most. */
    private Mono<Integer> above(String id, int depth) {
        return depth == DimensionSetChain.LONGEST
                ? Mono.just(depth)
                : parsed(id)
                        .flatMapMany(own -> sets.fallingBackOn(organization, own))
                        .concatMap(user -> above(user, depth + 1))
                        .reduce(depth, Math::max);
    }

    /**
     * @param behind ids of all that lead to {@code next}
     * @param found those of them that are in the chain
     */
    private Mono<FallbackChain> follow(List<String> behind, List<DimensionSetVersion> found, String next) {
        if (behind.contains(next)) {
            return Mono.just(new Cyclic(next));
        }
        if (behind.size() == DimensionSetChain.LONGEST) {
            return Mono.just(new TooLong());
        }
        return resolve(next)
                .flatMap(set -> {
                    List<DimensionSetVersion> chain = and(found, set);
                    String further = set.definition().fallbackSetId();
                    return further == null
                            ? Mono.just(new Whole(new DimensionSetChain(chain, List.of())))
                            : follow(and(behind, next), chain, further);
                })
                .defaultIfEmpty(new Missing(next));
    }

    private static <T> List<T> and(List<T> all, T one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }

    private Mono<DimensionSetVersion> resolve(String id) {
        return Mono.justOrEmpty(Preset.named(id)).map(DimensionSetVersion::of).switchIfEmpty(Mono.defer(() -> own(id)));
    }

    private Mono<DimensionSetVersion> own(String id) {
        return parsed(id).flatMap(parsed -> sets.find(organization, parsed)).map(DimensionSetRow::snapshot);
    }

    /** Empty for what is no set of an organization: a preset, or one that is not to be written down. */
    private static Mono<DimensionSetId> parsed(String id) {
        return Mono.fromSupplier(() -> DimensionSetId.parse(id)).onErrorComplete(IllegalArgumentException.class);
    }
}
