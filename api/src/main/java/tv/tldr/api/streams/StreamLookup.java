package tv.tldr.api.streams;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/** Which stream does an id in a path name? Foreign, unknown and malformed ids are told apart by nobody. */
@Component
public final class StreamLookup {
    private static final String STREAM = "stream";

    private final StreamStore streams;

    StreamLookup(StreamStore streams) {
        this.streams = streams;
    }

    /** The stream of {@code tenant}, else the same 404 in every case. */
    public Mono<StreamRow> find(Tenant tenant, String id) {
        return Mono.fromSupplier(
                        () -> new StreamRef(tenant.organizationId(), PathId.parse(StreamId::parse, id, STREAM)))
                .flatMap(streams::find)
                .switchIfEmpty(Mono.error(StreamLookup::none));
    }

    private static ProblemException none() {
        return ProblemException.notFound(STREAM);
    }
}
