package tv.tldr.api.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;

/** Which dimension set does a request describe that need not be saved, and where does it fall back? */
@Component
public final class UnsavedSets {
    private static final String ID = "unsaved";

    private final DimensionSetStore sets;
    private final Fallbacks fallbacks;

    UnsavedSets(DimensionSetStore sets, Fallbacks fallbacks) {
        this.sets = sets;
        this.fallbacks = fallbacks;
    }

    /**
     * Notes in {@code body} what is wrong with the set in its field {@code name}, which is required.
     *
     * @return the set under the id {@code unsaved} and those behind it; empty where the body has a fault
     */
    public Mono<Optional<DimensionSetChain>> read(OrganizationId organization, Fields body, String name) {
        if (body.node(name).isEmpty() && body.isSound(name)) {
            body.refuse(name, "is required");
        }
        return Mono.justOrEmpty(body.object(name))
                .flatMap(fields -> fallbacks.check(organization, fields, ID))
                .flatMap(fields -> Mono.justOrEmpty(DimensionSetReader.read(fields, ID)))
                .flatMap(set -> chain(organization, set))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<DimensionSetChain> chain(OrganizationId organization, DimensionSet set) {
        return Mono.justOrEmpty(set.fallbackSetId())
                .flatMap(fallback -> sets.chain(organization, fallback))
                .ofType(FallbackChain.Whole.class)
                .map(whole -> whole.chain().sets())
                .defaultIfEmpty(List.of())
                .map(behind -> {
                    List<DimensionSetVersion> all = new ArrayList<>();
                    all.add(new DimensionSetVersion(1, set));
                    all.addAll(behind);
                    return new DimensionSetChain(all, List.of());
                });
    }
}
