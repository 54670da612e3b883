package tv.tldr.activities.store;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FallbackChain.Cyclic;
import tv.tldr.activities.store.FallbackChain.Missing;
import tv.tldr.activities.store.FallbackChain.TooLong;
import tv.tldr.activities.store.FallbackChain.Whole;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSet;
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
        return resolve(id).flatMap(first -> follow(List.of(first))).defaultIfEmpty(new Missing(id));
    }

    /** From a set as it would be if it were written down. */
    Mono<FallbackChain> from(DimensionSet unsaved) {
        return follow(List.of(new DimensionSetVersion(1, unsaved)));
    }

    private Mono<FallbackChain> follow(List<DimensionSetVersion> behind) {
        String next = behind.getLast().definition().fallbackSetId();
        if (next == null) {
            return Mono.just(new Whole(new DimensionSetChain(behind, List.of())));
        }
        if (behind.stream().anyMatch(set -> set.definition().id().equals(next))) {
            return Mono.just(new Cyclic(next));
        }
        if (behind.size() == DimensionSetChain.LONGEST) {
            return Mono.just(new TooLong());
        }
        return resolve(next)
                .flatMap(found -> {
                    List<DimensionSetVersion> longer = new ArrayList<>(behind);
                    longer.add(found);
                    return follow(longer);
                })
                .defaultIfEmpty(new Missing(next));
    }

    private Mono<DimensionSetVersion> resolve(String id) {
        return Mono.justOrEmpty(Preset.named(id)).map(DimensionSetVersion::of).switchIfEmpty(Mono.defer(() -> own(id)));
    }

    private Mono<DimensionSetVersion> own(String id) {
        return Mono.fromSupplier(() -> DimensionSetId.parse(id))
                .onErrorComplete(IllegalArgumentException.class)
                .flatMap(parsed -> sets.find(organization, parsed))
                .map(DimensionSetRow::snapshot);
    }
}
