package tv.tldr.api.uploads;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewUpload;
import tv.tldr.activities.store.UploadRef;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.uploads.Receiving.Terms;
import tv.tldr.workflows.stream.UploadId;

/** Uploads that go on after an interruption: the protocol tus 1.0.0 with creation, checksum, expiration and termination. */
@RestController
@RequestMapping("/api/v1/uploads")
final class TusController {
    private static final String VERSION = "1.0.0";
    private static final String TUS = "Tus-Resumable";
    private static final String LENGTH = "Upload-Length";
    private static final String OFFSET = "Upload-Offset";
    private static final String DECLARED_HASH = "sha256";
    private static final MediaType BYTES = MediaType.valueOf("application/offset+octet-stream");

    private final Uploads uploads;
    private final UploadStore store;
    private final Intake intake;
    private final UploadProperties properties;

    TusController(Uploads uploads, UploadStore store, Intake intake, UploadProperties properties) {
        this.uploads = uploads;
        this.store = store;
        this.intake = intake;
        this.properties = properties;
    }

    @RequestMapping(method = RequestMethod.OPTIONS)
    Mono<ResponseEntity<Void>> describe(Tenant tenant) {
        tenant.require("streams:write");
        return Mono.just(ResponseEntity.noContent()
                .header(TUS, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,checksum,expiration,termination")
                .header("Tus-Checksum-Algorithm", Checksum.ALGORITHMS)
                .header("Tus-Max-Size", String.valueOf(properties.maxSize().toBytes()))
                .build());
    }

    @PostMapping
    Mono<ResponseEntity<Void>> create(Tenant tenant, ServerWebExchange exchange) {
        tenant.require("streams:write");
        requireVersion(exchange);
        HttpHeaders asked = exchange.getRequest().getHeaders();
        long length = number(asked, LENGTH, 1);
        String metadata =
                asked.getOrEmpty(UploadMetadata.HEADER).stream().findFirst().orElse("");
        UploadRef ref = new UploadRef(tenant.organizationId(), new UploadId(RequestedId.of(exchange)));
        NewUpload wanted = new NewUpload(ref, length, declaredHash(metadata), metadata, properties.expiry());
        return RequestedId.before(exchange, store.find(ref))
                .switchIfEmpty(uploads.begin(wanted, length))
                .map(row -> ResponseEntity.status(HttpStatus.CREATED)
                        .header("Location", "/api/v1/uploads/" + row.ref().uploadId())
                        .headers(headers -> tell(headers, row))
                        .build());
    }

    /** How far it is; to HEAD the headers alone. */
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<UploadResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("streams:write");
        return lookUp(tenant, id).map(row -> ResponseEntity.ok()
                .headers(headers -> tell(headers, row))
                .body(UploadResponse.of(row)));
    }

    @PatchMapping("/{id}")
    Mono<ResponseEntity<Void>> receive(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("streams:write");
        requireVersion(exchange);
        return lookUp(tenant, id).flatMap(row -> receive(row, exchange)).map(row -> ResponseEntity.noContent()
                .headers(headers -> tell(headers, row))
                .build());
    }

    private Mono<UploadRow> receive(UploadRow row, ServerWebExchange exchange) {
        HttpHeaders asked = exchange.getRequest().getHeaders();
        if (!BYTES.equalsTypeAndSubtype(JsonBody.contentType(asked))) {
            throw ProblemException.refused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the bytes as Content-Type: " + BYTES + ".");
        }
        long offset = number(asked, OFFSET, 0);
        Checksum checksum = Checksum.parse(asked.getFirst(Checksum.HEADER));
        if (offset != row.received()) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR,
                    "The upload has " + row.received() + " bytes, and these begin at " + offset
                            + "; go on where it ends.");
        }
        long most = row.length() == null ? properties.maxSize().toBytes() : row.length();
        if (asked.getContentLength() > most - offset) {
            throw ProblemException.refused(
                    HttpStatus.CONTENT_TOO_LARGE, "The file has more than the " + most + " bytes that it may have.");
        }
        return row.isWhole()
                ? Mono.just(row)
                : intake.receive(row, exchange.getRequest().getBody(), new Terms(checksum, most, false));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> terminate(Tenant tenant, @PathVariable String id) {
        tenant.require("streams:write");
        return lookUp(tenant, id).flatMap(row -> uploads.remove(row.ref())).map(removed -> {
            if (!removed) {
                throw new ProblemException(
                        ErrorCode.PROCESSING_ERROR, "A stream was made of the upload; delete the stream.");
            }
            return ResponseEntity.noContent().header(TUS, VERSION).build();
        });
    }

    private Mono<UploadRow> lookUp(Tenant tenant, String id) {
        return Mono.defer(() ->
                        store.find(new UploadRef(tenant.organizationId(), PathId.parse(UploadId::parse, id, "upload"))))
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("upload")));
    }

    private static void requireVersion(ServerWebExchange exchange) {
        HttpHeaders answer = exchange.getResponse().getHeaders();
        if (!VERSION.equals(exchange.getRequest().getHeaders().getFirst(TUS))) {
            answer.set("Tus-Version", VERSION);
            throw new ProblemException(ErrorCode.PRECONDITION_FAILED, "Send " + TUS + ": " + VERSION + ".");
        }
    }

    private static void tell(HttpHeaders headers, UploadRow row) {
        headers.set(TUS, VERSION);
        headers.set(OFFSET, String.valueOf(row.received()));
        if (row.length() != null) {
            headers.set(LENGTH, String.valueOf(row.length()));
        }
        if (!row.metadata().isEmpty()) {
            headers.set(UploadMetadata.HEADER, row.metadata());
        }
        if (row.stream() == null) {
            headers.set(
                    "Upload-Expires",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(row.expiresAt().atZone(ZoneOffset.UTC)));
        }
        headers.setCacheControl("no-store");
    }

    private static long number(HttpHeaders headers, String name, long least) {
        String text = headers.getFirst(name);
        if (text == null || !text.matches("\\d{1,18}") || Long.parseLong(text) < least) {
            throw ProblemException.invalid(name, "must be a whole number from " + least);
        }
        return Long.parseLong(text);
    }

    /** The hash that the metadata declare, 64 hexadecimal digits. */
    private static @Nullable String declaredHash(String metadata) {
        String declared = UploadMetadata.parse(metadata).values().get(DECLARED_HASH);
        return declared == null ? null : Uploads.sha256(UploadMetadata.HEADER, declared);
    }
}
