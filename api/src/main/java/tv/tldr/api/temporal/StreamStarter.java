package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.stream.StreamInput;

/** How does a stream that is written down get its workflow? Once, however often and from wherever it is tried. */
@Component
public final class StreamStarter {
    private static final Logger log = LoggerFactory.getLogger(StreamStarter.class);

    private final WorkflowGateway gateway;
    private final StreamStore streams;

    StreamStarter(WorkflowGateway gateway, StreamStore streams) {
        this.gateway = gateway;
        this.streams = streams;
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

    /** Starts the workflow and notes that in the row. */
    Mono<Void> start(StreamRow stream) {
        StreamInput input = new StreamInput(stream.ref(), stream.source(), stream.options());
        return gateway.start(input, stream.live())
                .then(streams.markWorkflowStarted(stream.ref()))
                .then(stopIfEnded(stream));
    }

    /** A stop that came between reading the row and starting the workflow found none to tell. */
    private Mono<Void> stopIfEnded(StreamRow stream) {
        return streams.find(stream.ref())
                .filter(row -> row.status().isTerminal())
                .flatMap(row -> gateway.stop(row.ref().streamId(), true))
                .then();
    }
}
