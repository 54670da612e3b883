package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightQuery;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamState;

/** How does a stream that is written down get its workflow? Once, however often and from wherever it is tried. */
@Component
public final class StreamStarter {
    private static final Logger log = LoggerFactory.getLogger(StreamStarter.class);

    private final WorkflowGateway gateway;
    private final StreamStore streams;
    private final HighlightStore highlights;

    StreamStarter(WorkflowGateway gateway, StreamStore streams, HighlightStore highlights) {
        this.gateway = gateway;
        this.streams = streams;
        this.highlights = highlights;
    }

    /** Completes in any case and soon: what cannot be started now is left to the sweep. */
    public Mono<Void> startSoon(StreamRow stream) {
        return start(stream).onErrorResume(failure -> {
            log.warn(
                    "{} is written down but not started yet, the sweep will: {}",
                    stream.ref().streamId(),
                    failure.toString());
            return Mono.empty();
        });
    }

    /** Starts the workflow, from where a lost one left the stream, and notes that in the row. */
    Mono<Void> start(StreamRow stream) {
        return input(stream)
                .flatMap(input -> gateway.start(input, stream.live()))
                .then(streams.markWorkflowStarted(stream.ref(), stream.analysis()))
                .then(stopIfEnded(stream));
    }

    private Mono<StreamInput> input(StreamRow stream) {
        Mono<StreamState> done = stream.recording() == null
                ? Mono.just(StreamState.NOTHING)
                : highlights.list(stream.ref(), HighlightQuery.EVERY).map(all -> Resumption.of(stream, all.items()));
        return done.map(
                state -> new StreamInput(stream.ref(), stream.source(), stream.options(), state, stream.analysis()));
    }

    /** A stop that came between reading the row and starting the workflow found none to tell; another analysis needs none. */
    private Mono<Void> stopIfEnded(StreamRow stream) {
        return streams.find(stream.ref())
                .filter(row -> row.status().isTerminal() || row.analysis() != stream.analysis())
                .flatMap(row -> gateway.stop(stream.workflowId(), true))
                .then();
    }
}
