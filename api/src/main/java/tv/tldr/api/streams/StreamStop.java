package tv.tldr.api.streams;

import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.temporal.StreamEnd;
import tv.tldr.api.temporal.TemporalAwayException;
import tv.tldr.api.temporal.WorkflowGateway;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * How does a stream end early, in whichever state it is? A running workflow is asked to, and one that is ending by itself
 * is left to it; without one the row itself is ended, which is all that there is of the stream.
 */
@Component
public final class StreamStop {
    private final StreamStore streams;
    private final StreamEnd end;
    private final WorkflowGateway gateway;

    StreamStop(StreamStore streams, StreamEnd end, WorkflowGateway gateway) {
        this.streams = streams;
        this.end = end;
        this.gateway = gateway;
    }

    /** @param now whether this stop ends the stream; false: it had ended before */
    public record Stopped(StreamRow stream, boolean now) {}

    public Mono<Stopped> stop(StreamRow stream, boolean force) {
        if (stream.status().isTerminal()) {
            return Mono.just(new Stopped(stream, false));
        }
        return gateway.stop(stream.workflowId(), force)
                .onErrorResume(TemporalAwayException.class, away -> withoutTemporal(stream))
                .flatMap(answer -> switch (answer) {
                    case NOTED ->
                        streams.markStopRequested(stream.ref())
                                .then(again(stream))
                                .map(row -> new Stopped(row, true));
                    case ENDING ->
                        again(stream).map(row -> new Stopped(row, !row.status().isTerminal()));
                    case NOT_RUNNING -> again(stream).flatMap(row -> endRow(row, force));
                });
    }

    /** What was never started needs no Temporal to end. */
    private static Mono<WorkflowGateway.StopAnswer> withoutTemporal(StreamRow stream) {
        return stream.workflowStartedAt() == null
                ? Mono.just(WorkflowGateway.StopAnswer.NOT_RUNNING)
                : Mono.error(new ProblemException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "No worker has noted the stop yet; try again in a few seconds."));
    }

    private Mono<Stopped> endRow(StreamRow stream, boolean force) {
        if (stream.status().isTerminal()) {
            return Mono.just(new Stopped(stream, false));
        }
        return end.write(stream, StreamStatus.STOPPED, List.of())
                // A start that raced with us has a workflow by now, or sees the ended row itself.
                .then(gateway.stop(stream.workflowId(), force).onErrorComplete(TemporalAwayException.class))
                .then(again(stream))
                .map(row -> new Stopped(row, true));
    }

    private Mono<StreamRow> again(StreamRow stream) {
        return streams.find(stream.ref()).switchIfEmpty(Mono.error(() -> ProblemException.notFound("stream")));
    }
}
