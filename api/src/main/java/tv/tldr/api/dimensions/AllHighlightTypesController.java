package tv.tldr.api.dimensions;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.scoring.Preset;

/** Every highlight type that a tenant may use over HTTP: those of the presets, then those of its own sets. */
@RestController
@RequestMapping(path = "/api/v1/highlight-types", produces = MediaType.APPLICATION_JSON_VALUE)
final class AllHighlightTypesController {
    private static final PresetsFirst LIST = new PresetsFirst("highlight-types");

    private final DimensionSetStore sets;

    AllHighlightTypesController(DimensionSetStore sets) {
        this.sets = sets;
    }

    @GetMapping
    Mono<Page<HighlightTypeResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("dimensions:read");
        Parameters parameters = new Parameters(query);
        PresetsFirst.Wanted wanted = LIST.wanted(parameters);
        parameters.finish();
        List<HighlightTypeResponse> presets = Arrays.stream(Preset.values())
                .map(StoredSet::of)
                .flatMap(AllHighlightTypesController::types)
                .toList();
        return LIST.page(wanted, presets, (after, most) -> sets.types(tenant.organizationId(), after, most)
                .map(page -> page.map(found ->
                        HighlightTypeResponse.of(found.set().toString(), found.version(), false, found.type()))));
    }

    private static Stream<HighlightTypeResponse> types(StoredSet set) {
        return set.definition().types().stream().map(type -> HighlightTypeResponse.of(set, type));
    }
}
