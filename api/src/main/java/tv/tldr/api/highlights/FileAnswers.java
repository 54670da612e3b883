package tv.tldr.api.highlights;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;

/** How does a stored file become an answer: whole, in part, or not at all because the client has it? */
@Component
public final class FileAnswers {
    private static final int BUFFER = 64 * 1024;
    /** What stands under a file's hash never changes; a new cut has a new one. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final ObjectStore objects;

    FileAnswers(ObjectStore objects) {
        this.objects = objects;
    }

    /** Empty when the object store does not have the file. */
    public Mono<ResponseEntity<Flux<DataBuffer>>> answer(StoredFile file, String name, ServerHttpRequest request) {
        ObjectKey key = new ObjectKey(file.objectKey());
        return Mono.fromCallable(() -> objects.size(key))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty)
                .map(size -> answer(new Stored(file, key, size, name), request));
    }

    private record Stored(StoredFile file, ObjectKey key, long size, String name) {
        String etag() {
            return "\"" + file.sha256() + "\"";
        }
    }

    private ResponseEntity<Flux<DataBuffer>> answer(Stored stored, ServerHttpRequest request) {
        if (isKnown(stored, request.getHeaders())) {
            return head(HttpStatus.NOT_MODIFIED, stored).build();
        }
        Optional<ByteRange> range = range(stored, request.getHeaders());
        HttpStatus status = range.isPresent() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK;
        ByteRange bytes = range.orElse(new ByteRange(0, stored.size()));
        ResponseEntity.BodyBuilder answer = head(status, stored).contentLength(bytes.length());
        range.ifPresent(part -> answer.header(HttpHeaders.CONTENT_RANGE, part.of(stored.size())));
        return HttpMethod.HEAD.equals(request.getMethod()) ? answer.build() : answer.body(content(stored.key(), bytes));
    }

    /** What is no ETag names no version. */
    private static boolean isKnown(Stored stored, HttpHeaders headers) {
        String given = headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        return given != null
                && (given.strip().equals("*")
                        || ETag.parse(given).stream()
                                .anyMatch(tag -> tag.tag().equals(stored.file().sha256())));
    }

    /** {@code If-Range}: a part of another version than the one at hand would spoil what the client has. */
    private static Optional<ByteRange> range(Stored stored, HttpHeaders headers) {
        String header = headers.getFirst(HttpHeaders.RANGE);
        String condition = headers.getFirst(HttpHeaders.IF_RANGE);
        boolean same = condition == null || condition.equals(stored.etag());
        return header == null || !same ? Optional.empty() : ByteRange.parse(header, stored.size());
    }

    private static ResponseEntity.BodyBuilder head(HttpStatus status, Stored stored) {
        String ending = stored.key().value().substring(stored.key().value().lastIndexOf('.'));
        return ResponseEntity.status(status)
                .contentType(MediaTypes.of(stored.key().value()))
                .eTag(stored.etag())
                .cacheControl(CacheControl.maxAge(FRESH).cachePrivate())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + stored.name() + ending + "\"");
    }

    private Flux<DataBuffer> content(ObjectKey key, ByteRange bytes) {
        return DataBufferUtils.readInputStream(() -> open(key, bytes), DefaultDataBufferFactory.sharedInstance, BUFFER)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private InputStream open(ObjectKey key, ByteRange bytes) {
        return objects.range(key, bytes.first(), bytes.length());
    }
}
