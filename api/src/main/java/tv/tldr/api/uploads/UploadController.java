package tv.tldr.api.uploads;

import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewUpload;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.UploadRef;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.NewStreams;
import tv.tldr.api.streams.StreamResponse;
import tv.tldr.api.streams.Submissions;
import tv.tldr.api.streams.WhenBusy;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.UploadId;

/** A file and the stream that it becomes, in one request. */
@RestController
final class UploadController {
    private final Uploads uploads;
    private final Intake intake;
    private final StreamStore streams;
    private final Submissions submissions;
    private final NewStreams news;
    private final UploadProperties properties;

    UploadController(
            Uploads uploads,
            Intake intake,
            StreamStore streams,
            Submissions submissions,
            NewStreams news,
            UploadProperties properties) {
        this.uploads = uploads;
        this.intake = intake;
        this.streams = streams;
        this.submissions = submissions;
        this.news = news;
        this.properties = properties;
    }

    /** Answers when all of the file is stored and the stream is written down; else nothing is left of it. */
    @PostMapping(
            path = "/api/v1/streams/uploads",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<StreamResponse>> upload(
            Tenant tenant, @RequestParam MultiValueMap<String, String> query, ServerWebExchange exchange) {
        tenant.require("streams:write");
        Parameters parameters = new Parameters(query);
        WhenBusy whenBusy = parameters.choice("when_busy", WhenBusy.class).orElse(WhenBusy.QUEUE);
        parameters.finish();
        // The same id for both: a try of before that died after it had written the stream is found by it.
        UUID id = RequestedId.of(exchange);
        StreamRef stream = new StreamRef(tenant.organizationId(), new StreamId(id));
        UploadRef upload = new UploadRef(tenant.organizationId(), new UploadId(id));
        long expected = Math.max(0, exchange.getRequest().getHeaders().getContentLength());
        Mono<StreamRow> work = Mono.defer(
                        () -> receive(stream, upload, expected, UploadForm.parts(exchange.getRequest()), whenBusy))
                .onErrorResume(failure -> uploads.remove(upload).then(Mono.error(failure)));
        return streams.find(stream).switchIfEmpty(Intake.toTheEnd(work)).map(news::accepted);
    }

    private Mono<StreamRow> receive(
            StreamRef stream, UploadRef upload, long expected, Flux<PartEvent> parts, WhenBusy whenBusy) {
        NewUpload wanted = new NewUpload(upload, null, null, "", properties.expiry());
        // What a try of before has left is not added to.
        return uploads.remove(upload)
                .then(uploads.begin(wanted, expected))
                .flatMap(row -> uploads.most(stream.organizationId()).flatMap(most -> new UploadForm(
                                intake, most, fields -> submissions.ahead(stream, upload.uploadId(), fields))
                        .read(row, parts)))
                .flatMap(submitted -> news.submit(submitted, whenBusy));
    }
}
