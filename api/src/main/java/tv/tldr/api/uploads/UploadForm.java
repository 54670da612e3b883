package tv.tldr.api.uploads;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.FieldError;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.uploads.Receiving.Terms;

/**
 * What is in a form with a file? {@code sha256} and {@code stream} (JSON) if the client likes, and then the {@code file}: what
 * is wrong with the others is told before the file is taken. Reads one form.
 */
final class UploadForm {
    /** Events that wait between the connection and the scratch file. */
    private static final int AHEAD = 4;

    private final Intake intake;
    private final long most;
    private final Function<Fields, Mono<NewStream>> submission;
    /** Of what came before the file, told together with what is wrong with the stream. */
    private final List<FieldError> faults = new ArrayList<>();

    private @Nullable String sha256;
    private @Nullable Fields fields;
    private @Nullable NewStream stream;

    /**
     * @param most bytes of the file
     * @param submission reads the fields of the stream that is wanted
     */
    UploadForm(Intake intake, long most, Function<Fields, Mono<NewStream>> submission) {
        this.intake = intake;
        this.most = most;
        this.submission = submission;
    }

    /** The parts of a request that is a form. */
    static Flux<PartEvent> parts(ServerHttpRequest request) {
        // What a form that is refused or hung up leaves in the reader's queues is let go by nobody: nothing to let go
        // on the heap.
        ServerHttpRequest onHeap = new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody().map(UploadForm::onHeap);
            }
        };
        return new PartEventHttpMessageReader()
                .read(ResolvableType.forClass(PartEvent.class), onHeap, Map.of())
                .onErrorMap(
                        DecodingException.class,
                        notAForm -> ProblemException.refused(
                                HttpStatus.BAD_REQUEST,
                                "The body is not a whole form of the type multipart/form-data."));
    }

    private static DataBuffer onHeap(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** Answers when the whole file is stored. */
    Mono<NewStream> read(UploadRow upload, Flux<PartEvent> parts) {
        return parts.windowUntil(PartEvent::isLast, false, AHEAD)
                .concatMap(part -> part.switchOnFirst((first, events) -> read(upload, first, events)), 1)
                .then(Mono.defer(() -> stream == null
                        ? Mono.error(withFaults(ProblemException.invalid("file", "is required")))
                        : Mono.just(stream)));
    }

    private Mono<Void> read(UploadRow upload, Signal<? extends PartEvent> first, Flux<PartEvent> events) {
        if (!first.hasValue()) {
            return events.then();
        }
        String name = Objects.requireNonNull(first.get()).name();
        Flux<DataBuffer> content = events.map(PartEvent::content);
        if (stream != null) {
            return Mono.error(ProblemException.invalid(name, "must come before the file, which is the last part"));
        }
        return switch (name) {
            case "sha256" ->
                sha256 != null
                        ? Mono.error(twice(name))
                        : text(content).doOnNext(text -> declare(name, text)).then();
            case "stream" ->
                fields != null
                        ? Mono.error(twice(name))
                        : bytes(content)
                                .doOnNext(json -> fields = JsonBody.parse(json))
                                .then();
            case "file" -> file(upload, content);
            default -> Mono.error(ProblemException.invalid(name, "is not known; known here: sha256, stream, file"));
        };
    }

    private void declare(String name, String text) {
        try {
            sha256 = Uploads.sha256(name, text);
        } catch (ProblemException wrong) {
            faults.addAll(wrong.errors());
        }
    }

    private ProblemException withFaults(ProblemException problem) {
        return faults.isEmpty() || problem.errors().isEmpty() || problem.code() != ErrorCode.VALIDATION_ERROR
                ? problem
                : ProblemException.invalid(Stream.concat(faults.stream(), problem.errors().stream())
                        .toList());
    }

    private static ProblemException twice(String name) {
        return ProblemException.invalid(name, "must come once");
    }

    private Mono<Void> file(UploadRow upload, Flux<DataBuffer> content) {
        UploadRow declared = new UploadRow(
                upload.ref(),
                null,
                upload.received(),
                upload.hashState(),
                null,
                sha256,
                upload.metadata(),
                upload.createdAt(),
                upload.expiresAt(),
                null);
        Fields wanted = fields == null ? JsonBody.parse("{}".getBytes(StandardCharsets.UTF_8)) : fields;
        Terms terms = new Terms(null, most, true);
        return submission
                .apply(wanted)
                .onErrorMap(ProblemException.class, this::withFaults)
                .flatMap(read -> faults.isEmpty() ? Mono.just(read) : Mono.error(ProblemException.invalid(faults)))
                .flatMap(read -> intake.receive(declared, content, terms).map(row -> {
                    if (row.received() == 0) {
                        throw ProblemException.invalid("file", "is empty");
                    }
                    stream = read;
                    return row;
                }))
                .then();
    }

    private static Mono<String> text(Flux<DataBuffer> content) {
        return bytes(content).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Mono<byte[]> bytes(Flux<DataBuffer> content) {
        return DataBufferUtils.join(content, JsonBody.LARGEST).map(buffer -> {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            DataBufferUtils.release(buffer);
            return bytes;
        });
    }
}
