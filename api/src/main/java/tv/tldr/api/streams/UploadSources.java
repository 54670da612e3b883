package tv.tldr.api.streams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.UploadId;

/** Can a stream be made of the upload that it names? Of one that is whole, the organization's own, and no stream yet. */
final class UploadSources {
    private static final String SOURCE = "source_url";

    private final UploadStore uploads;

    UploadSources(UploadStore uploads) {
        this.uploads = uploads;
    }

    /** The uploads that bodies name, by how they name them. */
    Mono<Map<String, UploadRow>> named(OrganizationId organization, List<Fields> bodies) {
        List<String> urls = bodies.stream()
                .map(body -> body.glance("/" + SOURCE))
                .flatMap(Optional::stream)
                .filter(url -> url.startsWith(UploadId.SCHEME))
                .distinct()
                .toList();
        return urls.isEmpty()
                ? Mono.just(Map.of())
                : uploads.named(organization, urls)
                        .collectMap(row -> row.ref().uploadId().source().url());
    }

    /** A fault is noted in {@code body}. */
    static void judge(NewStream wanted, Fields body, Map<String, UploadRow> named) {
        if (!wanted.source().uploaded() || !body.isSound(SOURCE)) {
            return;
        }
        UploadRow upload = named.get(wanted.source().url());
        if (upload == null) {
            body.refuse(SOURCE, "names no upload; it may have expired");
        } else if (!upload.isWhole()) {
            body.refuse(
                    SOURCE,
                    "names an upload of which " + upload.received() + " of " + upload.length()
                            + " bytes have come; send the rest first");
        }
    }

    /** Which other stream the upload has become that {@code wanted} is to be made of. */
    static Optional<StreamId> usedBy(NewStream wanted, Map<String, UploadRow> named) {
        return Optional.ofNullable(named.get(wanted.source().url()))
                .map(UploadRow::stream)
                .filter(stream -> !stream.equals(wanted.ref().streamId()));
    }

    /** @throws ProblemException when it is made of an upload that has become another stream */
    static void requireUnused(NewStream wanted, Map<String, UploadRow> named) {
        usedBy(wanted, named).ifPresent(other -> {
            throw new ProblemException(
                    ErrorCode.DUPLICATE_RESOURCE,
                    "The upload has become " + other
                            + " already; reanalyze that with other options, or upload the file again.");
        });
    }
}
