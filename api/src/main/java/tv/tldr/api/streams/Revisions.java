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
import tv.tldr.workflows.stream.StreamOptions;

/** Which options does a request give a stream that was measured with others? What it leaves out stays as it is. */
@Component
public final class Revisions {
    private static final String SET = "dimension_set_id";

    private final DimensionSetStore sets;
    private final StoredStream stored;
    private final SpeechProperties speech;
    private final StreamProperties properties;

    Revisions(DimensionSetStore sets, StoredStream stored, SpeechProperties speech, StreamProperties properties) {
        this.sets = sets;
        this.stored = stored;
        this.speech = speech;
        this.properties = properties;
    }

    /**
     * Notes in {@code options} what is wrong with them. A set that is named is taken as it is now, another one as the stream
     * has kept it.
     *
     * @param model whether the model may be the only one that scores
     */
    public Mono<Revision> read(Fields options, StreamRow stream, boolean model) {
        return found(options, stream).map(chain -> read(options, stream, Unsaid.as(stream.options()), model, chain));
    }

    /**
     * The same where null puts an option back to its default. Without dimensions of its own the stream is scored by its set as
     * that is now.
     *
     * @param all whether that is asked of all of them
     */
    Mono<Revision> patch(Fields options, boolean all, StreamRow stream, boolean model) {
        StreamOptions usual = properties.defaults(model);
        Unsaid unsaid = all ? Unsaid.as(usual) : new Unsaid(stream.options(), usual);
        if (!all && !options.isNull(SET) && !options.isNull("custom_dimensions")) {
            return found(options, stream).map(chain -> read(options, stream, unsaid, model, chain));
        }
        String set = options.glance("/" + SET).orElse(unsaid.of(options, SET).dimensionSetId());
        return sets.chain(stream.ref().organizationId(), set).map(chain -> read(options, stream, unsaid, model, chain));
    }

    private Mono<FallbackChain> found(Fields options, StreamRow stream) {
        return options.glance("/" + SET)
                .map(named -> sets.chain(stream.ref().organizationId(), named))
                .orElseGet(() -> stored.chain(stream.ref(), stream.options()).map(FallbackChain.Whole::new));
    }

    /** The same with sets that are given otherwise; the options must not name one. */
    public Revision read(Fields options, StreamRow stream, DimensionSetChain chain) {
        options.unsupported(SET, "must not be given beside dimension_set");
        return read(options, stream, Unsaid.as(stream.options()), true, new FallbackChain.Whole(chain));
    }

    private Revision read(Fields options, StreamRow stream, Unsaid unsaid, boolean model, FallbackChain found) {
        OptionsReader.Scored wanted =
                OptionsReader.read(options, unsaid, new Listeners(model, speech.isConfigured()), found);
        if (stream.recording() != null
                && wanted.options().thorough() != stream.options().thorough()) {
            options.refuse("thorough", "cannot be changed: the stream has been measured already");
        }
        return new Revision(wanted.options(), wanted.chain());
    }
}
