package tv.tldr.api.highlights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightEdit;
import tv.tldr.activities.store.HighlightEditStore;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.FieldError;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.highlight.HighlightId;

/** How do people change highlights: one of a known version, or many at once, all or none? */
@Component
final class HighlightChanges {
    private final HighlightEditStore edits;
    private final HighlightLookup highlights;

    HighlightChanges(HighlightEditStore edits, HighlightLookup highlights) {
        this.edits = edits;
        this.highlights = highlights;
    }

    /** What is there already is not written, and nobody is told. */
    Mono<HighlightRow> change(Tenant tenant, HighlightRow row, IfMatch precondition, HighlightEdit edit) {
        precondition.require(row.version());
        if (!HighlightEditReader.changes(edit, row)) {
            return Mono.just(row);
        }
        Map<HighlightId, Long> version = precondition.isGiven() ? Map.of(row.id(), row.version()) : Map.of();
        return edits.edit(tenant.organizationId(), List.of(row.id()), edit, version)
                .flatMap(changed -> changed.isEmpty() ? Mono.empty() : Mono.just(changed.getFirst()))
                .switchIfEmpty(Mono.defer(
                        () -> highlights.find(tenant, row.id().toString()).map(now -> {
                            throw IfMatch.failed(now.version());
                        })));
    }

    /**
     * In the order of {@code ids}.
     *
     * @param versions those that the client means to change
     */
    Mono<List<HighlightRow>> changeAll(
            Tenant tenant, List<HighlightId> ids, HighlightEdit edit, Map<HighlightId, Long> versions) {
        return sound(tenant, ids, versions)
                .then(edits.edit(tenant.organizationId(), ids, edit, versions))
                .flatMap(changed -> changed.isEmpty()
                        ? sound(tenant, ids, versions).then(Mono.error(overtaken(List.of())))
                        : Mono.just(changed))
                .map(changed -> changed.stream()
                        .sorted(Comparator.comparingInt(row -> ids.indexOf(row.id())))
                        .toList());
    }

    private Mono<Void> sound(Tenant tenant, List<HighlightId> ids, Map<HighlightId, Long> versions) {
        return edits.find(tenant.organizationId(), ids)
                .collectList()
                .doOnNext(found -> {
                    requireAll(ids, found);
                    requireVersions(versions, found);
                })
                .then();
    }

    private static void requireVersions(Map<HighlightId, Long> versions, List<HighlightRow> found) {
        List<FieldError> faults = found.stream()
                .filter(row -> versions.getOrDefault(row.id(), row.version()) != row.version())
                .map(row -> FieldError.inBody("versions." + row.id(), "is " + row.version() + " now"))
                .toList();
        if (!faults.isEmpty()) {
            throw overtaken(faults);
        }
    }

    private static ProblemException overtaken(List<FieldError> faults) {
        return ProblemException.of(
                ErrorCode.PRECONDITION_FAILED,
                "Some were changed in the meantime, and nothing is written. Read them again and repeat the change.",
                faults);
    }

    private static void requireAll(List<HighlightId> ids, List<HighlightRow> found) {
        Set<HighlightId> there = found.stream().map(HighlightRow::id).collect(Collectors.toCollection(HashSet::new));
        List<FieldError> faults = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!there.contains(ids.get(i))) {
                faults.add(FieldError.inBody("ids[" + i + "]", HighlightFilterReader.NO_SUCH));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }
}
