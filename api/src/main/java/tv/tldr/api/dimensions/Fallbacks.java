package tv.tldr.api.dimensions;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.account.OrganizationId;

/** Does the set that a request falls back on exist, and does it not come back? */
@Component
final class Fallbacks {
    private static final String FIELD = "fallback_set_id";

    private final DimensionSetStore sets;

    Fallbacks(DimensionSetStore sets) {
        this.sets = sets;
    }

    /**
     * Notes in {@code body} what is wrong with its fallback. The store looks again when it writes; here it is told together
     * with all other faults.
     *
     * @param id of the set that is described
     */
    Mono<Fields> check(OrganizationId organization, Fields body, String id) {
        return Mono.justOrEmpty(body.glance("/" + FIELD))
                .flatMap(fallback -> sets.fault(organization, id, fallback))
                .doOnNext(broken -> body.refuse(FIELD, broken.fault()))
                .thenReturn(body);
    }
}
