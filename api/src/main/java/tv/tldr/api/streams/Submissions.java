package tv.tldr.api.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.speech.SpeechProperties;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.UploadId;

/** Which streams do the bodies of a request ask for? One that came with others is read as one that came alone. */
@Component
public final class Submissions {
    private static final String NO_OTHER_SOURCE = "is the file that comes with it; leave it out";

    private final DimensionSetStore sets;
    private final SourceRules sources;
    private final StreamProperties properties;
    private final HooksReader hooks;
    private final Listeners listeners;
    private final UploadSources uploads;

    Submissions(
            DimensionSetStore sets,
            SourceRules sources,
            UploadStore uploads,
            StreamProperties properties,
            HooksReader hooks,
            GeminiProperties gemini,
            SpeechProperties speech) {
        this.sets = sets;
        this.sources = sources;
        this.uploads = new UploadSources(uploads);
        this.properties = properties;
        this.hooks = hooks;
        this.listeners = new Listeners(gemini.isConfigured(), speech.isConfigured());
    }

    /**
     * The stream that one body asks for.
     *
     * @throws ProblemException with every fault
     */
    Mono<NewStream> read(Tenant tenant, StreamRef stream, Fields body) {
        StreamOptions defaults = properties.defaults(listeners.model());
        return sets.chain(stream.organizationId(), CreateStream.dimensionSetId(body, defaults))
                .zipWith(uploads.named(stream.organizationId(), List.of(body)))
                .map(both -> {
                    NewStream wanted = read(Submitter.of(tenant), stream, body, defaults, both.getT1());
                    UploadSources.judge(wanted, body, both.getT2());
                    body.finish();
                    UploadSources.requireUnused(wanted, both.getT2());
                    return wanted;
                });
    }

    /**
     * The stream that will be made of an upload when that is whole.
     *
     * @param body without a source
     * @throws ProblemException with every fault
     */
    public Mono<NewStream> ahead(StreamRef stream, UploadId upload, Fields body) {
        body.unsupported("source_url", NO_OTHER_SOURCE);
        boolean other = !body.isSound("source_url");
        Fields whole = body.with("source_url", upload.source().url());
        StreamOptions defaults = properties.defaults(listeners.model());
        return sets.chain(stream.organizationId(), CreateStream.dimensionSetId(whole, defaults))
                .map(found -> {
                    NewStream wanted = read(Submitter.of(stream.organizationId()), stream, whole, defaults, found);
                    if (other) {
                        whole.refuse("source_url", NO_OTHER_SOURCE);
                    }
                    whole.finish();
                    return wanted;
                });
    }

    /**
     * Several streams that are asked for together.
     *
     * @param used which of them are to be made of an upload that has become another stream
     */
    public record Several(List<NewStream> streams, Map<Integer, StreamId> used) {
        public Several {
            streams = List.copyOf(streams);
            used = Map.copyOf(used);
        }

        static Several of(List<NewStream> streams, Map<String, UploadRow> named) {
            Map<Integer, StreamId> used = new HashMap<>();
            for (int i = 0; i < streams.size(); i++) {
                int place = i;
                UploadSources.usedBy(streams.get(i), named).ifPresent(other -> used.put(place, other));
            }
            return new Several(streams, used);
        }
    }

    /** In the order of {@code bodies}; faults are noted there, and without any the streams may be written down. */
    public Mono<Several> read(Tenant tenant, List<Fields> bodies) {
        OrganizationId organization = tenant.organizationId();
        StreamOptions defaults = properties.defaults(listeners.model());
        List<String> ids = bodies.stream()
                .map(body -> CreateStream.dimensionSetId(body, defaults))
                .toList();
        return Flux.fromStream(ids.stream().distinct())
                .concatMap(id -> sets.chain(organization, id).map(found -> Map.entry(id, found)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .zipWith(
                        uploads.named(organization, bodies),
                        (chains, named) -> Several.of(
                                IntStream.range(0, bodies.size())
                                        .mapToObj(i -> {
                                            NewStream wanted = read(
                                                    Submitter.of(tenant),
                                                    new StreamRef(organization, new StreamId(FreshUuid.next())),
                                                    bodies.get(i),
                                                    defaults,
                                                    Objects.requireNonNull(chains.get(ids.get(i))));
                                            UploadSources.judge(wanted, bodies.get(i), named);
                                            return wanted;
                                        })
                                        .toList(),
                                named));
    }

    private NewStream read(Submitter who, StreamRef stream, Fields body, StreamOptions defaults, FallbackChain found) {
        CreateStream wanted = CreateStream.read(body, who, sources, defaults, listeners, found, hooks);
        return new NewStream(
                stream,
                wanted.source(),
                false,
                wanted.options(),
                wanted.dimensionSet(),
                wanted.metadata(),
                wanted.allowDuplicate(),
                wanted.hooks());
    }
}
