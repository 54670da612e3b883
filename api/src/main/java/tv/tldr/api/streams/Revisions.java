package tv.tldr.api.streams;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.speech.SpeechProperties;
import tv.tldr.activities.store.DimensionSetStore;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.activities.store.StoredStream;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.DimensionSetChain;

/** Which options does a request give a stream that was measured with others? What it leaves out stays as it is. */
@Component
public final class Revisions {
    private static final String SET = "dimension_set_id";

    private final DimensionSetStore sets;
    private final StoredStream stored;
    private final SpeechProperties speech;

    Revisions(DimensionSetStore sets, StoredStream stored, SpeechProperties speech) {
        this.sets = sets;
        this.stored = stored;
        this.speech = speech;
    }

    /**
     * Notes in {@code options} what is wrong with them. A set that is named is taken as it is now, another one as the stream
     * has kept it.
     *
     * @param model whether the model may be the only one that scores
     */
    public Mono<Revision> read(Fields options, StreamRow stream, boolean model) {
        Mono<FallbackChain> found = options.glance("/" + SET)
                .map(named -> sets.chain(stream.ref().organizationId(), named))
                .orElseGet(() -> stored.chain(stream.ref(), stream.options()).map(FallbackChain.Whole::new));
        return found.map(chain -> read(options, stream, model, chain));
    }

    /** The same with sets that are given otherwise; the options must not name one. */
    public Revision read(Fields options, StreamRow stream, DimensionSetChain chain) {
        options.unsupported(SET, "must not be given beside dimension_set");
        return read(options, stream, true, new FallbackChain.Whole(chain));
    }

    private Revision read(Fields options, StreamRow stream, boolean model, FallbackChain found) {
        OptionsReader.Scored wanted =
                OptionsReader.read(options, stream.options(), new Listeners(model, speech.isConfigured()), found);
        if (stream.recording() != null
                && wanted.options().thorough() != stream.options().thorough()) {
            options.refuse("thorough", "cannot be changed: the stream has been measured already");
        }
        return new Revision(wanted.options(), wanted.chain());
    }
}
