package tv.tldr.api.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import tv.tldr.activities.StorageFullException;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.uploads.Receiving.Terms;
import tv.tldr.workflows.account.OrganizationId;

/**
 * How does a body come into an upload? Stored and counted part by part as it comes, so that neither a broken connection nor a
 * killed process takes back more than a part; goes on when the client has hung up, with what has come.
 */
@Component
final class Intake {
    private static final HttpStatusCode CHECKSUM_MISMATCH = HttpStatusCode.valueOf(460);

    private final UploadStore uploads;
    private final ObjectStore objects;
    private final UsageStore usage;
    private final MediaProperties media;
    private final UploadProperties properties;

    Intake(
            UploadStore uploads,
            ObjectStore objects,
            UsageStore usage,
            MediaProperties media,
            UploadProperties properties) {
        this.uploads = uploads;
        this.objects = objects;
        this.usage = usage;
        this.media = media;
        this.properties = properties;
    }

    /** The upload with the bytes that were counted. */
    Mono<UploadRow> receive(UploadRow upload, Flux<DataBuffer> body, Terms terms) {
        Mono<UploadRow> work = Mono.using(
                        () -> new Receiving(
                                upload, terms, objects, Workspace.open(media.scratchFolder(), media.scratchReserve())),
                        receiving -> receive(receiving, body),
                        Receiving::close)
                .onErrorMap(
                        StorageFullException.class,
                        full -> new ProblemException(
                                ErrorCode.SERVICE_UNAVAILABLE, "There is no room for uploads now; try again later."))
                .subscribeOn(Schedulers.boundedElastic());
        return toTheEnd(work);
    }

    /** Whether or not somebody waits for it. */
    static <T> Mono<T> toTheEnd(Mono<T> work) {
        return Mono.deferContextual(context -> {
            // Keeps an end that nobody hears of any more, where a future would have it logged as dropped.
            Sinks.One<T> end = Sinks.one();
            work.contextWrite(context).subscribe(end::tryEmitValue, end::tryEmitError, end::tryEmitEmpty);
            return end.asMono();
        });
    }

    private Mono<UploadRow> receive(Receiving receiving, Flux<DataBuffer> body) {
        // A break is one more thing that comes, behind the bytes that came before it, and does not overtake them.
        return body.materialize()
                .timeout(properties.idleTimeout())
                .concatMap(signal -> take(receiving, signal), 0)
                .then(Mono.defer(() -> finish(receiving)))
                .onErrorResume(
                        failure -> !(failure instanceof ProblemException), failure -> broken(receiving, failure));
    }

    private Mono<Void> take(Receiving receiving, Signal<DataBuffer> signal) {
        DataBuffer buffer = signal.get();
        if (buffer != null) {
            return take(receiving, buffer);
        }
        Throwable broken = signal.getThrowable();
        return broken == null ? Mono.empty() : Mono.error(broken);
    }

    private Mono<Void> take(Receiving receiving, DataBuffer buffer) {
        Mono<Void> taken = blocking(() -> {
                    receiving.take(buffer);
                    if (receiving.gathered() >= properties.partSize().toBytes()) {
                        receiving.seal(false);
                    }
                    return receiving;
                })
                .then();
        return taken.then(
                Mono.defer(() -> receiving.terms().checksum() == null ? count(receiving, false) : Mono.empty()));
    }

    private Mono<UploadRow> finish(Receiving receiving) {
        Checksum checksum = receiving.terms().checksum();
        if (checksum != null && !checksum.holds()) {
            return Mono.error(ProblemException.refused(
                    CHECKSUM_MISMATCH, "The bytes are not those of the Upload-Checksum; send them again."));
        }
        return blocking(() -> {
                    receiving.seal(receiving.terms().whole());
                    return receiving;
                })
                .then(Mono.defer(() -> count(receiving, receiving.terms().whole())))
                .then(Mono.fromSupplier(receiving::row));
    }

    /** The connection is gone, or says nothing: what came of an ordinary request counts. */
    private Mono<UploadRow> broken(Receiving receiving, Throwable failure) {
        boolean isKept =
                receiving.terms().checksum() == null && !receiving.terms().whole();
        boolean isOfTheBody = failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof AbortedException;
        Mono<UploadRow> end = Mono.error(
                isOfTheBody
                        ? ProblemException.refused(
                                HttpStatus.REQUEST_TIMEOUT, "The body broke off; ask for the Upload-Offset and go on.")
                        : failure);
        return isKept && isOfTheBody
                ? blocking(() -> {
                            receiving.seal(false);
                            return receiving;
                        })
                        .then(Mono.defer(() -> count(receiving, false)))
                        .then(end)
                : end;
    }

    private Mono<Void> count(Receiving receiving, boolean last) {
        UploadRow row = receiving.row();
        // A file of no bytes is never whole: its reader says so.
        if (receiving.uncounted().isEmpty() && (!last || row.received() == 0)) {
            return Mono.empty();
        }
        String sha256 = last || receiving.isComplete() ? receiving.hash().hex() : null;
        if (isAnother(row, sha256)) {
            return uploads.remove(row.ref())
                    .then(Mono.error(ProblemException.refused(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "The file's SHA-256 is " + sha256 + ", not the " + row.declaredSha256()
                                    + " that was declared; upload it again.")));
        }
        return uploads.append(
                        row,
                        row.received(),
                        receiving.uncounted(),
                        receiving.hash().state(),
                        sha256,
                        properties.expiry())
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "Another request sent these bytes first; ask for the Upload-Offset and go on.")))
                .doOnNext(receiving::counted)
                // What was announced has been told of when it was.
                .filter(grown -> row.length() == null)
                .flatMap(grown -> tell(row.ref().organizationId()))
                .then();
    }

    private Mono<Void> tell(OrganizationId organization) {
        return uploads.alone(organization, usage.tell(organization));
    }

    private static boolean isAnother(UploadRow row, @Nullable String sha256) {
        return sha256 != null && row.declaredSha256() != null && !sha256.equals(row.declaredSha256());
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        // Of our disks, not of the connection.
        return Mono.fromCallable(work)
                .onErrorMap(IOException.class, UncheckedIOException::new)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
