package tv.tldr.api.shares;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.ShareStore;
import tv.tldr.api.highlights.FileAnswers;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.shares.Door.Guest;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;

/** What anybody gets by a link: a page with a player, counted as a view, and by its ticket the files that the player asks for. */
@RestController
@RequestMapping(ShareLinks.FOLDER + "/{token}")
final class SharedController {
    private static final String TICKET = "ticket";
    private static final int LONGEST_TICKET = 100;
    private static final String FROM_THE_START = "bytes=0-";

    private final Door door;
    private final ShareStore shares;
    private final FileAnswers files;

    SharedController(Door door, ShareStore shares, FileAnswers files) {
        this.door = door;
        this.shares = shares;
        this.files = files;
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    Mono<ResponseEntity<String>> page(@PathVariable String token, ServerWebExchange exchange) {
        boolean looks = exchange.getRequest().getMethod().equals(HttpMethod.GET);
        return door.view(token, looks, exchange).map(guest -> {
            // Other sites show it in a frame; which ones, its policy says.
            exchange.getResponse().getHeaders().remove("X-Frame-Options");
            return ResponseEntity.ok()
                    .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                    .header("Content-Security-Policy", PlayerPage.POLICY)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(page(guest, token));
        });
    }

    private String page(Guest guest, String token) {
        String ticket = "?" + TICKET + "=" + door.ticket(guest.share());
        CutClip clip = guest.highlight().files();
        boolean picture = clip != null && clip.thumbnail() != null;
        return PlayerPage.of(
                title(guest.highlight()),
                token + "/clip" + ticket,
                picture ? token + "/thumbnail" + ticket : "",
                guest.share().allowDownload() ? token + "/download" + ticket : "");
    }

    static String title(HighlightRow highlight) {
        return Objects.requireNonNullElse(highlight.title(), "Highlight");
    }

    @GetMapping("/clip")
    Mono<ResponseEntity<Flux<DataBuffer>>> clip(
            @PathVariable String token, @RequestParam MultiValueMap<String, String> query, ServerWebExchange exchange) {
        return file(door.with(token, ticket(query), exchange), CutClip::clip, "inline", exchange);
    }

    @GetMapping("/thumbnail")
    Mono<ResponseEntity<Flux<DataBuffer>>> thumbnail(
            @PathVariable String token, @RequestParam MultiValueMap<String, String> query, ServerWebExchange exchange) {
        return file(door.with(token, ticket(query), exchange), CutClip::thumbnail, "inline", exchange);
    }

    /** Counted once for each that begins at the beginning. */
    @GetMapping("/download")
    Mono<ResponseEntity<Flux<DataBuffer>>> download(
            @PathVariable String token, @RequestParam MultiValueMap<String, String> query, ServerWebExchange exchange) {
        String range = Objects.requireNonNullElse(
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.RANGE), FROM_THE_START);
        boolean begins = range.startsWith(FROM_THE_START)
                && exchange.getRequest().getMethod().equals(HttpMethod.GET);
        Mono<Guest> guest = door.with(token, ticket(query), exchange)
                .filter(one -> one.share().allowDownload())
                .flatMap(one -> begins ? shares.countDownload(one.share()).thenReturn(one) : Mono.just(one));
        return file(guest, CutClip::clip, "attachment", exchange);
    }

    private static Optional<String> ticket(MultiValueMap<String, String> query) {
        Parameters parameters = new Parameters(query);
        Optional<String> ticket = parameters.text(TICKET, LONGEST_TICKET);
        parameters.finish();
        return ticket;
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> file(
            Mono<Guest> guest,
            Function<CutClip, @Nullable StoredFile> which,
            String disposition,
            ServerWebExchange exchange) {
        return guest.flatMap(one -> Mono.justOrEmpty(
                                Optional.ofNullable(one.highlight().files()).map(which))
                        .flatMap(file -> files.answer(file, one.highlight().id().toString(), exchange.getRequest())))
                .map(answer -> shown(answer, disposition))
                .switchIfEmpty(Mono.error(Door::closed));
    }

    /** Kept by nobody: a revocation holds at once. */
    private static ResponseEntity<Flux<DataBuffer>> shown(ResponseEntity<Flux<DataBuffer>> answer, String disposition) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(answer.getHeaders());
        headers.setCacheControl("no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        String inline = headers.getFirst(HttpHeaders.CONTENT_DISPOSITION);
        if (inline != null) {
            headers.set(HttpHeaders.CONTENT_DISPOSITION, inline.replaceFirst("^inline", disposition));
        }
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }
}
