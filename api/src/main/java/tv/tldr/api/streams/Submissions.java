package tv.tldr.api.streams;

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
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;

/** Which streams do the bodies of a request ask for? One that came with others is read as one that came alone. */
@Component
public final class Submissions {
    private final DimensionSetStore sets;
    private final SourceRules sources;
    private final StreamProperties properties;
    private final Listeners listeners;

    Submissions(
            DimensionSetStore sets,
            SourceRules sources,
            StreamProperties properties,
            GeminiProperties gemini,
            SpeechProperties speech) {
        this.sets = sets;
        this.sources = sources;
        this.properties = properties;
        this.listeners = new Listeners(gemini.isConfigured(), speech.isConfigured());
    }

    /**
     * The stream that one body asks for.
     *
     * @throws ProblemException with every fault
     */
    Mono<NewStream> read(StreamRef stream, Fields body) {
        StreamOptions defaults = properties.defaults(listeners.model());
        return sets.chain(stream.organizationId(), CreateStream.dimensionSetId(body, defaults))
                .map(found -> {
                    NewStream wanted = read(stream, body, defaults, found);
                    body.finish();
                    return wanted;
                });
    }

    /** In the order of {@code bodies}; faults are noted there, and without any the streams may be written down. */
    public Mono<List<NewStream>> read(OrganizationId organization, List<Fields> bodies) {
        StreamOptions defaults = properties.defaults(listeners.model());
        List<String> ids = bodies.stream()
                .map(body -> CreateStream.dimensionSetId(body, defaults))
                .toList();
        return Flux.fromStream(ids.stream().distinct())
                .concatMap(id -> sets.chain(organization, id).map(found -> Map.entry(id, found)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(chains -> IntStream.range(0, bodies.size())
                        .mapToObj(i -> read(
                                new StreamRef(organization, new StreamId(FreshUuid.next())),
                                bodies.get(i),
                                defaults,
                                Objects.requireNonNull(chains.get(ids.get(i)))))
                        .toList());
    }

    private NewStream read(StreamRef stream, Fields body, StreamOptions defaults, FallbackChain found) {
        CreateStream wanted = CreateStream.read(body, sources, defaults, listeners, found);
        return new NewStream(
                stream,
                wanted.source(),
                false,
                wanted.options(),
                wanted.dimensionSet(),
                wanted.metadata(),
                wanted.allowDuplicate());
    }
}
