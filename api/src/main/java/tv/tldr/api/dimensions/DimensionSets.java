package tv.tldr.api.dimensions;

import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DimensionSetRow;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.activities.store.SetChange;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.Preset;

/** Which set does an id in a path name, and how is one changed without losing somebody else's change? */
@Component
final class DimensionSets {
    private static final String SET = "dimension set";

    private final DimensionSetStore sets;

    DimensionSets(DimensionSetStore sets) {
        this.sets = sets;
    }

    /** A preset or the current version of a set of {@code tenant}, else the same 404 in every case. */
    Mono<StoredSet> find(Tenant tenant, String id) {
        return Mono.justOrEmpty(Preset.named(id))
                .map(StoredSet::of)
                .switchIfEmpty(Mono.defer(() -> own(tenant, id)).map(StoredSet::of));
    }

    /** The same as it was in one of its versions. */
    Mono<StoredSet> find(Tenant tenant, String id, int version) {
        return find(tenant, id)
                .flatMap(current -> current.version() == version
                        ? Mono.just(current)
                        : current.preset()
                                ? Mono.empty()
                                : sets.find(tenant.organizationId(), DimensionSetId.parse(id), version)
                                        .map(StoredSet::of))
                .switchIfEmpty(Mono.error(DimensionSets::none));
    }

    /** A set of {@code tenant} that can be changed. */
    Mono<DimensionSetRow> own(Tenant tenant, String id) {
        if (Preset.named(id).isPresent()) {
            return Mono.error(new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    id + " is a preset, which nobody can change; POST /api/v1/dimension-sets with \"base\": \"" + id
                            + "\" makes a set of yours from it."));
        }
        return Mono.fromSupplier(() -> PathId.parse(DimensionSetId::parse, id, SET))
                .flatMap(parsed -> sets.find(tenant.organizationId(), parsed))
                .switchIfEmpty(Mono.error(DimensionSets::none));
    }

    /**
     * Writes what {@code edit} makes of the current version as the next one; what is the same writes nothing.
     *
     * @param edit may be asked again when somebody else was quicker and the client did not name a version
     */
    Mono<StoredSet> change(
            Tenant tenant, String id, IfMatch precondition, Function<DimensionSetRow, Mono<DimensionSet>> edit) {
        return precondition
                .change(own(tenant, id), DimensionSetRow::version, row -> edit.apply(row)
                        .flatMap(next -> next.equals(row.definition())
                                ? Mono.<SetChange>just(new SetChange.Done(row))
                                : sets.update(tenant.organizationId(), next, row.version()))
                        .filter(DimensionSets::isOfTheCurrentVersion))
                .map(change -> StoredSet.of(written(change)));
    }

    /** Deletes the set; refused while another one falls back on it. */
    Mono<Void> delete(Tenant tenant, String id, IfMatch precondition) {
        return precondition
                .change(own(tenant, id), DimensionSetRow::version, row -> sets.delete(
                                tenant.organizationId(), row.id(), row.version())
                        .filter(DimensionSets::isOfTheCurrentVersion))
                .map(DimensionSets::written)
                .then();
    }

    private static boolean isOfTheCurrentVersion(SetChange change) {
        return !(change instanceof SetChange.Stale);
    }

    /** @throws ProblemException when nothing was written */
    static DimensionSetRow written(SetChange change) {
        return switch (change) {
            case SetChange.Done done -> done.set();
            case SetChange.Missing _ -> throw none();
            case SetChange.Stale stale -> throw IfMatch.failed(stale.version());
            case SetChange.BadFallback bad ->
                throw ProblemException.invalidInBody(
                        "fallback_set_id", bad.why().fault());
            case SetChange.InUse used ->
                throw new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "Other sets fall back on it: " + String.join(", ", used.sets())
                                + ". Give them another fallback_set_id first.");
        };
    }

    static ProblemException none() {
        return ProblemException.notFound(SET);
    }
}
