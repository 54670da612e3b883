package tv.tldr.api.highlights;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FileLink;
import tv.tldr.activities.store.FileLinks;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.limits.Tries;
import tv.tldr.api.security.ClientAddress;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;

/** The files of a highlight for whoever has a signed address of them. Why one is good no more is told to nobody. */
@RestController
final class SignedFileController {
    /** Requests of one address: players ask for parts, and a page shows many pictures. */
    private static final int MOST = 1200;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final FileLinks links;
    private final HighlightStore highlights;
    private final FileAnswers answers;
    private final Tries tries;
    private final ClientAddress addresses;
    private final Clock clock;

    SignedFileController(
            FileLinks links,
            HighlightStore highlights,
            FileAnswers answers,
            Tries tries,
            ClientAddress addresses,
            Clock clock) {
        this.links = links;
        this.highlights = highlights;
        this.answers = answers;
        this.tries = tries;
        this.addresses = addresses;
        this.clock = clock;
    }

    @GetMapping(FileAddresses.FOLDER + "{link}")
    Mono<ResponseEntity<Flux<DataBuffer>>> file(@PathVariable String link, ServerWebExchange exchange) {
        return tries.count("signed files from " + addresses.text(exchange.getRequest()), MOST, WINDOW, exchange)
                .then(Mono.defer(() -> links.open(link, clock.instant())))
                .flatMap(open -> highlights
                        .find(open.organization(), open.highlight())
                        .flatMap(row -> Mono.justOrEmpty(
                                Optional.ofNullable(row.files()).map(files -> file(files, open.kind()))))
                        .flatMap(file -> answers.answer(file, open.highlight().toString(), exchange.getRequest())))
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("link")));
    }

    private static @Nullable StoredFile file(CutClip files, FileLink.Kind kind) {
        return switch (kind) {
            case CLIP -> files.clip();
            case THUMBNAIL -> files.thumbnail();
        };
    }
}
