package tv.tldr.api.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.KeptAnswer;

/** What is answered? Told before it is sent, so that nobody has an answer that we do not know of. */
final class RecordedResponse extends ServerHttpResponseDecorator {
    /** Those that belong to the answer and not to the exchange. */
    private static final List<String> KEPT = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LINK,
            HttpHeaders.RETRY_AFTER,
            "Tus-Resumable",
            "Upload-Expires",
            "Upload-Length",
            "Upload-Metadata",
            "Upload-Offset");

    private final Function<KeptAnswer, Mono<Void>> listener;
    private boolean told;

    RecordedResponse(ServerHttpResponse response, Function<KeptAnswer, Mono<Void>> listener) {
        super(response);
        this.listener = listener;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return DataBufferUtils.join(Flux.from(body))
                .map(RecordedResponse::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(bytes -> tell(bytes)
                        .then(Mono.defer(() -> super.writeWith(
                                Mono.fromSupplier(() -> bufferFactory().wrap(bytes))))));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return writeWith(Flux.from(body).concatMap(part -> part));
    }

    @Override
    public Mono<Void> setComplete() {
        return finish().then(Mono.defer(super::setComplete));
    }

    /** The request is done: whoever has not written a body by now has none. */
    Mono<Void> finish() {
        return Mono.defer(() -> told ? Mono.empty() : tell(new byte[0]));
    }

    private Mono<Void> tell(byte[] body) {
        told = true;
        HttpStatusCode status = Objects.requireNonNullElse(getStatusCode(), HttpStatus.OK);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT) {
            String value = getHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return listener.apply(new KeptAnswer(status.value(), headers, new String(body, ISO_8859_1)));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
