package tv.tldr.api.highlights;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;

/** The files of a highlight over HTTP, for those who show the key; players may ask for parts. */
@RestController
@RequestMapping("/api/v1/highlights/{id}")
final class FileController {
    private final HighlightLookup highlights;
    private final FileAnswers answers;

    FileController(HighlightLookup highlights, FileAnswers answers) {
        this.highlights = highlights;
        this.answers = answers;
    }

    @GetMapping("/clip")
    Mono<ResponseEntity<Flux<DataBuffer>>> clip(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        return file(tenant, id, CutClip::clip, "clip", request);
    }

    @GetMapping("/thumbnail")
    Mono<ResponseEntity<Flux<DataBuffer>>> thumbnail(
            Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        return file(tenant, id, CutClip::thumbnail, "thumbnail", request);
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> file(
            Tenant tenant,
            String id,
            Function<CutClip, @Nullable StoredFile> which,
            String what,
            ServerHttpRequest request) {
        tenant.require("highlights:read");
        return highlights
                .find(tenant, id)
                .flatMap(
                        row -> Mono.justOrEmpty(Optional.ofNullable(row.files()).map(which)))
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound(what)))
                .flatMap(file -> answers.answer(file, id, request))
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound(what)));
    }
}
